"""A word or phrase in IPA, with stress where dictionaries put it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from inference.phonetics.inventory import LANGUAGES, primary_tag
from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import Pronouncer, Variant, VariantKind

_MARKS = {1: "ˈ", 2: "ˌ"}
_VOWELS = frozenset("aɑɐæeɛəɜɝɚiɪoɔøœuʊʌyʏ")
_LIQUIDS = frozenset({"l", "ɹ", "r", "ɾ", "ʁ"})
_BEFORE_LIQUIDS = frozenset({"p", "b", "t", "d", "k", "ɡ", "f", "v", "θ", "pf", "β", "ð", "ɣ"})  # fmt: skip
_GLIDES = frozenset({"j", "w", "ɥ"})
_NO_ONSET = frozenset({"ŋ"})
_AFTER_S = frozenset({"p", "t", "k", "m", "n", "l", "f"})
_NOT_TOGETHER = frozenset({("t", "l"), ("d", "l"), ("θ", "l")})


def in_ipa(text: str, language: str) -> str:
    """Return how a text is said, ``""`` where a word of it or the language is unknown."""
    if primary_tag(language) not in LANGUAGES:
        return ""
    words = _pronouncer(primary_tag(language)).pronounce(text)
    alone = len(words) == 1
    said = [_ipa(_chosen(w.variants, alone=alone)) if w.variants else "" for w in words]
    return " ".join(said) if all(said) else ""


@cache
def _pronouncer(language: str) -> Pronouncer:
    # Its dictionary is read once, its helper process starts with the first unknown word
    # and ends with this one.
    return pronouncer(language)


def _chosen(variants: Sequence[Variant], *, alone: bool) -> Variant:
    """Return the usual form; a word by itself has its full one."""
    full = (v for v in variants if v.kind is not VariantKind.WEAK)
    return next(full, variants[0]) if alone else variants[0]


def _ipa(variant: Variant) -> str:
    phonemes = list(variant.phonemes)
    n_vowels = sum(_is_vowel(phoneme) for phoneme in phonemes)
    marks = {
        _onset(phonemes, at): _MARKS[stress]
        for at, stress in enumerate(variant.stress)
        # The only syllable of a word has nothing to stand out from.
        if stress in _MARKS and n_vowels > 1
    }
    return "".join(marks.get(at, "") + phoneme for at, phoneme in enumerate(phonemes))


def _onset(phonemes: Sequence[str], vowel: int) -> int:
    """Return where the syllable of a vowel begins: with all that can begin a word."""
    at = vowel
    while at > 0 and not _is_vowel(phonemes[at - 1]):
        onset = tuple(phonemes[at - 1 : vowel])
        # At the beginning of the word whatever stands there belongs to it.
        if not _can_begin(onset) and any(map(_is_vowel, phonemes[:at])):
            break
        at -= 1
    return at


def _can_begin(onset: tuple[str, ...]) -> bool:
    if onset[0] in _NO_ONSET:
        return False
    if len(onset) == 1:
        return True
    first, second = onset[0], onset[1]
    if first in {"s", "ʃ"} and (second in _AFTER_S or second in _LIQUIDS):
        return len(onset) == 2 or _can_begin(onset[1:])
    if len(onset) > 2:
        return False
    if second in _GLIDES:
        return first not in _GLIDES
    return (
        second in _LIQUIDS
        and first in _BEFORE_LIQUIDS
        and (first, second) not in _NOT_TOGETHER
    )


def _is_vowel(phoneme: str) -> bool:
    return phoneme[0] in _VOWELS
