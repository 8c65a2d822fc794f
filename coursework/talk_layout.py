"""Where in a talk each stretch of speech lies, by what is stored of its turns.

A turn is written down when the learner has finished: their words lie before that moment. The
tutor's voice begins ``first_audio_ms`` after the last sound of the learner, where it was
measured. Stretches never overlap: each begins after the one before, so that a moment on the
timeline is one moment of sound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sessions.review import SessionReview, TurnReview, UtteranceReview

# Between two stretches where nothing was measured.
GAP_MS = 300
# Words that were typed, or a voice that was not kept, take so long to be read.
MS_A_WORD = 330
LEAST_MS = 800


@dataclass(frozen=True, slots=True)
class Stretch:
    """One speaker's turn on the timeline. ``has_sound``: its recording can be played."""

    turn: int
    speaker: str
    start_ms: int
    duration_ms: int
    has_sound: bool

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return self.start_ms + self.duration_ms


def lay_out(review: SessionReview) -> tuple[Stretch, ...]:
    """Return the stretches of a talk in the order they were said."""
    found: list[Stretch] = []
    for turn in review.turns:
        for utterance in _heard(turn.utterances):
            found.append(_stretch(review.started_at, turn, utterance, found))
    return tuple(found)


def moments(stretches: Iterable[Stretch]) -> dict[int, int]:
    """Return where each turn begins, by its index."""
    found: dict[int, int] = {}
    for stretch in stretches:
        found.setdefault(stretch.turn, stretch.start_ms)
    return found


def _heard(utterances: Iterable[UtteranceReview]) -> list[UtteranceReview]:
    """Return the learner's words, then the tutor's last reply."""
    learner = [u for u in utterances if u.speaker == "LEARNER" and u.text.strip()]
    tutor = [u for u in utterances if u.speaker == "TUTOR" and u.text.strip()]
    return [*learner[:1], *sorted(tutor, key=lambda u: u.attempt)[-1:]]


def _stretch(
    started_at: datetime,
    turn: TurnReview,
    utterance: UtteranceReview,
    before: list[Stretch],
) -> Stretch:
    free_from = before[-1].end_ms + GAP_MS if before else 0
    duration = utterance.duration_ms or max(
        LEAST_MS, MS_A_WORD * len(utterance.text.split())
    )
    written_ms = round((turn.started_at - started_at).total_seconds() * 1000)
    if utterance.speaker == "LEARNER":
        start = written_ms - duration
    elif before and before[-1].turn == turn.index:
        wait = turn.timings.get("marks", {}).get("first_audio_ms")
        pause = GAP_MS if wait is None else max(0, round(float(wait)))
        start = before[-1].end_ms + pause
    else:
        start = written_ms
    return Stretch(
        turn=turn.index,
        speaker=utterance.speaker,
        start_ms=max(free_from, start, 0),
        duration_ms=duration,
        has_sound=utterance.has_recording,
    )
