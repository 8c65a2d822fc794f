"""``FAST=1``: the takes go through the segmenter by a clock of their own, in a minute.

Voice detection and the decision are the real ones; nothing is recognised, answered or sent.
A tutor that speaks is one whose voice comes back as an echo, and whom any speech stops.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    for frame in _frames(take, tutor):
        clock.now_s += FRAME_S
        for event in segmenter.push(frame):
            turn = _note(event, take, clock.now_s, turn, events)
    played = Played(
        # A frame is sent once its last sample was spoken.
        begins_s=(take.truth.begins // FRAME_SAMPLES + 1) * FRAME_S,
        ends_s=((take.truth.ends - 1) // FRAME_SAMPLES + 1) * FRAME_S,
        over_s=clock.now_s,
    )
    return Judged(take, judge(take.kind, events, played, recognises=False))


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


def _frames(take: Take, tutor: FloatSamples) -> Sequence[bytes]:
    if take.echo_db is None:
        return take.frames
    heard = np.frombuffer(take.pcm, "<i2").astype(np.float32)
    echo = np.resize(tutor, len(heard)) * np.float32(10 ** (take.echo_db / 20))
    mixed = np.clip(heard + 32767 * echo, -32768, 32767).astype("<i2").tobytes()
    size = 2 * FRAME_SAMPLES
    return [mixed[i : i + size] for i in range(0, len(mixed), size)]
