"""What each phoneme of the taught languages is: how and where it is made.

A phoneme is one IPA string; diphthongs and affricates are one phoneme each. Features are
coarse on purpose: they say which sounds are near each other, not how to synthesize them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import hypot


class Manner(StrEnum):
    """How the air is let through."""

    VOWEL = "vowel"
    PLOSIVE = "plosive"
    AFFRICATE = "affricate"
    FRICATIVE = "fricative"
    NASAL = "nasal"
    LATERAL = "lateral"
    RHOTIC = "rhotic"
    GLIDE = "glide"


class Place(StrEnum):
    """Where a consonant is made, from the lips inwards."""

    BILABIAL = "bilabial"
    LABIODENTAL = "labiodental"
    DENTAL = "dental"
    ALVEOLAR = "alveolar"
    POSTALVEOLAR = "postalveolar"
    PALATAL = "palatal"
    VELAR = "velar"
    UVULAR = "uvular"
    GLOTTAL = "glottal"


@dataclass(frozen=True, slots=True)
class TonguePosition:
    """A vowel's place: 0 close .. 1 open, 0 front .. 1 back."""

    openness: float
    backness: float
    rounded: bool


@dataclass(frozen=True, slots=True)
class Features:
    """One phoneme. Consonants have a place; vowels a start and an end position.

    A vowel that does not glide ends where it starts.
    """

    manner: Manner
    voiced: bool = True
    place: Place | None = None
    start: TonguePosition | None = None
    end: TonguePosition | None = None
    nasal: bool = False
    rhotic: bool = False

    @property
    def vowel(self) -> bool:
        """Whether the phoneme makes a syllable."""
        return self.manner is Manner.VOWEL


# Symbol -> openness, backness, rounded.
_VOWELS: dict[str, tuple[float, float, bool]] = {
    "i": (0.0, 0.0, False), "y": (0.0, 0.0, True), "u": (0.0, 1.0, True),
    "ɪ": (0.2, 0.2, False), "ʏ": (0.2, 0.2, True), "ʊ": (0.2, 0.8, True),
    "e": (0.35, 0.0, False), "ø": (0.35, 0.1, True), "o": (0.35, 1.0, True),
    "ə": (0.5, 0.5, False), "ɚ": (0.5, 0.5, False),
    "ɛ": (0.65, 0.1, False), "ɝ": (0.55, 0.5, False), "œ": (0.65, 0.15, True),
    "ʌ": (0.7, 0.75, False), "ɔ": (0.7, 1.0, True), "ɐ": (0.8, 0.5, False),
    "æ": (0.85, 0.1, False), "a": (1.0, 0.4, False), "ɑ": (1.0, 0.9, False),
    # Stressed vowels of the dictionaries that are long; the same place as the short.
    "iː": (0.0, 0.0, False), "yː": (0.0, 0.0, True), "uː": (0.0, 1.0, True),
    "eː": (0.3, 0.0, False), "øː": (0.3, 0.1, True), "oː": (0.3, 1.0, True),
    "ɛː": (0.6, 0.1, False), "aː": (1.0, 0.45, False),
}  # fmt: skip
_DIPHTHONGS = ("aɪ", "aʊ", "ɔɪ", "eɪ", "oʊ", "ɔʏ")
_NASAL_VOWELS = {"ɑ̃": "ɑ", "ɛ̃": "ɛ", "ɔ̃": "ɔ", "œ̃": "œ"}

# Manner -> place -> voiceless, voiced; "" where there is none.
_CONSONANTS: dict[Manner, dict[Place, tuple[str, str]]] = {
    Manner.PLOSIVE: {
        Place.BILABIAL: ("p", "b"),
        Place.ALVEOLAR: ("t", "d"),
        Place.VELAR: ("k", "ɡ"),
        Place.GLOTTAL: ("ʔ", ""),
    },
    Manner.AFFRICATE: {
        Place.LABIODENTAL: ("pf", ""),
        Place.ALVEOLAR: ("ts", ""),
        Place.POSTALVEOLAR: ("tʃ", "dʒ"),
    },
    Manner.FRICATIVE: {
        Place.BILABIAL: ("", "β"),
        Place.LABIODENTAL: ("f", "v"),
        Place.DENTAL: ("θ", "ð"),
        Place.ALVEOLAR: ("s", "z"),
        Place.POSTALVEOLAR: ("ʃ", "ʒ"),
        Place.PALATAL: ("ç", "ʝ"),
        Place.VELAR: ("x", "ɣ"),
        Place.GLOTTAL: ("h", ""),
    },
    Manner.NASAL: {
        Place.BILABIAL: ("", "m"),
        Place.ALVEOLAR: ("", "n"),
        Place.PALATAL: ("", "ɲ"),
        Place.VELAR: ("", "ŋ"),
    },
    Manner.LATERAL: {Place.ALVEOLAR: ("", "l"), Place.PALATAL: ("", "ʎ")},
    Manner.RHOTIC: {
        Place.DENTAL: ("", "ɾ"),
        Place.ALVEOLAR: ("", "r"),
        Place.POSTALVEOLAR: ("", "ɹ"),
        Place.UVULAR: ("", "ʁ"),
    },
    Manner.GLIDE: {
        Place.BILABIAL: ("", "w"),
        Place.PALATAL: ("", "j"),
        # The glide of French "huit": between the two.
        Place.LABIODENTAL: ("", "ɥ"),
    },
}

