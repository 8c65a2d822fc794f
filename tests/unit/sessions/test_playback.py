"""How much of a reply was heard, from what the browser reports."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest

from inference.types.speech import WordSpan
from sessions.turns import playback as playback_module
from sessions.turns.playback import AHEAD_MS, Playback, SpokenClause


def two_clauses(clause_ms: float = 1000) -> Playback:
    """Return the timeline of two clauses of the same length."""
    playback = Playback()
    playback.add(SpokenClause("That sounds very good.", 0, clause_ms))
    playback.add(SpokenClause("What do you eat?", clause_ms, 2 * clause_ms))
    return playback


@pytest.mark.parametrize(
    ("played_ms", "heard"),
    [
        (0, ""),
        (50, ""),
        (400, "That"),
        (600, "That sounds"),
        (999, "That sounds very good."),
        (1000, "That sounds very good."),
        (1250, "That sounds very good."),
        (1500, "That sounds very good. What do"),
        (2000, "That sounds very good. What do you eat?"),
    ],
)
def test_only_whole_words_that_were_played_count(played_ms: float, heard: str) -> None:
    playback = two_clauses()
    playback.stopped(played_ms)
    assert playback.heard_text() == heard


# A number is long to say and short to write, and there is a pause before it.
NUMBER = SpokenClause(
    "Well, 1,995 of 1 \U0001f600",
    1000,
    4000,
    (
        WordSpan("Well,", 1000, 1300),
        WordSpan("1,995", 1600, 3000),
        WordSpan("of", 3000, 3200),
        WordSpan("1", 3200, 3600),
    ),
)


@pytest.mark.parametrize(
    ("played_ms", "heard"),
    [
        (900, ""),
        (1200, ""),
        (1300, "Well,"),
        (2900, "Well,"),
        (3000, "Well, 1,995"),
        (3300, "Well, 1,995 of"),
        (3700, "Well, 1,995 of 1"),
        (4000, "Well, 1,995 of 1 \U0001f600"),
    ],
)
def test_times_of_words_say_exactly_which_were_heard(
    played_ms: float, heard: str
) -> None:
    assert NUMBER.heard_up_to(played_ms) == heard


def test_a_clause_without_length_is_heard_or_not() -> None:
    clause = SpokenClause("Yes.", 500, 500)
    assert clause.heard_up_to(499) == ""
    assert clause.heard_up_to(500) == "Yes."


def test_a_word_that_is_not_in_the_text_is_passed_over() -> None:
    words = (WordSpan("Oh", 0, 100), WordSpan("yes.", 100, 300))
    assert SpokenClause("Ah yes.", 0, 400, words).heard_up_to(300) == "Ah yes."


def test_more_played_is_never_less_heard() -> None:
    heard = []
    for played_ms in range(0, 2001, 10):
        playback = two_clauses()
        playback.progress(played_ms)
        heard.append(playback.heard_text())
    assert all(later.startswith(earlier) for earlier, later in pairwise(heard))


def test_reports_beyond_the_end_or_backwards_change_nothing() -> None:
    playback = two_clauses()
    playback.progress(99_000)
    playback.progress(10)
    assert playback.heard_text() == "That sounds very good. What do you eat?"


def test_the_report_of_the_stop_is_exact_even_if_it_is_less() -> None:
    playback = two_clauses()
    playback.progress(2000)
    playback.stopped(1000)
    assert playback.heard_text() == "That sounds very good."


def test_a_reply_without_sound_has_no_length() -> None:
    playback = Playback()
    playback.stopped(500)
    assert playback.duration_ms == 0
    assert playback.heard_text() == ""


async def test_waiting_ends_when_the_browser_is_done() -> None:
    playback = two_clauses(clause_ms=60_000)
    waiting = asyncio.create_task(playback.wait_finished())
    await asyncio.sleep(0)
    playback.finish()
    async with asyncio.timeout(1):
        await waiting
    assert playback.finished
    assert playback.heard_text().endswith("eat?")


@pytest.mark.parametrize("reports", [0, 1, 3])
async def test_waiting_ends_soon_after_the_sound_if_the_reports_stop(
    monkeypatch: pytest.MonkeyPatch, reports: int
) -> None:
    monkeypatch.setattr(playback_module, "FINISH_GRACE_S", 0.05)
    playback = two_clauses(clause_ms=50)
    began_at = time.monotonic()
    waiting = asyncio.create_task(playback.wait_finished())
    for i in range(reports):
        await asyncio.sleep(0.02)
        playback.progress(20 * i)
    async with asyncio.timeout(2):
        await waiting
    assert time.monotonic() - began_at >= 0.1
    assert not playback.finished


async def test_a_slow_player_that_reports_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playback_module, "FINISH_GRACE_S", 0.1)
    playback = two_clauses(clause_ms=50)
    waiting = asyncio.create_task(playback.wait_finished())
    for i in range(20):
        await asyncio.sleep(0.02)
        playback.progress(5 * i)
    assert not waiting.done()
    playback.finish()
    await waiting


async def test_a_player_that_stands_still_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playback_module, "FINISH_GRACE_S", 0.05)
    playback = two_clauses(clause_ms=50)
    waiting = asyncio.create_task(playback.wait_finished())
    for _ in range(60):
        await asyncio.sleep(0.01)
        playback.progress(100)
    assert waiting.done()


async def test_the_stop_is_waited_for_a_moment_only() -> None:
    playback = two_clauses()
    await playback.wait_stopped(0.01)
    asyncio.get_running_loop().call_soon(playback.stopped, 1000)
    async with asyncio.timeout(1):
        await playback.wait_stopped(60)
    assert playback.heard_text() == "That sounds very good."


@dataclass
class Clock:
    """A clock that is set."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def minutes_of_reply(clock: Callable[[], float]) -> Playback:
    """Return a timeline whose first clause lasts a minute and was just sent."""
    playback = Playback(clock=clock)
    playback.add(SpokenClause("That sounds very good.", 0, 60_000))
    return playback


