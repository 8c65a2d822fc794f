"""``FAST=1`` with ``TUTOR_TURN_TAKING=model``: the takes go through the decision itself.

Voice detection, turn detector and decision are real. The words are the script's, known
without error as soon as a pause begins: recognition can only make it worse.
"""

from __future__ import annotations

from collections.abc import Callable

from inference.protocols import SpeechDetector
from inference.types.audio import FloatSamples
from sessions.turns.segmenter import (
    CandidateReady,
    Segmenter,
    SegmenterSettings,
    SpeechBegan,
)
from sessions.turns.turn_taking import Heard, TurnTaking

from .fast import FRAME_S, VirtualClock, played_of
from .figures import Judged
from .scoring import Event, judge
from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES, Take

# Silence after which voice and words of the turn are looked at.
LOOK_MS = 200.0
_NEVER_MS = 3_600_000.0
EndProbability = Callable[[FloatSamples], float | None]


def verdict_of(
    take: Take,
    *,
    detector: SpeechDetector,
    taking: TurnTaking,
    end_probability: EndProbability,
) -> Judged:
    """Play one take in which the tutor is silent. ``taking`` learns the speaker's pauses."""
    clock = VirtualClock()
    limits = SegmenterSettings(end_silence_ms=_NEVER_MS, candidate_silence_ms=LOOK_MS)
    segmenter = Segmenter(detector.open(), limits, clock=clock)
    taking.tutor_said(take.asked)
    events: list[Event] = []
    heard: Heard | None = None
    voiced_s, turn = 0.0, 1
    for frame in take.frames:
        clock.now_s += FRAME_S
        for event in segmenter.push(frame):
            if isinstance(event, SpeechBegan):
                events.append(Event("speech.started", clock.now_s, turn))
            elif isinstance(event, CandidateReady):
                voice = event.clip.as_float32()
                text = text_at(take, int(voiced_s * RATE_HZ))
                heard = Heard(LOOK_MS, end_probability(voice), text)
        if segmenter.recently_voiced:
            if heard is not None:
                taking.paused(1000 * (clock.now_s - voiced_s))
            heard, voiced_s = None, clock.now_s
        elif heard is not None:
            silence_ms = 1000 * (clock.now_s - voiced_s)
            decision = taking.decide(heard)
            if silence_ms >= decision.wait_ms:
                if decision.is_turn:
                    events.append(Event("speech.ended", clock.now_s, turn, "silence"))
                    turn += 1
                segmenter.release("silence")
                heard = None
    verdict = judge(
        take.kind, events, played_of(take, over_s=clock.now_s), recognises=False
    )
    return Judged(take, verdict)


def text_at(take: Take, sample: int) -> str:
    """Return the words that were said up to a sample; ``""`` if none was."""
    # A part is over when its last voiced window is, and windows are longer than frames.
    latest = sample + 2 * FRAME_SAMPLES
    said = [text for end, text in take.heard if end <= latest]
    return said[-1] if said else ""
