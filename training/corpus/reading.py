"""What the experts said about one utterance, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

Scores = tuple[float, ...]


class CorpusError(Exception):
    """The corpus on disk is not what it should be; the message has file and line."""


class AccuracySource(StrEnum):
    """Where accuracy and total of an utterance come from.

    ``RECONSTRUCTED`` ones were estimated from the other labels: figures on them are
    reported apart. Every other label is the experts' own.
    """

    OFFICIAL = "official"
    RECONSTRUCTED = "reconstructed"


@dataclass(frozen=True, slots=True)
class WordRaters:
    """What each expert said about one word; ``phones[i][r]`` is phone i, expert r."""

    accuracy: Scores
    stress: Scores
    total: Scores
    phones: tuple[Scores, ...]


@dataclass(frozen=True, slots=True)
class ReadingRaters:
    """What each expert said about the whole utterance."""

    accuracy: Scores
    fluency: Scores
    prosodic: Scores
    total: Scores


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word. Phones are ARPAbet with stress digits where the corpus has them.

    ``phone_accuracy`` is 0..2 for each phone (mean of five experts; 0 wrong, 1 heavy
    accent, 2 right); accuracy, stress and total are 0..10. ``raters`` is ``None`` where
    the experts' own marks are not known for each phone.
    """

    text: str
    phones: tuple[str, ...]
    phone_accuracy: Scores
    accuracy: float
    stress: float
    total: float
    raters: WordRaters | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence read aloud, with the experts' scores (0..10 each) and its sound."""

    id: str
    split: str
    speaker: str
    age: int
    gender: str
    text: str
    words: tuple[ReadWord, ...]
    accuracy: float
    fluency: float
    prosodic: float
    total: float
    accuracy_is: AccuracySource
    audio: Path
    raters: ReadingRaters | None = None

    @property
    def phones(self) -> tuple[str, ...]:
        """All phones in order."""
        return tuple(phone for word in self.words for phone in word.phones)

    @property
    def phone_accuracy(self) -> Scores:
        """The score of each of ``phones``."""
        return tuple(score for word in self.words for score in word.phone_accuracy)
