"""Two servers, one database, one Redis: a talk goes on when its server does not."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import numpy as np
import pytest
import redis

from bench.returning_client import ReturningClient
from bench.server import BenchServer, Seat
from scripts.testrun import services

pytestmark = pytest.mark.slow

NORMAL_WITHIN_S = 10.0
SILENCE = bytes(640)


def loud(ms: int) -> list[bytes]:
    """Return so much of a tone: speech to the scripted detector."""
    t = np.arange(320)
    tone = (0.3 * 32767 * np.sin(2 * np.pi * 200 * t / 16_000)).astype("<i2").tobytes()
    return [tone] * (ms // 20)


def quiet(ms: int) -> list[bytes]:
    """Return so much silence."""
    return [SILENCE] * (ms // 20)


class Site:
    """Two servers, ``a`` and ``b``; learners with a talk each."""

    def __init__(self, a: BenchServer, b: BenchServer, seats: list[Seat]) -> None:
        self.a, self.b = a, b
        self._seats = seats
        self.pages: list[ReturningClient] = []

    def page(self) -> ReturningClient:
        """Return a page of a talk that nobody opened yet; a proxy tries ``a`` first."""
        ports = (self.a.port, self.b.port)
        self.pages.append(ReturningClient(self._seats.pop(), lambda: ports))
        return self.pages[-1]

    def again(self, page: ReturningClient, port: int) -> ReturningClient:
        """Return another tab on the same talk."""
        self.pages.append(ReturningClient(page.seat, lambda: (port,)))
        return self.pages[-1]

    async def stored(self, page: ReturningClient, turn: int) -> list[dict[str, Any]]:
        """Return the turns once one of them is kept to its end."""
        async with asyncio.timeout(20):
            while True:
                turns = self.turns(page)
                if len(turns) > turn and turns[turn]["state"] != "AWAITING_REPLY":
                    return turns
                await asyncio.sleep(0.1)

    def turns(self, page: ReturningClient) -> list[dict[str, Any]]:
        """Return the talk's turns as they are stored, with what both said last."""
        path = self.a.data_dir / "tutor.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute(
                """SELECT t."index", t.state, u.speaker, u.text
                FROM tutor_sessions_turn t
                JOIN tutor_sessions_tutoringsession s ON s.id = t.session_id
                LEFT JOIN tutor_sessions_utterance u ON u.turn_id = t.id
                WHERE s.uuid = ? ORDER BY t."index", u.attempt, u.id""",
                [page.seat.session.replace("-", "")],
            ).fetchall()
        turns: dict[int, dict[str, Any]] = {}
        for index, state, speaker, text in rows:
            turn = turns.setdefault(index, {"turn": index, "state": state})
            if speaker:
                turn.setdefault(speaker, []).append(text)
        return list(turns.values())

    def signal(self, server: BenchServer, what: signal.Signals) -> None:
        """Send a server's process a signal."""
        assert server.pid is not None
        os.kill(server.pid, what)


@pytest.fixture(scope="module")
def both() -> Iterator[Site]:
    """Both servers; starting one takes longer than any of the talks."""
    with ExitStack() as stack:
        env = {
            "DJANGO_DEBUG": "0",
            "TUTOR_REDIS_URL": stack.enter_context(services.redis()),
        }
        settings = "tests.several_settings"
        a = stack.enter_context(
            BenchServer(settings, env={**env, "TUTOR_TEST_SERVER": "a"})
        )
        there = {"TUTOR_DATA_DIR": str(a.data_dir), "TUTOR_TEST_SERVER": "b"}
        b = stack.enter_context(BenchServer(settings, env={**env, **there}))
        yield Site(a, b, a.seed(10))


@pytest.fixture
def site(both: Site) -> Site:
    """Both servers, running."""
    for server in (both.a, both.b):
        if not server.answers():
            server.stop()
            server.start(timeout_s=120)
    return both


