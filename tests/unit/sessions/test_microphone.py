"""Frames put in order: resends dropped, gaps filled, floods refused."""

from __future__ import annotations

import asyncio

import pytest

from sessions.live import speech_input
from sessions.live.microphone import BURST_FRAMES, MAX_GAP_FRAMES, MicrophoneInput
from sessions.wire.binary import MIC_PAYLOAD_BYTES, MicFrame
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness

SILENCE = bytes(MIC_PAYLOAD_BYTES)


def frame(number: int) -> MicFrame:
    """Return a frame that can be told from silence and from other frames."""
    return MicFrame(number, bytes([1 + number % 250]) * MIC_PAYLOAD_BYTES)


def test_frames_in_order_come_through_as_they_are() -> None:
    microphone = MicrophoneInput()
    for number in range(5):
        assert microphone.take(frame(number)) == [frame(number).pcm]
    assert microphone.next_number == 5
    assert (microphone.missing, microphone.dropped) == (0, 0)


def test_a_resent_frame_brings_nothing() -> None:
    microphone = MicrophoneInput()
    microphone.take(frame(0))
    microphone.take(frame(1))
    assert microphone.take(frame(1)) == []
    assert microphone.take(frame(0)) == []
    assert microphone.next_number == 2


def test_a_gap_is_counted_and_filled_with_silence() -> None:
    microphone = MicrophoneInput()
    microphone.take(frame(0))
    assert microphone.take(frame(4)) == [SILENCE] * 3 + [frame(4).pcm]
    assert microphone.missing == 3


def test_a_long_gap_is_filled_with_a_second_at_most() -> None:
    microphone = MicrophoneInput()
    sound = microphone.take(frame(4_000_000_000))
    assert sound is not None
    assert len(sound) == MAX_GAP_FRAMES + 1


def test_a_flood_is_refused_and_the_normal_pace_is_not() -> None:
    now = [0.0]
    microphone = MicrophoneInput(clock=lambda: now[0])
    taken = [microphone.take(frame(i)) for i in range(BURST_FRAMES + 10)]
    assert [sound is None for sound in taken] == [False] * BURST_FRAMES + [True] * 10
    assert microphone.dropped == 10
    for number in range(BURST_FRAMES + 10, BURST_FRAMES + 60):
        now[0] += 0.02
        assert microphone.take(frame(number)) is not None
    assert microphone.dropped == 10
    assert microphone.missing == 10


async def test_muting_answers_what_was_said_and_hears_nothing_more() -> None:
    async with LiveHarness() as harness:
        harness.frames(600, loud=True)
        harness.send(type="input.mute", muted=True)
        ended = await harness.until("speech.ended", turn=1)
        assert ended["reason"] == "muted"
        await harness.until("turn.ended", turn=1, outcome="completed")
        harness.frames(800, loud=True)
        harness.frames(400, loud=False)
        await asyncio.sleep(0.05)
        assert "speech.started" not in harness.types(2)
        harness.send(type="input.mute", muted=False)
        await harness.speak()
        await harness.until("turn.ended", turn=2, outcome="completed")


async def test_typing_ends_what_is_being_said_and_keeps_both() -> None:
    async with LiveHarness() as harness:
        harness.frames(600, loud=True)
        harness.send(type="text.submit", text="I mean coffee", client_id="a")
        await harness.until("turn.ended", turn=2, outcome="completed")
    words = [harness.repository.records[turn].learner for turn in (1, 2)]
    assert [said.text if said else None for said in words] == [
        "I would like a cup of tea please",
        "I mean coffee",
    ]


async def test_long_speech_keeps_the_beginning_of_its_partials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(speech_input, "PARTIAL_WINDOW_MS", 2000)
    transcriber = ScriptedTranscriber(("I went to town",))
    async with LiveHarness(transcriber=transcriber, partial_every_ms=0) as harness:
        for _ in range(8):
            harness.frames(500, loud=True)
            await asyncio.sleep(0.02)
        harness.frames(400, loud=False)
        await harness.until("turn.ended", turn=1)
    partials = [e for e in harness.events if e["type"] == "transcript.partial"]
    lengths = [len(p["text"].split()) for p in partials]
    assert lengths == sorted(lengths)
    assert all(p["text"].startswith(p["stable"]) for p in partials)
    assert partials[-1]["text"].startswith("I went to town I")
