"""What speakers of a first language often do with the sounds of English.

These habits only choose what to practise and word the advice. They never raise or lower
a score: two people who speak alike are judged alike, whatever their first language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where in a word a habit shows."""

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
class Habit:
    """What often becomes of one target sound.

    It may be replaced by one of ``substitutes``, be ``dropped``, or have one of
    ``inserted`` beside it. ``weight`` in 0..1 says how common that is; it orders
    practice and is worth nothing else.
    """

    target: str
    context: Context
    weight: float
    substitutes: tuple[str, ...] = ()
    dropped: bool = False
    inserted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstLanguage:
    """A first language (BCP 47 ``tag``), strongest habits first."""

    tag: str
    name: str
    habits: tuple[Habit, ...]
