"""When an answer is to be expected, by what its parts were measured to take."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.turns.budget import Budget, Part

from .figures import HostFigures, Situation, WritingSpeed

# The first words of a sentence that can be spoken alone; a sentence as a whole.
CLAUSE_TOKENS = 8
SENTENCE_TOKENS = 14
# The least wait where words decide (sessions/turns/turn_taking.py).
LEAST_WAIT_MS = 250.0


@dataclass(frozen=True, slots=True)
class Expected:
    """When what of an answer comes, in ms after the last voiced sample of a sentence of 4 s.

    ``by_part`` is what each part adds, as the budget counts it; ``alone_ms`` what the
    language model and the voice take by themselves.
    """

    words_ms: float
    decided_ms: float
    audio_ms: float
    by_part: dict[Part, float]
    model_alone_ms: float
    voice_alone_ms: float

    def worst(self, budget: Budget) -> Part:
        """Return the part that is furthest over its share, or nearest to it."""
        return max(
            self.by_part, key=lambda part: self.by_part[part] - budget.share_ms(part)
        )


def expected(
    figures: HostFigures,
    writing: WritingSpeed,
    situation: Situation,
    *,
    words_ms: float,
    speculates: bool,
) -> Expected:
    """Return what is to be expected of a turn that sounds finished when it is.

    With speculation the model begins when the words are known, else when the turn is over.
    No opener is counted on.
    """
    decided_ms = (
        max(words_ms, LEAST_WAIT_MS)
        if situation.words_decide
        else situation.end_silence_ms
    )
    model_ms = 1000 * writing.clause_s(CLAUSE_TOKENS)
    voice_ms = 1000 * figures.voice_s
    known_ms = max(words_ms, decided_ms)
    clause_ms = (words_ms if speculates else known_ms) + model_ms
    audio_ms = max(known_ms, clause_ms + voice_ms)
    clause_ms = max(known_ms, clause_ms)
    return Expected(
        words_ms=words_ms,
        decided_ms=decided_ms,
        audio_ms=audio_ms,
        by_part={
            Part.DECISION: decided_ms,
            Part.RECOGNITION: known_ms - decided_ms,
            Part.MODEL: clause_ms - known_ms,
            Part.VOICE: audio_ms - clause_ms,
        },
        model_alone_ms=model_ms,
        voice_alone_ms=voice_ms,
    )
