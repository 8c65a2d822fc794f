"""One question at a time: a learner can only answer one."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import FunctionWords, function_words, primary
from .limits import MAX_QUESTIONS
from .quoting import read_as_said
from .reading import Reading


class QuestionsGate:
    """At most one question; echoes ("Really?") and quoted words of the move are none."""

    name = "questions"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._words = function_words(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure questions."""
        count = len(
            questions(read_as_said(reply, context, self._language), self._words)
        )
        passed = count <= MAX_QUESTIONS
        reason = "" if passed else "Too many questions: ask only one."
        return GateResult(self.name, passed, reason, count)


def questions(reading: Reading, words: FunctionWords) -> tuple[int, ...]:
    """Return the numbers of the sentences that ask something."""
    texts: dict[int, list[str]] = {}
    for token in reading.tokens:
        texts.setdefault(token.sentence, []).append(token.text)
    return tuple(
        number
        for number, sentence in enumerate(reading.sentences)
        if sentence.asks and " ".join(texts[number]) not in words.echoes
    )
