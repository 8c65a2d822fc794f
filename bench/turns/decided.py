"""``FAST=1`` with ``TUTOR_TURN_TAKING=model``: the takes go through the decision itself.

Voice detection, turn detector and decision are real. The words are what the recogniser hears
and come when it is done, or are the script's, known without error as soon as a pause begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inference.protocols import SpeechDetector
from inference.types.audio import AudioClip, FloatSamples
from sessions.turns.heard_words import last_confidence
from sessions.turns.segmenter import (
    CandidateReady,
    Segmenter,
    SegmenterSettings,
    SpeechBegan,
)
from sessions.turns.turn_sound import since_pause
from sessions.turns.turn_taking import Decision, Heard, TurnTaking

from .fast import FRAME_S, VirtualClock, played_of
from .figures import Judged
from .heard import Recognised
from .scoring import Event, judge
from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES, Take

# Silence after which voice and words of the turn are looked at.
LOOK_MS = 160.0
# How long recognising takes on two idle cores; how long it took here hangs on other work.
RECOGNITION_MS = 350.0
_NEVER_MS = 3_600_000.0
EndProbability = Callable[[FloatSamples], float | None]
Recognise = Callable[[AudioClip], Recognised]


@dataclass(frozen=True, slots=True)
class Pause:
    """What was known and decided at a pause, for the table of ``TABLE=1``."""

    heard: Heard
    decision: Decision
    at_s: float


def verdict_of(
    take: Take,
    *,
    detector: SpeechDetector,
    taking: TurnTaking,
    end_probability: EndProbability,
    recognise: Recognise | None = None,
    on_pause: Callable[[Pause], None] = lambda pause: None,
) -> Judged:
    """Play one take in which the tutor is silent. ``taking`` learns the speaker's pauses."""
    clock = VirtualClock()
    limits = SegmenterSettings(end_silence_ms=_NEVER_MS, candidate_silence_ms=LOOK_MS)
    segmenter = Segmenter(detector.open(), limits, clock=clock)
    taking.tutor_said(take.asked)
    events: list[Event] = []
    heard: Heard | None = None
    words_ms = RECOGNITION_MS if recognise is not None else 0.0
    text = ""
    voiced_s, turn = 0.0, 1
    for frame in take.frames:
        clock.now_s += FRAME_S
        for event in segmenter.push(frame):
            if isinstance(event, SpeechBegan):
                events.append(Event("speech.started", clock.now_s, turn))
            elif isinstance(event, CandidateReady):
                probability = end_probability(
                    since_pause(segmenter.snapshot().as_float32())
                )
                heard = _look(take, event.clip, voiced_s, probability, recognise)
                on_pause(Pause(heard, taking.decide(heard), voiced_s))
        if segmenter.recently_voiced:
            if heard is not None:
                taking.paused(1000 * (clock.now_s - voiced_s))
            heard, voiced_s = None, clock.now_s
        elif heard is not None:
            silence_ms = 1000 * (clock.now_s - voiced_s)
            decision = taking.decide(heard)
            wait_ms = decision.wait_ms
            if silence_ms < LOOK_MS + words_ms:
                # Until then the words are not there.
                wait_ms = taking.words_wait_ms
            if silence_ms >= wait_ms:
                if decision.is_turn:
                    events.append(Event("speech.ended", clock.now_s, turn, "silence"))
                    turn += 1
                    text = heard.text or ""
                segmenter.release("silence")
                heard = None
    verdict = judge(
        take.kind, events, played_of(take, over_s=clock.now_s), recognises=False
    )
    return Judged(take, verdict, text)


def _look(
    take: Take,
    clip: AudioClip,
    voiced_s: float,
    probability: float | None,
    recognise: Recognise | None,
) -> Heard:
    """Return what is known at a pause once the words are."""
    if recognise is None:
        return Heard(LOOK_MS, probability, text_at(take, int(voiced_s * RATE_HZ)))
    transcript = recognise(clip).transcript
    return Heard(
        LOOK_MS,
        probability,
        transcript.text,
        last_confidence=last_confidence(transcript),
    )


def text_at(take: Take, sample: int) -> str:
    """Return the words that were said up to a sample; ``""`` if none was."""
    # A part is over when its last voiced window is, and windows are longer than frames.
    latest = sample + 2 * FRAME_SAMPLES
    said = [text for end, text in take.heard if end <= latest]
    return said[-1] if said else ""
