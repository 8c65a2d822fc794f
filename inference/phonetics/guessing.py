"""Who is asked for the sound of a word that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol


class WordGuesser(Protocol):
    """Makes pronunciations from spelling, in the symbols of espeak-ng."""

    def guess(self, words: Sequence[str], voice: str) -> tuple[str, ...]:
        """Return one pronunciation a word, ``""`` where there is none. Never raises."""
        ...

    def close(self) -> None:
        """End what was started. Safe to call twice."""
        ...


_ROMAN = re.compile(r"[ivxlcdm]{2,}")


def for_voice(word: str) -> str:
    """Return a word as espeak-ng shall see it: "xi" in small letters is Roman eleven."""
    return word.capitalize() if _ROMAN.fullmatch(word) else word
