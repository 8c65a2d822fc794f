"""Frames put in order: resends dropped, gaps filled, floods refused."""

from __future__ import annotations

from sessions.live.microphone import BURST_FRAMES, MAX_GAP_FRAMES, MicrophoneInput
from sessions.wire.binary import MIC_PAYLOAD_BYTES, MicFrame

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