async def waits(playback: Playback) -> bool:
    """Whether the next clause would have to wait now."""
    waiting = asyncio.create_task(playback.wait_nearly_played())
    await asyncio.sleep(0)
    return waiting.cancel()


async def test_what_is_short_never_waits() -> None:
    assert not await waits(Playback(clock=Clock()))
    short = Playback(clock=Clock())
    short.add(SpokenClause("Yes.", 0, AHEAD_MS))
    assert not await waits(short)


async def test_the_next_clause_waits_until_the_reports_come_near() -> None:
    playback = minutes_of_reply(Clock())
    assert await waits(playback)
    playback.progress(60_000 - AHEAD_MS - 1)
    assert await waits(playback)
    playback.progress(60_000 - AHEAD_MS)
    assert not await waits(playback)


async def test_a_report_ends_the_waiting_that_is_under_way() -> None:
    playback = minutes_of_reply(Clock())
    waiting = asyncio.create_task(playback.wait_nearly_played())
    await asyncio.sleep(0)
    playback.progress(10_000)
    await asyncio.sleep(0)
    assert not waiting.done()
    playback.progress(59_000)
    async with asyncio.timeout(1):
        await waiting


async def test_without_reports_it_is_heard_as_time_passes() -> None:
    clock = Clock()
    playback = minutes_of_reply(clock)
    clock.now += 56
    assert await waits(playback)
    clock.now += 1
    assert not await waits(playback)
    # Time counts from the beginning: waiting for one clause is not paid for by the next.
    playback.add(SpokenClause("What do you eat?", 60_000, 120_000))
    assert await waits(playback)
    clock.now += 60
    assert not await waits(playback)


async def test_it_goes_on_from_the_last_report() -> None:
    clock = Clock()
    playback = minutes_of_reply(clock)
    clock.now += 50
    playback.progress(20_000)
    assert await waits(playback), "the player stood still for a while"
    for _ in range(10):
        clock.now += 3.7
        playback.progress(20_000)
    assert not await waits(playback), "a player that stands still is not waited for"


async def test_waiting_ends_by_itself_in_real_time() -> None:
    playback = Playback()
    playback.add(SpokenClause("Yes.", 0, AHEAD_MS + 50))
    began_at = time.monotonic()
    async with asyncio.timeout(2):
        await playback.wait_nearly_played()
    assert time.monotonic() - began_at >= 0.04


async def test_time_spent_before_the_end_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playback_module, "FINISH_GRACE_S", 0.05)
    clock = Clock()
    playback = minutes_of_reply(clock)
    clock.now += 60
    async with asyncio.timeout(2):
        await playback.wait_finished()


def test_a_reply_that_stands_still_goes_on_at_its_word() -> None:
    clock = Clock()
    playback = Playback(clock=clock)
    playback.add(SpokenClause("", 0, 1000))
    playback.add(NUMBER)
    playback.progress(1500)
    clock.now += 0.2
    assert playback.place_ms == pytest.approx(1700)
    playback.hold()
    clock.now += 3
    assert playback.held
    assert playback.place_ms == pytest.approx(1700)
    # The page says exactly where it stands.
    playback.progress(1650)
    assert playback.place_ms == pytest.approx(1650)
    assert playback.go_on() == 1600
    clock.now += 0.1
    assert playback.place_ms == pytest.approx(1750)
    playback.progress(2900)
    playback.hold()
    # The word began too long ago.
    assert playback.go_on() == 2600


async def test_time_does_not_pass_while_a_reply_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playback_module, "FINISH_GRACE_S", 0.02)
    playback = two_clauses(40)
    playback.progress(10)
    playback.hold()
    waiting = asyncio.create_task(playback.wait_finished())
    await asyncio.sleep(0.2)
    assert not waiting.done()
    playback.go_on()
    await asyncio.wait_for(waiting, 1)


async def test_a_reply_that_ends_as_it_should_stand_still_has_ended() -> None:
    playback = two_clauses()
    playback.hold()
    waiting = asyncio.create_task(playback.wait_finished())
    playback.finish()
    await asyncio.wait_for(waiting, 1)
    assert not playback.held
