"""What help returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a text comes from. MODEL is machine-made: pages show "from the tutor"."""

    LESSON = "lesson"
    DICTIONARY = "dictionary"
    TEMPLATE = "template"
    MODEL = "model"
    NONE = "none"

    @property
    def machine_made(self) -> bool:
        """Whether a model wrote it, so that it may be wrong."""
        return self is Source.MODEL


@dataclass(frozen=True, slots=True)
class HelpText:
    """A text in a language with its source; ``missing`` says why ``text`` is empty."""

    text: str
    source: Source
    language: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word. ``part`` is noun, verb, adj, adv, word or ``""``."""

    text: str
    part: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a word means, in words of its own language, the most usual meaning first.

    ``word`` is the dictionary form where it is known. ``attribution`` must be shown with
    the meanings or in the documentation. ``missing`` says why there is none.
    """

    word: str
    meanings: tuple[Meaning, ...]
    source: Source
    language: str
    attribution: str = ""
    missing: str = ""

    @property
    def text(self) -> str:
        """The first meaning, ``""`` if there is none."""
        return self.meanings[0].text if self.meanings else ""
