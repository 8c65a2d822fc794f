"""Words that the learner cannot know yet stay rare.

A content word counts when it is more than one level above the learner's. Five per cent of
the words may be so, and one always: the lists err by a level, and one new word in a simple
sentence is understood. Only a word far above is never free. Free are function words, names,
numbers, the learner's own words, the lesson's, and words that look the same in the learner's
first language. Quotation marks free nothing.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from ..gating import GateResult, ReplyContext
from ..languages.function_words import foreign_words, function_words, is_known, primary
from ..languages.levels import UNKNOWN, bases, word_levels
from ..moves import MoveKind
from .lesson_words import lesson_words
from .limits import ABOVE_ALWAYS, ABOVE_SHARE, FAR_ABOVE
from .quoting import read_as_said
from .reading import Reading, Token

# A word that looks the same helps if it is no rarity in the first language either.
_COGNATE_RANK = 4
_SHORTEST_COGNATE = 4
# Shorter ones could be another language's word with an ending.
_SHORTEST_SMALL = 4


class LevelGate:
    """At most five per cent of the words above the learner's level + 1."""

    name = "level"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._levels = word_levels(l2)
        self._function = function_words(l2)
        self._foreign = foreign_words(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure the share of words above, 0..1."""
        reading = read_as_said(reply, context, self._language)
        hard = self.above(reply, context)
        share = len(hard) / max(1, reading.words)
        allowed = max(ABOVE_ALWAYS, int(ABOVE_SHARE * reading.words))
        level = context.learner.level
        far = [
            word
            for word in hard
            if self._levels.rank(word) >= level.rank + FAR_ABOVE
            and not self._levels.estimated
        ]
        if len(hard) <= allowed and not far:
            return GateResult(self.name, True, measured=share)
        shown = ", ".join(dict.fromkeys(far or hard))
        reason = f"Too hard for {level}: {shown}. Use easier words."
        return GateResult(self.name, False, reason, share)

    def above(self, reply: str, context: ReplyContext) -> list[str]:
        """Return the words above the learner's level + 1, in the order of the reply."""
        highest = context.learner.level.rank + 1
        reading = read_as_said(reply, context, self._language)
        if highest >= UNKNOWN - 1 or self._explains_at_home(reading, context):
            return []
        free = lesson_words(context, self._language, own=True)
        hard = []
        for token in reading.tokens:
            word = token.text
            if word in free or self._is_exempt(token):
                continue
            if self._levels.rank(word) <= highest or self._is_small(word):
                continue
            if not _is_cognate(word, context.learner.l1, self._language):
                hard.append(word)
        return hard

    def _explains_at_home(self, reading: Reading, context: ReplyContext) -> bool:
        """Whether this is an explanation in the first language: nothing to measure."""
        if not context.move.use_l1 or context.move.kind is not MoveKind.EXPLAIN:
            return False
        words = [token for token in reading.tokens if not token.quoted]
        if any(not token.latin or token.text in self._foreign for token in words):
            return True
        if not is_known(context.learner.l1):
            return False
        home = word_levels(context.learner.l1)
        known = [
            sum(levels.rank(token.text) <= _COGNATE_RANK for token in words)
            for levels in (home, self._levels)
        ]
        return known[0] > known[1]

    def _is_small(self, word: str) -> bool:
        """Whether a word is a form of one that every sentence needs: "likes", "others"."""
        return any(
            base in self._function and len(base) >= _SHORTEST_SMALL
            for base in bases(word, self._levels.endings)
        )

    def _is_exempt(self, token: Token) -> bool:
        word = token.text
        if word in self._function or not token.latin or not word[0].isalpha():
            return True
        if word.endswith("'") or len(word) == 1:
            return True
        if not token.capital:
            return False
        # Names. German writes nouns with a capital, so there only unknown ones are names.
        if self._language == "de" or token.opens:
            return self._levels.rank(word) == UNKNOWN
        return True


def _is_cognate(word: str, l1: str, l2: str) -> bool:
    if len(word) < _SHORTEST_COGNATE or primary(l1) == l2 or not is_known(l1):
        return False
    return _folded(word) in _folded_words(primary(l1))


@cache
def _folded_words(language: str) -> frozenset[str]:
    ranks = word_levels(language).ranks
    return frozenset(
        _folded(word)
        for word, rank in ranks.items()
        if rank <= _COGNATE_RANK and len(word) >= _SHORTEST_COGNATE
    )


def _folded(word: str) -> str:
    """Return a word without accents and without the vowel it ends with."""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFD", word)
        if not unicodedata.combining(sign)
    )
    return plain.rstrip("aeo")
