"""Guessers without a process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class WrittenGuesser:
    """Answers from a table in espeak-ng's notation; everything else is unknown."""

    def __init__(self, table: Mapping[str, str] | None = None) -> None:
        self._table = dict(table or {})
        self.asked: list[str] = []
        self.closed = False

    def guess(self, words: Sequence[str], voice: str) -> tuple[str, ...]:
        """Return what the table has."""
        self.asked += words
        return tuple(self._table.get(word, "") for word in words)

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True
