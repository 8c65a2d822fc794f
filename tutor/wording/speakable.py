"""Makes words of others fit to stand in a spoken sentence, and measures sentences."""

from __future__ import annotations

import re
import unicodedata

from ..gates.limits import MAX_QUESTIONS, MAX_SENTENCES, max_words
from ..learner import Level

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
# Letters a word may have on average; German stays well below.
_MOST_LETTERS = 30
_KEPT_SIGNS = frozenset("'’-,…%€$£&°")
_QUOTES = ("'", "’")
_LETTERS = frozenset("LMN")


def speakable(text: str, *, most_words: int = 12) -> str:
    """Return words as a voice can read them inside a sentence; ``""`` if too many.

    Quotes, brackets, slashes, emoji and control signs go; what ends a sentence inside
    becomes a comma, so that the sentence around stays one.
    """
    if len(text) > _MOST_LETTERS * most_words:
        return ""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign in ".!?;:":
            kept.append(", ")
        elif unicodedata.category(sign)[0] in _LETTERS or sign in _KEPT_SIGNS:
            kept.append(sign)
        else:
            kept.append(" ")
    words = re.sub(r"(?<=\d), (?=\d)", ".", "".join(kept))
    words = re.sub(r"\s+,", ",", " ".join(words.split()))
    words = re.sub(r"(?:…\s*,|,)(?:\s*,)+", ",", words)
    words = _unquoted(words.strip(" ,…-"))
    if not 0 < word_count(words) <= most_words:
        return ""
    return words


def _unquoted(words: str) -> str:
    """Take away quotes around the words, but not the apostrophe of French ``l'``."""
    if words[:1] in _QUOTES:
        return words.strip("".join(_QUOTES))
    return words


def words_of(text: str) -> list[str]:
    """Return the words of a text, lower case, with straight apostrophes."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def word_count(text: str) -> int:
    """Count words; a script without spaces counts as one word a run."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def sentence_count(text: str) -> int:
    """Count sentences by their ends; words without an end count as one."""
    ends = list(_SENTENCE_END.finditer(text))
    rest = text[ends[-1].end() :] if ends else text
    return len(ends) + bool(_WORD.search(rest))


def fits(text: str, level: Level) -> bool:
    """Whether a reply keeps to the number of words, sentences and questions."""
    return (
        word_count(text) <= max_words(level)
        and 1 <= sentence_count(text) <= MAX_SENTENCES
        and text.count("?") <= MAX_QUESTIONS
    )


def reveals(text: str, better: str) -> bool:
    """Whether a text contains the words of the answer, in their order."""
    answer = re.findall(r"\w+", better.casefold())
    words = re.findall(r"\w+", text.casefold())
    size = len(answer)
    return size > 0 and any(
        words[n : n + size] == answer for n in range(len(words) - size + 1)
    )