_PLACES = tuple(Place)
# How far apart ways of making a consonant sound, 0..1; all other pairs 1.
_MANNERS_APART: dict[frozenset[Manner], float] = {
    frozenset((Manner.PLOSIVE, Manner.AFFRICATE)): 0.4,
    frozenset((Manner.FRICATIVE, Manner.AFFRICATE)): 0.4,
    frozenset((Manner.PLOSIVE, Manner.FRICATIVE)): 0.5,
    frozenset((Manner.LATERAL, Manner.RHOTIC)): 0.4,
    frozenset((Manner.LATERAL, Manner.NASAL)): 0.6,
    frozenset((Manner.GLIDE, Manner.RHOTIC)): 0.5,
    frozenset((Manner.GLIDE, Manner.LATERAL)): 0.6,
    frozenset((Manner.GLIDE, Manner.FRICATIVE)): 0.6,
    frozenset((Manner.PLOSIVE, Manner.NASAL)): 0.7,
    frozenset((Manner.RHOTIC, Manner.FRICATIVE)): 0.7,
}


def _position(symbol: str) -> TonguePosition:
    return TonguePosition(*_VOWELS[symbol])


def _table() -> dict[str, Features]:
    table: dict[str, Features] = {}
    for symbol in _VOWELS:
        at = _position(symbol)
        table[symbol] = Features(
            Manner.VOWEL, start=at, end=at, rhotic=symbol in ("ɚ", "ɝ")
        )
    for symbol in _DIPHTHONGS:
        start, end = _position(symbol[0]), _position(symbol[1])
        table[symbol] = Features(Manner.VOWEL, start=start, end=end)
    for symbol, oral in _NASAL_VOWELS.items():
        at = _position(oral)
        table[symbol] = Features(Manner.VOWEL, start=at, end=at, nasal=True)
    for manner, places in _CONSONANTS.items():
        for place, pair in places.items():
            for symbol, voiced in zip(pair, (False, True), strict=True):
                if symbol:
                    table[symbol] = Features(
                        manner, voiced, place, nasal=manner is Manner.NASAL
                    )
    return table


FEATURES: dict[str, Features] = _table()


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> float:
    """Return how different two phonemes sound, 0 (the same) .. 1 (nothing in common).

    Raises KeyError for a symbol that is in no inventory.
    """
    a, b = FEATURES[one], FEATURES[other]
    if one == other:
        return 0.0
    if a.vowel != b.vowel:
        return _glide_distance(a, b)
    if a.vowel:
        return _vowel_distance(a, b)
    return _consonant_distance(a, b)


def _vowel_distance(a: Features, b: Features) -> float:
    places = _apart(a.start, b.start) + _apart(a.end, b.end)
    extra = 0.15 * (a.nasal != b.nasal) + 0.15 * (a.rhotic != b.rhotic)
    return min(1.0, 0.5 * places + extra + 0.02)


def _consonant_distance(a: Features, b: Features) -> float:
    manner = 0.0
    if a.manner is not b.manner:
        manner = _MANNERS_APART.get(frozenset((a.manner, b.manner)), 1.0)
    place = 0.0
    if a.place is not None and b.place is not None:
        steps = abs(_PLACES.index(a.place) - _PLACES.index(b.place))
        place = min(1.0, steps / 4)
    return min(1.0, 0.5 * manner + 0.4 * place + 0.2 * (a.voiced != b.voiced) + 0.02)


def _glide_distance(a: Features, b: Features) -> float:
    """A glide is a short close vowel, a rhotic vowel a long rhotic; the rest is far."""
    vowel, consonant = (a, b) if a.vowel else (b, a)
    if consonant.manner is Manner.RHOTIC and vowel.rhotic:
        return 0.3
    if consonant.manner is Manner.GLIDE and vowel.start is not None:
        back = 1.0 if consonant.place is Place.BILABIAL else 0.0
        return min(
            1.0, 0.3 + vowel.start.openness + 0.5 * abs(vowel.start.backness - back)
        )
    return 1.0


def _apart(a: TonguePosition | None, b: TonguePosition | None) -> float:
    if a is None or b is None:
        return 1.0
    return (
        hypot(a.openness - b.openness, 0.8 * (a.backness - b.backness))
        + 0.1 * (a.rounded != b.rounded)
    )  # fmt: skip