def told(what: str, seconds: float) -> None:
    """Print how long something took; pytest shows it with -rP or -s."""
    sys.stderr.write(f"\n{what}: {seconds:.2f} s")


def run(site: Site, talk: Coroutine[Any, Any, None]) -> None:
    """Run a talk, and close its pages."""

    async def whole() -> None:
        try:
            await talk
        finally:
            for page in site.pages:
                await page.close()
            site.pages.clear()

    # In a thread of its own: where pages are driven, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, whole()).result()


def test_a_server_is_killed_while_the_tutor_speaks(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        await page.say("I drink tea", "one")
        await page.until("reply.completed", turn=1)
        await page.until("audio", turn=1)
        await asyncio.sleep(0.3)
        # As if the confirmation had been lost with the server.
        page.unsettled.append(
            {"type": "text.submit", "text": "I drink tea", "client_id": "one"}
        )
        killed_at = time.monotonic()
        site.signal(site.a, signal.SIGKILL)
        ready = await page.until("session.ready", since=killed_at)
        again = await page.until("audio", since=killed_at, turn=1)
        told("kill -9, tutor speaks: ready", ready.at - killed_at)
        told("kill -9, tutor speaks: heard again", again.at - killed_at)
        assert again.at - killed_at < NORMAL_WITHIN_S
        assert not ready.fields["resumed"]
        await page.until("turn.ended", since=killed_at, turn=1, outcome="completed")
        await page.say("And I eat cake", "two")
        await page.until("turn.ended", turn=2, outcome="completed")
        _opening, tea, cake = await site.stored(page, 2)
        assert tea["LEARNER"] == ["I drink tea"], "said once, though it was sent twice"
        assert len(set(tea["TUTOR"])) == 1, "answered once, by the same words"
        assert "Server a " in tea["TUTOR"][-1]
        assert "Server b " in cake["TUTOR"][-1]
        assert [turn["state"] for turn in (tea, cake)] == ["COMPLETED"] * 2

    run(site, talk())


def test_a_server_is_killed_while_the_learner_speaks(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        # Something that was heard and answered before is not heard again.
        await page.sound(loud(600) + quiet(900))
        await page.until("turn.ended", turn=1)
        speaking = asyncio.create_task(page.sound(loud(2400) + quiet(1200)))
        await page.until("speech.started", turn=2)
        await asyncio.sleep(0.8)
        killed_at = time.monotonic()
        site.signal(site.a, signal.SIGKILL)
        ready = await page.until("session.ready", since=killed_at)
        told("kill -9, learner speaks: ready", ready.at - killed_at)
        await speaking
        final = await page.until("transcript.final", since=killed_at, turn=2)
        answer = await page.until("audio", since=killed_at, turn=2)
        told("kill -9, learner speaks: answered", answer.at - killed_at)
        assert final.fields["words"][-1]["end_ms"] > 2000, "all of it was heard"
        await page.until("turn.ended", turn=2, outcome="completed")
        assert [turn["turn"] for turn in site.turns(page)] == [0, 1, 2]

    run(site, talk())


@pytest.mark.long
def test_a_server_that_stood_still_writes_nothing_any_more(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        await page.say("I drink tea", "one")
        await page.until("reply.completed", turn=1)
        await asyncio.sleep(0.3)
        site.signal(site.a, signal.SIGSTOP)
        stopped_at = time.monotonic()
        # A page takes a silent line for dead; here it does so at once.
        tab = site.again(page, site.b.port)
        await tab.open()
        ready = await tab.until("session.ready")
        told("SIGSTOP: ready", ready.at - stopped_at)
        assert ready.at - stopped_at < NORMAL_WITHIN_S
        await tab.until("turn.ended", turn=1, outcome="completed")
        before = await site.stored(tab, 1)
        site.signal(site.a, signal.SIGCONT)
        replaced = await page.until("session.replaced", since=stopped_at)
        told("SIGCONT: the old socket is told", replaced.at - stopped_at)
        await page.until("close", since=stopped_at, code=4409)
        assert site.turns(tab) == before
        await tab.say("And I eat cake", "two")
        await tab.until("turn.ended", turn=2, outcome="completed")

    run(site, talk())


@pytest.mark.long
def test_a_talk_is_handed_over_while_its_server_lives(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        await page.say("I drink tea", "one")
        await page.until("reply.completed", turn=1)
        await page.until("audio", turn=1)
        asked_at = time.monotonic()
        tab = site.again(page, site.b.port)
        await tab.open()
        ready = await tab.until("session.ready")
        told("handed over: ready", ready.at - asked_at)
        await page.until("session.replaced")
        await page.until("close", code=4409)
        again = await tab.until("audio", turn=1)
        told("handed over: heard again", again.at - asked_at)
        await tab.until("turn.ended", turn=1, outcome="completed")
        tea = (await site.stored(tab, 1))[1]
        assert tea["LEARNER"] == ["I drink tea"]
        assert set(tea["TUTOR"]) == {"Server a likes that. What do you eat with it?"}
        # And back again, in the middle of nothing.
        back = site.again(page, site.a.port)
        await back.open()
        assert [t["turn"] for t in back.came[0].fields["transcript"]] == [0, 1]

    run(site, talk())


@pytest.mark.long
def test_a_server_is_asked_to_stop(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        await page.say("I drink tea", "one")
        await page.until("reply.completed", turn=1)
        await page.until("audio", turn=1)
        asked_at = time.monotonic()
        site.signal(site.a, signal.SIGTERM)
        ready = await page.until("session.ready", since=asked_at)
        again = await page.until("audio", since=ready.at, turn=1)
        told("SIGTERM: ready", ready.at - asked_at)
        told("SIGTERM: heard again", again.at - asked_at)
        await page.until("turn.ended", since=ready.at, turn=1, outcome="completed")
        assert len(set(site.turns(page)[1]["TUTOR"])) == 1

    run(site, talk())


@pytest.mark.long
def test_a_page_ends_a_talk_that_another_server_has(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        path = f"/sessions/{page.seat.session}/end/"
        headers = {
            "Cookie": f"sessionid={page.seat.cookie}; csrftoken={'a' * 32}",
            "X-CSRFToken": "a" * 32,
            "Origin": f"http://127.0.0.1:{site.b.port}",
        }

        def ask() -> int:
            line = http.client.HTTPConnection("127.0.0.1", site.b.port, timeout=10)
            with closing(line):
                line.request("POST", path, headers=headers)
                return line.getresponse().status

        assert await asyncio.to_thread(ask) == 302
        await page.until("session.ended", reason="learner")
        await page.until("close", code=1000)

    run(site, talk())


@pytest.mark.long
def test_talks_begin_go_on_and_move_while_redis_is_away(site: Site) -> None:
    async def talk() -> None:
        page = site.page()
        await page.open()
        await page.until("turn.ended", turn=0)
        _stop_redis(site)
        await page.say("I drink tea", "one")
        await page.until("turn.ended", turn=1, outcome="completed")
        other = site.page()
        await other.open()
        await other.until("turn.ended", turn=0)
        moved_at = time.monotonic()
        tab = site.again(page, site.b.port)
        await tab.open()
        told("moved without Redis: ready", time.monotonic() - moved_at)
        await tab.say("And I eat cake", "two")
        await tab.until("turn.ended", turn=2, outcome="completed")
        assert [turn["turn"] for turn in site.turns(tab)] == [0, 1, 2]

    run(site, talk())
    for server in (site.a, site.b):
        log = server.log.read_text()
        assert log.count("Redis does not answer") == 1
        assert "Traceback" not in log


def _stop_redis(site: Site) -> None:
    with redis.Redis.from_url(site.a.env["TUTOR_REDIS_URL"]) as client:
        client.shutdown(nosave=True)
