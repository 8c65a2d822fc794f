"""One sound of a language, as a learner is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SoundKind(StrEnum):
    """What makes the sound."""

    VOWEL = "vowel"
    CONSONANT = "consonant"


@dataclass(frozen=True, slots=True)
class MinimalPair:
    """Two words that differ in one sound: the one at hand, and ``other``."""

    word: str
    other_word: str
    other: str


@dataclass(frozen=True, slots=True)
class Sound:
    """How a phoneme is made and practised, in simple English.

    ``ipa`` is its symbol, ``also`` are symbols that other dictionaries write for it.
    ``respelling`` shows the sound in ordinary letters, as heard in ``example``.
    ``tongue``, ``lips`` and ``voice`` say what to do with each; ``mistake`` is what often
    goes wrong. ``instead`` has advice for those who made another sound, by that sound.
    """

    ipa: str
    kind: SoundKind
    example: str
    respelling: str
    tongue: str
    lips: str
    voice: str
    mistake: str
    words: tuple[str, ...]
    pairs: tuple[MinimalPair, ...]
    also: tuple[str, ...]
    instead: dict[str, str]
