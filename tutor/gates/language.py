"""The tutor speaks the language taught; the first language only explains."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import foreign_words, function_words, primary
from ..languages.levels import UNKNOWN, word_levels
from ..moves import MoveKind
from .lesson_words import lesson_words
from .limits import FOREIGN_ALWAYS, TARGET_SHARE
from .quoting import read_as_said
from .reading import Token

# First languages that are not written with Latin letters.
_OTHER_SCRIPTS = frozenset(
    [
        "ar",
        "bg",
        "bn",
        "el",
        "fa",
        "he",
        "hi",
        "hy",
        "ja",
        "ka",
        "km",
        "kn",
        "ko",
        "lo",
        "mk",
        "ml",
        "mn",
        "mr",
        "my",
        "ne",
        "pa",
        "ru",
        "si",
        "ta",
        "te",
        "th",
        "uk",
        "ur",
        "yi",
        "yue",
        "zh",
    ]
)


class LanguageGate:
    """A share of the words is the language taught, and the script is its own."""

    name = "language"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._function = function_words(l2)
        self._foreign = foreign_words(l2)
        self._levels = word_levels(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure the share of words of the language taught, 0..1."""
        own = lesson_words(context, self._language, own=True)
        ours = others = scripts = 0
        for token in read_as_said(reply, context, self._language).tokens:
            if not token.text[0].isalpha() or len(token.text) == 1:
                continue
            if not token.latin:
                allowed = token.text in own
                others += not allowed
                scripts += not allowed
            elif self._is_ours(token):
                ours += 1
            elif not (token.text in own or _is_name(token)):
                others += 1
        share = ours / (ours + others) if ours + others else 1.0
        if context.move.use_l1 and context.move.kind is MoveKind.EXPLAIN:
            # The first language may be spoken: only its own script can be checked.
            latin = primary(context.learner.l1) not in _OTHER_SCRIPTS
            others, scripts = (scripts, scripts) if latin else (others - scripts, 0)
            share = ours / (ours + others) if ours + others else 1.0
        if others <= FOREIGN_ALWAYS or (share >= TARGET_SHARE and not scripts):
            return GateResult(self.name, True, measured=share)
        name = {"en": "English", "es": "Spanish", "fr": "French", "de": "German"}
        reason = f"Speak only {name.get(self._language, self._language)}."
        return GateResult(self.name, False, reason, share)

    def _is_ours(self, token: Token) -> bool:
        word = token.text
        if word in self._function:
            return True
        rank = self._levels.rank(word)
        # Another language's commonest words are rare ones here, or none.
        return rank <= 4 if word in self._foreign else rank != UNKNOWN


def _is_name(token: Token) -> bool:
    return token.capital and not token.opens
