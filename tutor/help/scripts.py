"""Which writing a language has, and whether a text is in a language at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from tutor.languages.function_words import (
    foreign_words,
    function_words,
    is_known,
    primary,
)

_LATIN = frozenset({"LATIN"})
# First words of the Unicode names of a script's letters. Others are written in Latin.
SCRIPTS: Mapping[str, frozenset[str]] = {
    "ar": frozenset({"ARABIC"}),
    "fa": frozenset({"ARABIC"}),
    "ur": frozenset({"ARABIC"}),
    "he": frozenset({"HEBREW"}),
    "ru": frozenset({"CYRILLIC"}),
    "uk": frozenset({"CYRILLIC"}),
    "bg": frozenset({"CYRILLIC"}),
    "sr": frozenset({"CYRILLIC", "LATIN"}),
    "el": frozenset({"GREEK"}),
    "hi": frozenset({"DEVANAGARI"}),
    "mr": frozenset({"DEVANAGARI"}),
    "ne": frozenset({"DEVANAGARI"}),
    "bn": frozenset({"BENGALI"}),
    "ta": frozenset({"TAMIL"}),
    "te": frozenset({"TELUGU"}),
    "gu": frozenset({"GUJARATI"}),
    "pa": frozenset({"GURMUKHI", "ARABIC"}),
    "th": frozenset({"THAI"}),
    "ka": frozenset({"GEORGIAN"}),
    "hy": frozenset({"ARMENIAN"}),
    "ko": frozenset({"HANGUL"}),
    "zh": frozenset({"CJK"}),
    "yue": frozenset({"CJK"}),
    "ja": frozenset({"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"}),
}
# Names and loan words may keep their letters.
_OWN_SHARE = 0.5
# A sentence of a language has about so many of its function words; by chance, one of
# another language rarely has three.
_FUNCTION_SHARE, _FUNCTION_WORDS = 0.4, 3


def in_script(text: str, tag: str) -> bool:
    """Whether at least half of a text's letters are of the language's script."""
    own = SCRIPTS.get(primary(tag), _LATIN)
    letters = [
        unicodedata.name(sign, "UNKNOWN").split()[0] for sign in text if sign.isalpha()
    ]
    if not letters:
        return False
    found = sum(name in own for name in letters)
    if primary(tag) == "ja" and not {"HIRAGANA", "KATAKANA"} & set(letters):
        # Chinese signs alone are Japanese only in single words.
        return found >= _OWN_SHARE * len(letters) and len(letters) <= 4
    return found >= _OWN_SHARE * len(letters)


def rather_in(text: str, other: str, wanted: str) -> bool:
    """Whether the function words of a text are more of ``other`` than of ``wanted``.

    False where the words of either language are not known.
    """
    if not (is_known(other) and is_known(wanted)) or primary(other) == primary(wanted):
        return False
    words = _words(text)
    theirs, ours = function_words(other).every, function_words(wanted).every
    n_theirs = sum(word in theirs and word not in ours for word in words)
    n_ours = sum(word in ours and word not in theirs for word in words)
    return n_theirs > n_ours


def looks_like(text: str, tag: str) -> bool:
    """Whether so many words of a text are function words that it is in this language.

    False where the words of the language are not known, and for very short texts.
    """
    if not is_known(tag):
        return False
    words, own = _words(text), function_words(tag).every
    n_own = sum(word in own for word in words)
    return n_own >= max(_FUNCTION_WORDS, _FUNCTION_SHARE * len(words))


def is_foreign(text: str, tag: str) -> bool:
    """Whether more words of a text are function words of other languages than of its own.

    False where the words of the language are not known.
    """
    if not is_known(tag):
        return False
    words, own, foreign = _words(text), function_words(tag).every, foreign_words(tag)
    return sum(word in foreign for word in words) > sum(word in own for word in words)


def _words(text: str) -> list[str]:
    return [word.strip(".,!?;:¡¿\"'()…") for word in text.casefold().split()]
