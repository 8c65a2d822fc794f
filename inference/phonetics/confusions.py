"""What learners of English plausibly say instead: who is asked "was it you?".

A diagnosis names a sound only from this table. It is narrow on purpose: a sound that is
far from the target is more often a misaligned frame than a mistake. Numbers are indexes
of ``inventory.EN_PHONES``.
"""

from __future__ import annotations

from collections.abc import Sequence

from .features import FEATURES, Manner, distance
from .inventory import EN_PHONES, acoustic_class, class_phoneme

_NEAR_VOWELS = 0.42
_NEAR_CONSONANTS = 0.36
# Reported for learners of several first languages, though features call them far.
_REPORTED: dict[str, str] = {
    "θ": "t d z", "ð": "d z l", "v": "w b", "w": "v", "l": "n ɹ oʊ u", "n": "l ŋ",
    "ɹ": "l w h", "h": "f k", "f": "h p", "p": "f b", "ʒ": "dʒ z ɹ", "j": "dʒ",
    "tʃ": "ʃ t", "dʒ": "ʒ z j d", "z": "dʒ s", "ʃ": "s tʃ", "ŋ": "n ɡ", "d": "ð",
    "æ": "ɛ ɑ ʌ", "ʌ": "ɑ æ ɔ", "ɔ": "oʊ aʊ ɑ", "ɝ": "ʌ ɔ ɛ", "eɪ": "ɛ aɪ", "oʊ": "ɔ aʊ",
    "aʊ": "ɑ ɔ oʊ", "aɪ": "æ ɑ eɪ", "ɔɪ": "ɔ aɪ", "ʊ": "u ʌ", "ɛ": "eɪ æ ɪ", "ɑ": "ʌ ɔ æ",
    "ɪ": "i ɛ", "i": "ɪ", "u": "ʊ oʊ",
}  # fmt: skip
# Put between consonants or behind the last one, to make the word easier to say.
_HELPING_VOWELS = ("ʌ", "ɪ", "ʊ", "u", "i", "oʊ")
_CLOSED = (Manner.PLOSIVE, Manner.AFFRICATE, Manner.FRICATIVE)


def _substitutes(phoneme: str) -> tuple[int, ...]:
    limit = _NEAR_VOWELS if FEATURES[phoneme].vowel else _NEAR_CONSONANTS
    reported = set(_REPORTED.get(phoneme, "").split())
    every = [class_phoneme(i) for i in range(len(EN_PHONES))]
    plausible = [
        other
        for other in every
        if other != phoneme and (other in reported or distance(phoneme, other) <= limit)
    ]
    plausible.sort(key=lambda other: distance(phoneme, other))
    return tuple(acoustic_class(other) for other in plausible)


# Acoustic class -> plausible substitutes, the nearest first.
SUBSTITUTES: dict[int, tuple[int, ...]] = {
    index: _substitutes(class_phoneme(index)) for index in range(len(EN_PHONES))
}


def may_be_dropped(phonemes: Sequence[str], at: int) -> bool:
    """Whether learners plausibly leave out this phoneme of an English word.

    Consonants at the end and in clusters, /h/ at the start, and schwa beside another
    vowel; not the first consonant, nor one alone between vowels.
    """
    features = FEATURES[phonemes[at]]
    if features.vowel:
        vowels = sum(FEATURES[phoneme].vowel for phoneme in phonemes)
        return phonemes[at] == "ə" and vowels > 1
    if at == 0:
        return phonemes[at] == "h"
    before_vowel = at + 1 < len(phonemes) and FEATURES[phonemes[at + 1]].vowel
    after_vowel = FEATURES[phonemes[at - 1]].vowel
    # Before a vowel only the second of a cluster goes ("play", "new"): a consonant
    # that opens the syllable alone is hardly ever lost.
    return not (before_vowel and after_vowel)


def may_be_inserted(before: str | None, after: str | None) -> tuple[int, ...]:
    """Return the classes learners plausibly put between two phonemes; nearest first.

    ``None`` stands for the edge of the word. Helping vowels come between consonants,
    before an s-cluster and behind a closed last consonant; g comes behind ŋ.
    """
    if before == "ŋ":
        return tuple(acoustic_class(phoneme) for phoneme in ("ɡ", "k"))
    closed = before is not None and FEATURES[before].manner in _CLOSED
    at_end = after is None and closed
    at_start = before is None and after == "s"
    between = (
        closed
        and after is not None
        and not FEATURES[after].vowel
        and FEATURES[after].manner is not Manner.GLIDE
    )
    if at_end or between:
        return tuple(acoustic_class(phoneme) for phoneme in _HELPING_VOWELS)
    if at_start:
        return (acoustic_class("ɛ"), acoustic_class("ɪ"))
    return ()
