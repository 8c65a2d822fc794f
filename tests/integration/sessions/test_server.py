"""The server's start and stop, seen from a talk that is going on."""

# mypy: disable-error-code="no-untyped-call"
# (asgiref's test client has no types)

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from inference import conf
from inference.stages.stage import EngineKind
from learners.models import User
from sessions.live.registry import live_sessions
from sessions.models import Turn, TutoringSession
from tutor.analysis import typing_en
from tutorplatform.asgi import application

from .conftest import Browser


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Start the server and stop it again."""
    server = ApplicationCommunicator(application, {"type": "lifespan"})
    await server.send_input({"type": "lifespan.startup"})
    assert (await server.receive_output(2))["type"] == "lifespan.startup.complete"
    yield
    await server.send_input({"type": "lifespan.shutdown"})
    assert (await server.receive_output(8))["type"] == "lifespan.shutdown.complete"
    await server.wait(1)


async def test_a_talk_goes_on_after_the_server_was_started_anew(
    learner: User, tutoring: TutoringSession
) -> None:
    async with running():
        before = Browser(tutoring.uuid, user=learner)
        await before.join()
        await before.until("turn.ended", turn=0)
        await before.send(type="text.submit", text="Hello", client_id="a")
        await before.until("turn.ended", turn=1)
    assert len(live_sessions) == 0
    await tutoring.arefresh_from_db()
    assert tutoring.status == "ACTIVE"

    async with running():
        after = Browser(tutoring.uuid, user=learner)
        ready = await after.join(last_seq=before.last_seq)
        assert ready["resumed"] is False
        assert [turn["turn"] for turn in ready["transcript"]] == [0, 1]
        assert ready["transcript"][1]["learner"]["text"] == "Hello"
        # What the page could not know to have arrived comes once more, then news.
        await after.send(type="text.submit", text="Hello", client_id="a")
        await after.send(type="text.submit", text="Again", client_id="b")
        await after.until("turn.ended", turn=2, outcome="completed")
        await after.drop()
    # The server writes what it knows before it ends.
    assert await Turn.objects.filter(session=tutoring).acount() == 3


async def test_a_stop_in_the_middle_of_a_reply_keeps_the_turn(
    learner: User, tutoring: TutoringSession
) -> None:
    async with running():
        browser = Browser(tutoring.uuid, user=learner, plays=False)
        await browser.join()
        await browser.until("audio", turn=0)
    turn = await Turn.objects.aget(session=tutoring, index=0)
    assert turn.state == Turn.State.INTERRUPTED
    await browser.drop()


async def test_engines_are_warm_after_the_start_and_closed_at_the_stop(
    learner: User,
) -> None:
    async with running():
        assert conf.wait_settled(2)
        engines = {kind: conf.get_engine(kind) for kind in EngineKind}
    assert all(conf.get_engine(kind) is not engines[kind] for kind in EngineKind)


@pytest.mark.parametrize("teaches", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_what_types_mistakes_is_loaded_only_where_mistakes_are_taught(
    settings: Any, teaches: bool
) -> None:
    settings.TEACHING = {**settings.TEACHING, "ENABLED": teaches}
    typing_en._annotator.cache_clear()
    async with running():
        assert conf.wait_settled(2)
        for _ in range(100 if teaches else 20):
            await asyncio.sleep(0.1 if teaches else 0.01)
            if typing_en._annotator.cache_info().currsize:
                break
    assert typing_en._annotator.cache_info().currsize == teaches
