"""The words that say what a lesson is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..policy.heard import common_words, words_of

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SHORTEST = 3


def topic_words(texts: Iterable[str], language: str) -> frozenset[str]:
    """Return the content words of title, situation and goals, lower case."""
    common = common_words(language)
    return frozenset(
        word
        for text in texts
        for word in map(str.casefold, _WORD.findall(text))
        if len(word) >= _SHORTEST and not common.issuperset(words_of(word))
    )
