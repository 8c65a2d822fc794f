"""The words of a text as they are compared with what a recogniser writes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class PlainWord:
    """One word of the text: as shown, and without case and punctuation."""

    index: int
    text: str
    plain: str


def plain(word: str) -> str:
    """Return a word's letters and digits, and apostrophes inside it, in lower case."""
    folded = unicodedata.normalize("NFC", word.translate(_APOSTROPHES)).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "'" or _mark(c)).strip("'")


def _mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc"}


def plain_words(text: str) -> tuple[PlainWord, ...]:
    """Return the words that have a sound; dashes, emoji and the like have none."""
    found = (PlainWord(i, word, plain(word)) for i, word in enumerate(text.split()))
    return tuple(word for word in found if any(c.isalnum() for c in word.plain))
