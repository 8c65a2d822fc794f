"""espeak-ng's notation into the phonemes of the inventories, with their stress."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .features import FEATURES
from .inventory import phonemes

Spoken = tuple[tuple[str, int], ...]

# Marks of another voice's words: "(en)dʒˈɒb(de)".
_FLAGS = re.compile(r"\([^)]*\)")
_STRESS = {"ˈ": 1, "ˌ": 2}
# What espeak-ng writes for several languages; each value is a row of phonemes.
_ANY = {
    "g": "ɡ", "ɹ": "ɹ", "ɾ": "ɾ", "ʔ": "", "ɫ": "l", "ɬ": "l", "ɱ": "m", "ɕ": "ʃ",
    "ʑ": "ʒ", "ʂ": "ʃ", "ʐ": "ʒ", "χ": "x", "ʋ": "v", "ʀ": "ʁ", "n̩": "ə n", "l̩": "ə l",
    "m̩": "ə m", "ɨ": "ɪ", "ᵻ": "ɪ", "ɯ": "u", "ʉ": "u", "ɵ": "ə", "ɤ": "ʌ", "ɘ": "ə",
    "ɒ": "ɑ", "ɟ": "dʒ", "c": "tʃ", "ħ": "h", "ɦ": "h", "q": "k", "ɸ": "f", "ʈ": "t",
    "ɖ": "d", "ɻ": "ɹ", "ɽ": "ɾ",
}  # fmt: skip
_EN = {
    "iː": "i", "uː": "u", "ɑː": "ɑ", "ɔː": "ɔ", "oː": "ɔ", "ɜː": "ɝ", "ɜ": "ɝ", "ɐ": "ə",
    "a": "æ", "aː": "ɑ", "e": "ɛ", "eː": "eɪ", "o": "oʊ", "ɛː": "ɛ", "əʊ": "oʊ",
    "ɾ": "t", "ʔ": "t", "r": "ɹ", "ʁ": "ɹ", "x": "k", "ç": "h", "ɲ": "n j", "ʎ": "l j",
    "ɑ̃": "ɑ n", "ɔ̃": "ɔ n", "ɛ̃": "æ n", "œ̃": "ʌ n", "y": "u", "yː": "u", "ø": "ɝ",
    "øː": "ɝ", "œ": "ɝ", "β": "v", "ɣ": "ɡ", "ʝ": "j", "ɥ": "w", "ʏ": "ʊ",
}  # fmt: skip
_ES = {
    "ɛ": "e", "ɔ": "o", "æ": "a", "ɑ": "a", "ʌ": "a", "ə": "e", "ɪ": "i", "ʊ": "u",
    "ɐ": "a", "ɜ": "e", "ɚ": "e ɾ", "aɪ": "a j", "aʊ": "a w", "eɪ": "e j", "oɪ": "o j",
    "ɔɪ": "o j", "eʊ": "e w", "oʊ": "o w", "əʊ": "o w", "ɹ": "ɾ", "ʁ": "r", "v": "b",
    "h": "x", "ʒ": "ʝ", "dʒ": "ʝ", "ç": "x", "y": "i", "ø": "e", "œ": "e", "ɥ": "w",
    "ɑ̃": "a n", "ɔ̃": "o n", "ɛ̃": "e n", "œ̃": "e n",
}  # fmt: skip
_FR = {
    "ɪ": "i", "ʊ": "u", "æ": "a", "ʌ": "œ", "ɜ": "œ", "ɐ": "a", "ɚ": "œ ʁ", "aɪ": "a j",
    "aʊ": "a w", "eɪ": "ɛ j", "ɔɪ": "ɔ j", "oʊ": "o", "əʊ": "o", "ɹ": "ʁ", "r": "ʁ",
    "ɾ": "ʁ", "θ": "s", "ð": "z", "x": "ʁ", "ç": "ʃ", "ʏ": "y", "ʎ": "j", "β": "v",
    "ɣ": "ɡ", "ʝ": "j", "aː": "a",
}  # fmt: skip
_DE = {
    "i": "iː", "u": "uː", "e": "eː", "o": "oː", "y": "yː", "ø": "øː", "ɑː": "aː",
    "ɑ": "a", "ɜ": "ɐ", "ɜː": "œ", "ɚ": "ɐ", "æ": "ɛ", "ʌ": "a", "ɔː": "ɔ", "ɒ": "ɔ",
    "ɔø": "ɔʏ", "ɔɪ": "ɔʏ", "ɔy": "ɔʏ", "ɔɐ": "ɔ ɐ", "ɛɪ": "ɛ ɪ", "eɪ": "eː", "oʊ": "oː",
    "əʊ": "oː", "aːɪ": "aɪ", "ɹ": "ʁ", "r": "ʁ", "ɾ": "ʁ", "œ̃": "œ n", "œː": "œ",
    "ɲ": "n j", "ʎ": "l j", "ʝ": "j", "ɥ": "w", "β": "v", "ɣ": "ɡ",
}  # fmt: skip
_OWN = {"en": _EN, "es": _ES, "fr": _FR, "de": _DE}


@lru_cache(maxsize=8)
def _table(language: str) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return symbol -> phonemes, and the length of the longest symbol."""
    symbols: dict[str, tuple[str, ...]] = {
        phoneme: (phoneme,) for phoneme in phonemes(language)
    }
    for written, row in {**_ANY, **_OWN[language]}.items():
        # What the inventory has stays what it is, unless the language says otherwise.
        if written in _OWN[language] or written not in symbols:
            symbols[unicodedata.normalize("NFD", written)] = tuple(row.split())
    normal = {unicodedata.normalize("NFD", s): row for s, row in symbols.items()}
    known = set(phonemes(language))
    kept = {s: row for s, row in normal.items() if set(row) <= known}
    return kept, max(map(len, kept))


def read_espeak(spoken: str, language: str) -> Spoken:
    """Return phonemes and stress of what espeak-ng wrote; ``()`` for nothing.

    The longest symbols are read first. Diacritics that no inventory has are skipped; a
    whole symbol that is unknown makes the word unknown.
    """
    symbols, longest = _table(language)
    text = unicodedata.normalize("NFD", _FLAGS.sub("", spoken))
    found: list[tuple[str, int]] = []
    stress, at = 0, 0
    while at < len(text):
        if text[at] in _STRESS:
            stress = _STRESS[text[at]]
            at += 1
            continue
        for length in range(longest, 0, -1):
            row = symbols.get(text[at : at + length])
            if row is not None:
                break
        else:
            if unicodedata.category(text[at]) == "Ll":
                return ()
            at += 1
            continue
        at += length
        for phoneme in row:
            vowel = FEATURES[phoneme].vowel
            found.append((phoneme, stress if vowel else 0))
            stress = 0 if vowel else stress
    return tuple(found)
