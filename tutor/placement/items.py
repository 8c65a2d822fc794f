"""Items of a placement, and the bank that holds those of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from ..learner import Level

# Where the answer goes in a prompt.
GAP = "___"


class ItemKind(StrEnum):
    """What an item asks for."""

    VOCABULARY = "vocabulary"
    GRAMMAR = "grammar"


@dataclass(frozen=True, slots=True)
class Item:
    """One question with four choices.

    ``tests`` is the word or the piece of grammar that it is about, ``difficulty`` in logits.
    A prompt has a gap, or it describes what one of the choices means.
    """

    key: str
    kind: ItemKind
    level: Level
    tests: str
    prompt: str
    right: str
    wrong: tuple[str, ...]
    difficulty: float

    @property
    def has_gap(self) -> bool:
        """Whether a choice is to be put into the prompt."""
        return GAP in self.prompt

    def choices(self, seed: str) -> tuple[str, ...]:
        """Return the four choices in an order that only ``seed`` decides."""
        order = [self.right, *self.wrong]
        Random(f"{seed} {self.key}").shuffle(order)  # noqa: S311 an order, no secret
        return tuple(order)


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of a language. ``estimated``: their levels come from frequency alone.

    ``version`` names this state of the bank in what is kept of a placement.
    """

    language: str
    version: str
    estimated: bool
    items: Mapping[str, Item]

    @classmethod
    def of(
        cls, language: str, version: str, items: Iterable[Item], *, estimated: bool
    ) -> Bank:
        """Return a bank of these items."""
        return cls(language, version, estimated, {item.key: item for item in items})

    @property
    def top(self) -> Level:
        """The highest level that has items: nobody can be placed above it."""
        return max((item.level for item in self.items.values()), key=lambda lv: lv.rank)
