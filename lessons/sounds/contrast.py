"""What speakers of a first language often make of a sound of the language they learn.

A contrast chooses what to practise and words the advice. It never raises or lowers a
score: two people who speak alike are judged alike, whatever their first language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Stands for no sound: the target is left out.
NOTHING = "∅"
# Before a sound that is put in front of the target.
PUT_IN = "+"


class Position(StrEnum):
    """Where in a word it shows."""

    ANY = "any"
    START = "start"
    END = "end"
    BETWEEN_VOWELS = "between_vowels"
    START_CLUSTER = "start_cluster"
    END_CLUSTER = "end_cluster"
    BEFORE_FRONT_VOWEL = "before_front_vowel"
    BEFORE_BACK_VOWEL = "before_back_vowel"
    UNSTRESSED = "unstressed"


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two words that differ in one sound: ``word`` has the target, ``other`` not."""

    word: str
    other: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """A target sound, and what it often becomes, the most common first.

    ``becomes`` holds phonemes, ``NOTHING`` where the target is left out, or ``PUT_IN`` and
    the phoneme that is said before it. ``weight`` in 0..1 says how common that is among
    speakers of the first language: it orders practice before anything else is known, and
    is worth nothing else. ``pairs`` are real words of the language, none where the language
    has no two that differ in this alone.
    """

    sound: str
    becomes: tuple[str, ...]
    position: Position
    weight: float
    pairs: tuple[WordPair, ...]
    tip: str

    @property
    def key(self) -> str:
        """Return its name: the same for every first language, as ``ɹ-l``."""
        return f"{self.sound}-{self.becomes[0]}"

    @property
    def other(self) -> str:
        """Return the other sound, ``""`` where the target is left out."""
        first = self.becomes[0]
        return "" if first == NOTHING else first.removeprefix(PUT_IN)


@dataclass(frozen=True, slots=True)
class ContrastTable:
    """What is hard in ``l2`` for speakers of ``l1``, the most common first.

    ``name`` is the first language's. ``predicted``: nobody reviewed it, it was computed
    from the sounds of the two languages; pages say so.
    """

    l1: str
    l2: str
    name: str
    contrasts: tuple[Contrast, ...]
    predicted: bool = False

    def get(self, key: str) -> Contrast | None:
        """Return a contrast by its key."""
        return next((one for one in self.contrasts if one.key == key), None)
