"""Where the time of a turn went, by the parts of the budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .budget import Part
from .events import StageSpan, TurnTiming

# A turn that ends so soon after its words were known was waiting for them.
AWAITED_MS = 80.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of each part, from the last voiced sample to the first sound.

    ``wording_ms``: from the learner's words to the model's own, whatever was heard before
    those; None where it was not asked.
    """

    by_part: Mapping[Part, float]
    wording_ms: float | None = None

    @property
    def answer_ms(self) -> float:
        """All that followed the decision that the turn was over."""
        return sum(ms for part, ms in self.by_part.items() if part is not Part.DECISION)


def spent_in(timing: TurnTiming, *, words_decide: bool = False) -> Spent | None:
    """Return what the parts of a spoken turn took; None where no answer was heard.

    What overlaps counts for the part that came first: a clause that was ready before the
    turn was over took the model no time. With ``words_decide`` a decision that came right
    after the transcript was waiting for it, and the wait is recognition's.
    """
    first = _first_spans(timing)
    endpoint, voice = first.get("endpoint"), first.get("synthesize")
    words_at = timing.marks.get("final_transcript_ms")
    sound_at = timing.marks.get("first_audio_ms")
    if endpoint is None or voice is None or words_at is None or sound_at is None:
        return None
    decided_at = endpoint.end_ms
    heard = first.get("transcribe")
    if words_decide and heard and 0 <= decided_at - heard.end_ms < AWAITED_MS:
        decided_at = heard.start_ms
    ends = {
        Part.DECISION: decided_at,
        Part.RECOGNITION: words_at,
        Part.MODEL: voice.start_ms,
        Part.VOICE: min(voice.end_ms, sound_at),
        Part.FACE: sound_at,
    }
    by_part, at = {}, 0.0
    for part, end in ends.items():
        by_part[part] = max(0.0, end - at)
        at = max(at, end)
    return Spent(by_part, _wording_ms(timing, words_at))


def _wording_ms(timing: TurnTiming, words_at: float) -> float | None:
    worded_at = timing.marks.get("own_words_ms")
    return None if worded_at is None else max(0.0, worded_at - words_at)


def _first_spans(timing: TurnTiming) -> dict[str, StageSpan]:
    """Return the first span of each name; they come in the order in which they began."""
    first: dict[str, StageSpan] = {}
    for span in timing.stages:
        first.setdefault(span.name, span)
    return first
