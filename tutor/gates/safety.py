"""Nothing unsafe, nothing that a stranger should not ask a young learner."""

from __future__ import annotations

from collections.abc import Sequence

from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from .lesson_words import lesson_words
from .lists import Category, safety_lists
from .phrases import Found, PhraseList
from .reading import Token, read


class SafetyGate:
    """No phrase of the language's lists, unless the lesson is about it."""

    name = "safety"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._lists = safety_lists(l2)
        self._function = function_words(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure unsafe phrases."""
        tokens = read(reply, self._language).tokens
        minor = context.learner.minor
        for category in self._lists.categories:
            if not (category.for_all or minor):
                continue
            for found in unmasked(category.phrases, self._lists.harmless, tokens):
                if not self._lesson_may(category, found, tokens, context):
                    reason = f"Not suitable ({category.name.replace('_', ' ')}): leave it out."
                    return GateResult(self.name, False, reason, 1.0)
        return GateResult(self.name, True)

    def _lesson_may(
        self,
        category: Category,
        found: Found,
        tokens: Sequence[Token],
        context: ReplyContext,
    ) -> bool:
        minor = context.learner.minor
        if ("minors" if minor else "adults") not in category.lesson_may:
            return False
        allowed = lesson_words(context, self._language, own=not minor)
        return any(
            token.text in allowed and token.text not in self._function
            for token in tokens[found.first : found.last + 1]
        )


def unmasked(
    phrases: PhraseList, harmless: PhraseList, tokens: Sequence[Token]
) -> list[Found]:
    """Return what is found outside harmless phrases."""
    found = list(phrases.find(tokens))
    if not found:
        return found
    masks = list(harmless.find(tokens))
    return [
        one
        for one in found
        if not any(mask.first <= one.last and one.first <= mask.last for mask in masks)
    ]
