"""A learner's turn as the tutor gets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """CEFR level of a learner, a lesson or a word."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        """Place among the levels: 1 for A1 to 6 for C2."""
        return list(Level).index(self) + 1

    @property
    def is_basic(self) -> bool:
        """A1 or A2: one correction a turn, explanations in the first language."""
        return self.rank <= 2


@dataclass(frozen=True, slots=True)
class Learner:
    """Who is talking. ``l1`` and ``l2`` are BCP 47 tags such as ``ja`` and ``en``.

    ``minor`` is true unless the learner is known to be of age.
    """

    l1: str
    l2: str
    level: Level
    name: str = ""
    minor: bool = True


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A recognised word; ``confidence`` is the recogniser's, 0..1.

    ``start`` and ``end`` are character offsets in the turn's text.
    """

    text: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class SoundProblem:
    """A phoneme that the scorer heard as wrong in this turn: never guessed from text."""

    word: str
    phoneme: str
    heard: str = ""
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class LearnerTurn:
    """What the learner said. ``words`` is empty for typed text.

    ``language`` is the language heard, ``""`` if unknown.
    """

    text: str
    spoken: bool = True
    words: tuple[HeardWord, ...] = field(default=())
    language: str = ""
    sounds: tuple[SoundProblem, ...] = field(default=())
