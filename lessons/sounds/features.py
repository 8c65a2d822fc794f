"""How sounds are made, as far as it takes to say which are near each other.

Broader than what a scorer needs: the sounds of many first languages, and coarser.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

# Consonants that are taken for each other stand in one class.
_CLASSES = {
    "stop": "p b t d k ɡ q ʔ pʰ tʰ kʰ ʈ ɖ",
    "affricate": "ts tʃ dʒ tɕ pf",
    "fricative": "f v θ ð s z ʃ ʒ ɕ ç ʝ x ɣ ħ ʕ h β",
    "nasal": "m n ɲ ŋ",
    "liquid": "l ʎ r ɾ ɹ ɻ ʁ",
    "glide": "w j ɥ ʋ",
}
# From the lips inwards.
_PLACES = (
    "p b pʰ m w β ʋ", "f v pf", "θ ð", "t d tʰ s z ts n l r ɾ", "ʃ ʒ tʃ dʒ ɹ ʈ ɖ ɻ",
    "ɕ tɕ ç ʝ j ɥ ɲ ʎ", "k ɡ kʰ x ɣ ŋ", "q ʁ ħ ʕ", "h ʔ",
)  # fmt: skip
_LIPS = 1
_VOICED = frozenset(("b", "d", "ɡ", "ɖ", "dʒ", "v", "ð", "z", "ʒ", "ʝ", "ɣ", "ʕ", "β"))
_HISSING = frozenset(("s", "z", "ʃ", "ʒ", "ɕ", "ts", "tʃ", "dʒ", "tɕ"))
# Openness, backness, rounding.
_VOWELS = {
    "i": (0, 0, 0), "y": (0, 0, 1), "ɨ": (0, 0.5, 0), "ʉ": (0, 0.5, 1), "ɯ": (0, 1, 0),
    "u": (0, 1, 1), "ɪ": (0.2, 0.15, 0), "ʏ": (0.2, 0.15, 1), "ʊ": (0.2, 0.85, 1),
    "e": (0.35, 0, 0), "ø": (0.35, 0.1, 1), "ɤ": (0.35, 1, 0), "o": (0.35, 1, 1),
    "ə": (0.5, 0.5, 0), "ɝ": (0.5, 0.5, 0), "ɚ": (0.5, 0.5, 0), "ɛ": (0.65, 0.1, 0),
    "œ": (0.65, 0.15, 1), "ʌ": (0.7, 0.7, 0), "ɔ": (0.7, 1, 1), "ɐ": (0.8, 0.5, 0),
    "æ": (0.85, 0.1, 0), "a": (1, 0.4, 0), "ɑ": (1, 0.9, 0),
}  # fmt: skip
_RHOTIC = frozenset("ɝɚ")
LENGTH, NASAL = "ː", "\u0303"


@dataclass(frozen=True, slots=True)
class Made:
    """How a sound is made: a vowel's points from start to end, or a consonant's class."""

    vowel: bool
    points: tuple[tuple[float, float, float], ...] = ()
    long: bool = False
    nasal: bool = False
    rhotic: bool = False
    kind: str = ""
    place: int = 0
    voiced: bool = True
    hissing: bool = False


def made(symbol: str) -> Made:
    """Return how a sound is made. Raises KeyError for a symbol that is not known."""
    for kind, members in _CLASSES.items():
        if symbol in members.split():
            place = next(n for n, row in enumerate(_PLACES) if symbol in row.split())
            sonorant = kind in ("nasal", "liquid", "glide")
            return Made(
                vowel=False,
                kind=kind,
                place=place,
                voiced=sonorant or symbol in _VOICED,
                hissing=symbol in _HISSING,
            )
    plain = symbol.replace(LENGTH, "").replace(NASAL, "")
    return Made(
        vowel=True,
        points=tuple(_VOWELS[letter] for letter in plain),
        long=LENGTH in symbol,
        nasal=NASAL in symbol,
        rhotic=plain in _RHOTIC,
    )


def apart(one: str, other: str) -> float:
    """Return how different two sounds are, 0 (the same) to 1. Raises KeyError."""
    if one == other:
        return 0.0
    a, b = made(one), made(other)
    if a.vowel != b.vowel:
        return 1.0
    return _vowels_apart(a, b) if a.vowel else _consonants_apart(a, b)


def _vowels_apart(a: Made, b: Made) -> float:
    ends = ((a.points[0], b.points[0]), (a.points[-1], b.points[-1]))
    places = sum(
        hypot(p[0] - q[0], 0.7 * (p[1] - q[1])) + 0.2 * abs(p[2] - q[2])
        for p, q in ends
    )
    moves = 0.05 * (len(a.points) != len(b.points))
    # Many languages tell length or nasality apart, most do not: it is hardly heard.
    quality = 0.08 * (a.long != b.long) + 0.2 * (a.nasal != b.nasal)
    return min(1.0, places / 2 + moves + quality + 0.2 * (a.rhotic != b.rhotic))


def _consonants_apart(a: Made, b: Made) -> float:
    classes = 0.0 if a.kind == b.kind else 0.45
    if {a.kind, b.kind} in ({"stop", "affricate"}, {"fricative", "affricate"}):
        classes = 0.3
    elif {a.kind, b.kind} == {"fricative", "stop"}:
        classes = 0.35
    elif {a.kind, b.kind} == {"fricative", "glide"} and a.voiced and b.voiced:
        classes = 0.2
    # Lips and tongue are seldom taken for each other.
    place = 0.09 * abs(a.place - b.place)
    place += 0.12 * ((a.place <= _LIPS) != (b.place <= _LIPS))
    voice, hiss = 0.15 * (a.voiced != b.voiced), 0.1 * (a.hissing != b.hissing)
    return min(1.0, 0.02 + classes + place + voice + hiss)
