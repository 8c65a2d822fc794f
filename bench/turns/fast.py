"""``FAST=1``: the takes go through the segmenter by a clock of their own, in a minute.

Voice detection and the decision are the real ones; nothing is recognised, answered or sent.
A tutor that speaks is one whose voice comes back as an echo, and whom any speech stops.
"""

from __future__ import annotations

import numpy as np

from inference.protocols import SpeechDetector
from inference.types.audio import FloatSamples
from sessions.turns.segmenter import (
    Segmenter,
    SegmenterEvent,
    SegmenterSettings,
    SpeechBegan,
    UtteranceCut,
)

from .figures import Judged
from .scoring import Event, Played, judge
from .scripts import Kind
from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES, Take

FRAME_S = FRAME_SAMPLES / RATE_HZ


class VirtualClock:
    """Time that passes by the sound that was pushed."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now_s


def verdict_of(
    take: Take,
    *,
    detector: SpeechDetector,
    settings: SegmenterSettings,
    tutor: FloatSamples,
) -> Judged:
    """Play one take; ``tutor`` is the voice that may come back as an echo."""
    clock = VirtualClock()
    segmenter = Segmenter(detector.open(), settings, clock=clock)
    events: list[Event] = []
    turn = 1
    echo = iter(_echo(take, tutor))
    for frame in take.frames:
        clock.now_s += FRAME_S
        # Who was stopped is not heard any more.
        stopped = any(event.type == "reply.interrupted" for event in events)
        for event in segmenter.push(frame if stopped else _mixed(frame, next(echo))):
            turn = _note(event, take, clock.now_s, turn, events)
    played = played_of(take, over_s=clock.now_s)
    return Judged(take, judge(take.kind, events, played, recognises=False))


def played_of(take: Take, *, over_s: float) -> Played:
    """Return when the voice of a take begins and ends: a frame is sent when it is full."""
    return Played(
        begins_s=(take.truth.begins // FRAME_SAMPLES + 1) * FRAME_S,
        ends_s=((take.truth.ends - 1) // FRAME_SAMPLES + 1) * FRAME_S,
        over_s=over_s,
    )


def _note(
    event: SegmenterEvent, take: Take, at_s: float, turn: int, events: list[Event]
) -> int:
    """Note an event as the wire would tell it; return the number of the next turn."""
    match event:
        case SpeechBegan():
            events.append(Event("speech.started", at_s, turn))
            if take.kind is not Kind.TURN:
                events.append(Event("reply.interrupted", at_s, turn - 1, "barge_in"))
        case UtteranceCut():
            events.append(Event("speech.ended", at_s, turn, event.reason))
            return turn + 1
    return turn


def _echo(take: Take, tutor: FloatSamples) -> FloatSamples:
    """Return what of the tutor is in each frame, shape ``(frames, samples)``."""
    count = len(take.frames)
    if take.echo_db is None:
        return np.zeros((count, FRAME_SAMPLES), np.float32)
    echo = np.resize(tutor, count * FRAME_SAMPLES).reshape(count, FRAME_SAMPLES)
    return np.asarray(32767 * echo * 10 ** (take.echo_db / 20), np.float32)


def _mixed(frame: bytes, echo: FloatSamples) -> bytes:
    heard = np.frombuffer(frame, "<i2") + echo
    return bytes(np.clip(heard, -32768, 32767).astype("<i2").tobytes())
