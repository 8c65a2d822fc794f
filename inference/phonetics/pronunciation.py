"""How a text may be spoken: its words, each with the pronunciations that are all right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class VariantKind(StrEnum):
    """Where a pronunciation comes from.

    ``WEAK`` is a function word without stress ("as" as /əz/); ``LINKED`` changes at a
    word boundary; ``DIALECT`` is another accent's regular form; ``GUESSED`` was made
    from the spelling, because no dictionary has the word.
    """

    DICTIONARY = "dictionary"
    WEAK = "weak"
    LINKED = "linked"
    DIALECT = "dialect"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Variant:
    """One pronunciation: IPA phonemes of the inventory, and a stress for each.

    ``stress`` is 0 none, 1 primary, 2 secondary; consonants have 0. Both have the same
    length.
    """

    phonemes: tuple[str, ...]
    stress: tuple[int, ...]
    kind: VariantKind = VariantKind.DICTIONARY


@dataclass(frozen=True, slots=True)
class PromptWord:
    """One word of the text as shown, best known pronunciation first.

    ``index`` counts the words of the text split at white space. A token that is spoken
    as several words ("25") is one PromptWord with all their phonemes. Without variants
    nobody knows how it is said.
    """

    index: int
    text: str
    variants: tuple[Variant, ...]


class Pronouncer(Protocol):
    """Turns text into pronunciations, for one language."""

    language: str

    def pronounce(self, text: str) -> tuple[PromptWord, ...]:
        """Return the words that are spoken, in order.

        Emoji, dashes and other tokens without sound are left out. Never raises for odd
        text: what cannot be spoken has no variants.
        """
        ...

    def close(self) -> None:
        """End what was started. Safe to call twice."""
        ...
