"""Sounds over the tutor's voice in a live session: what stops it, and what does not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.engines import (
    ScriptedDialogue,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.live import LiveHarness

REPLY = "First part is here. Second part is much longer than that."


def talk(*texts: str, delay_s: float = 0.0, **more: Any) -> LiveHarness:
    """Return a talk whose learner says these; replies last 2.4 s, and nothing is played."""
    return LiveHarness(
        transcriber=ScriptedTranscriber(("Hello there.", *texts), delay_s=delay_s),
        dialogue=ScriptedDialogue(replies=(REPLY,)),
        synthesizer=ScriptedSynthesizer(char_ms=40),
        plays=False,
        **more,
    )


async def spoken_to(harness: LiveHarness, *, heard_ms: float = 500) -> None:
    """Have the tutor speak, and the page say how far it was heard."""
    await harness.speak()
    await harness.until("reply.clause", turn=1, clause=1)
    harness.send(type="playback.progress", turn=1, attempt=0, played_ms=heard_ms)


@pytest.mark.parametrize("text", ["Mm-hm.", "Yeah, right.", ""])
async def test_a_back_channel_is_forgotten_and_the_tutor_goes_on(text: str) -> None:
    async with talk(text) as harness:
        await spoken_to(harness)
        harness.frames(300, loud=True)
        await harness.until("reply.held", turn=1)
        harness.frames(160, loud=False)
        resumed = await harness.until("reply.resumed", turn=1)
        assert 200 <= resumed["from_ms"] <= 700
        harness.frames(400, loud=False)
        harness.send(type="playback.finished", turn=1, attempt=0)
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"
        assert harness.types(2) == []
    assert 2 not in harness.repository.records
    assert harness.repository.records[1].reply_heard is None


@pytest.mark.parametrize("ms", [300, 1200])
async def test_words_interrupt_and_what_was_heard_is_kept(ms: float) -> None:
    async with talk("Wait.") as harness:
        await spoken_to(harness, heard_ms=500)
        harness.frames(ms, loud=True)
        await harness.until("reply.held", turn=1)
        harness.send(type="playback.progress", turn=1, attempt=0, played_ms=500)
        harness.frames(400, loud=False)
        stopped = await harness.until("reply.interrupted", turn=1)
        assert stopped["reason"] == "barge_in"
        await harness.until("turn.ended", turn=2)
        types = [t for t in harness.types() if t.startswith(("speech", "reply.held"))]
        assert types[2:] == ["reply.held", "speech.started", "speech.ended"]
        assert "reply.resumed" not in harness.types()
        final = await harness.until("transcript.final", turn=2)
        assert final["text"] == "Wait."


async def test_voice_that_goes_on_interrupts_before_its_words_are_known() -> None:
    async with talk("Can I ask you something?", delay_s=0.3) as harness:
        await spoken_to(harness)
        harness.frames(600, loud=True)
        await asyncio.sleep(0.05)
        assert "reply.interrupted" not in harness.types(1)
        harness.frames(600, loud=True)
        await harness.until("reply.interrupted", turn=1)
        await harness.until("speech.started", turn=2)


async def test_words_that_come_after_the_end_of_speech_still_decide() -> None:
    async with talk("Stop!", "Yeah.", delay_s=0.2) as harness:
        await spoken_to(harness)
        harness.frames(300, loud=True)
        harness.frames(600, loud=False)
        assert harness.types(2) == []
        await harness.until("reply.interrupted", turn=1)
        await harness.until("speech.ended", turn=2)
        await harness.until("reply.clause", turn=2, clause=0)
        harness.frames(300, loud=True)
        harness.frames(600, loud=False)
        await harness.until("reply.resumed", turn=2)
        assert harness.types(3) == []


async def test_who_mutes_the_microphone_leaves_no_tutor_standing() -> None:
    async with talk("Yeah.", delay_s=0.5) as harness:
        await spoken_to(harness)
        harness.frames(300, loud=True)
        await harness.until("reply.held", turn=1)
        harness.send(type="input.mute", muted=True)
        await harness.until("reply.resumed", turn=1)


async def test_a_page_that_joins_again_finds_it_decided() -> None:
    async with talk("Yeah.") as harness:
        await spoken_to(harness)
        harness.frames(300, loud=True)
        held = await harness.until("reply.held", turn=1)
        ready = harness.live.ready(resumed=True, last_seq=held["seq"])
        assert ready["state"] == "speaking"
        resumed = await harness.until("reply.resumed", turn=1)
        assert resumed["seq"] == held["seq"] + 1


async def test_a_held_reply_that_is_stopped_otherwise_lets_the_learner_speak() -> None:
    async with talk("Yeah.") as harness:
        await spoken_to(harness)
        harness.frames(300, loud=True)
        await harness.until("reply.held", turn=1)
        harness.send(type="reply.stop")
        harness.frames(400, loud=False)
        await harness.until("speech.started", turn=2)
        await harness.until("transcript.final", turn=2)


async def test_a_key_that_is_pressed_needs_no_words() -> None:
    async with talk("Yeah.") as harness:
        await spoken_to(harness)
        harness.send(type="speech.press")
        await harness.until("reply.interrupted", turn=1)
        assert "reply.held" not in harness.types()


async def test_the_tutors_own_voice_is_not_even_a_pause() -> None:
    """The scripted voice hums; so does what comes back of it."""
    async with talk("First part is here.") as harness:
        await spoken_to(harness)
        harness.frames(1200, loud=True, hz=150)
        harness.frames(600, loud=False)
        harness.send(type="playback.finished", turn=1, attempt=0)
        await harness.until("turn.ended", turn=1)
        assert "reply.held" not in harness.types()
        assert harness.types(2) == []
