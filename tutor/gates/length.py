"""No reply is longer than its listener can follow."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import primary
from ..learner import Level
from ..moves import MoveKind
from .limits import INTERJECTION_WORDS, MAX_SENTENCES, max_words
from .quoting import read_as_said
from .reading import Reading


class LengthGate:
    """At most three sentences, and as many words as the learner's level allows."""

    name = "length"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure words."""
        reading = read_as_said(reply, context, self._language)
        most = max_words(context.learner.level)
        if context.move.kind is MoveKind.EXPLAIN and context.move.use_l1:
            # The first language is followed with ease.
            most = max_words(Level.C1)
        if reading.words > most:
            reason = f"Too long: say it in {most} words at most."
            return GateResult(self.name, False, reason, reading.words)
        if counted_sentences(reading) > MAX_SENTENCES:
            reason = f"Too long: at most {MAX_SENTENCES} sentences."
            return GateResult(self.name, False, reason, reading.words)
        return GateResult(self.name, True, measured=reading.words)


def counted_sentences(reading: Reading) -> int:
    """Return how many sentences there are, interjections left out."""
    return sum(
        sentence.asks or sentence.words > INTERJECTION_WORDS
        for sentence in reading.sentences
    )
