"""How far ahead of its listener a reply is spoken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from inference.stages.stage import Stage
from sessions.turns import speaking
from sessions.turns.playback import AHEAD_MS
from tests.fakes.engines import ScriptedDialogue, ScriptedSynthesizer
from tests.fakes.live import LiveHarness

REPLY = "First part is here. Second part is here too. Third part is here as well."
# At a second a letter each part is longer than what may be left to hear.
LETTER_MS = 1000.0
# Long enough for whatever waits for nothing.
A_MOMENT_S = 0.1


def talk(*, letter_ms: float = LETTER_MS, delay_s: float = 0.0) -> LiveHarness:
    """Return a talk whose tutor answers in three parts."""
    return LiveHarness(
        dialogue=ScriptedDialogue(replies=(REPLY,)),
        synthesizer=ScriptedSynthesizer(char_ms=letter_ms, delay_s=delay_s),
    )


async def ask(harness: LiveHarness) -> Any:
    """Ask and return the first part; from now on only the test says what was heard."""
    harness._plays = False
    harness.send(type="text.submit", text="Tell me more", client_id="a")
    return await harness.until("reply.clause", turn=1, clause=0)


def heard(harness: LiveHarness, ms: float) -> None:
    harness.send(type="playback.progress", turn=1, attempt=0, played_ms=ms)


def parts_asked_for(harness: LiveHarness) -> int:
    """Return how many parts the voice was asked for; the opening is one more."""
    return harness.runner.asked.count(Stage.SYNTHESIZE) - 1


async def test_a_part_is_made_when_the_one_before_is_nearly_heard() -> None:
    async with talk() as harness:
        part = await ask(harness)
        completed = await harness.until("reply.completed", turn=1)
        assert completed["text"] == REPLY, "the text waits for nothing"
        for number in (1, 2):
            heard(harness, part["end_ms"] - AHEAD_MS - 5000)
            await asyncio.sleep(A_MOMENT_S)
            assert parts_asked_for(harness) == number
            heard(harness, part["end_ms"] - AHEAD_MS)
            part = await harness.until("reply.clause", turn=1, clause=number)
        await harness.until("reply.audio_ended", turn=1)
        harness.send(type="playback.finished", turn=1, attempt=0)
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"


async def test_an_interruption_ends_the_waiting_at_once() -> None:
    async with talk() as harness:
        await ask(harness)
        harness.send(type="reply.stop")
        ended = await harness.until("turn.ended", turn=1, timeout_s=1)
        assert ended["outcome"] == "interrupted"
        heard(harness, 99_000)
        await asyncio.sleep(A_MOMENT_S)
        assert parts_asked_for(harness) == 1


async def test_a_talk_that_closes_waits_for_nobody() -> None:
    async with talk() as harness:
        await ask(harness)
        async with asyncio.timeout(2):
            await harness.live.close()
        assert parts_asked_for(harness) == 1


async def test_a_page_that_reports_nothing_is_spoken_to_as_time_passes() -> None:
    # The first part is longer than what may be left by 0.6 s.
    async with talk(letter_ms=(AHEAD_MS + 600) / len("First part is here.")) as harness:
        await ask(harness)
        assert parts_asked_for(harness) == 1
        await harness.until("reply.clause", turn=1, clause=1, timeout_s=2)
        assert parts_asked_for(harness) == 2


async def test_a_short_reply_is_made_in_one_go() -> None:
    async with talk(letter_ms=AHEAD_MS / len(REPLY)) as harness:
        await ask(harness)
        await harness.until("reply.audio_ended", turn=1, timeout_s=1)


async def test_a_voice_that_takes_long_is_asked_earlier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(speaking, "SLACK", 200)
    async with talk(delay_s=0.3) as harness:
        await ask(harness)
        await harness.until("reply.clause", turn=1, clause=1, timeout_s=2)


async def test_a_repetition_is_paced_too() -> None:
    async with talk() as harness:
        harness.send(type="text.submit", text="Tell me more", client_id="a")
        await harness.until("turn.ended", turn=1)
        assert parts_asked_for(harness) == 3
        harness._plays = False
        harness.send(type="reply.repeat", slower=False)
        await harness.until("reply.clause", turn=1, attempt=1, clause=0)
        await asyncio.sleep(A_MOMENT_S)
        assert parts_asked_for(harness) == 4
