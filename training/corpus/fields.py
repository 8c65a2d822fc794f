"""One JSON object of the corpus, checked field by field."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from .reading import CorpusError, Scores


class Fields:
    """A JSON object and where it stands, so that every complaint says where to look."""

    def __init__(self, record: Any, where: str) -> None:
        self.where = where
        if not isinstance(record, dict):
            raise self.wrong("an object is expected here")
        self._record: dict[str, Any] = record

    def wrong(self, words: str) -> CorpusError:
        """Return the error to raise."""
        return CorpusError(f"{self.where}: {words}")

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._record.get(name) is not None

    def text(self, name: str) -> str:
        """Return a string that is not empty."""
        value = self._take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{name!r} should be text, not {value!r}")
        return value.strip()

    def number(self, name: str, most: float = 10.0) -> float:
        """Return a number from 0 to ``most``."""
        return self._number(name, self._take(name), most)

    def numbers(self, name: str, most: float = 10.0) -> Scores:
        """Return a list of numbers from 0 to ``most``."""
        return tuple(self._number(name, value, most) for value in self._list(name))

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of strings, or a string split at its spaces."""
        value = self._take(name)
        found = value.split() if isinstance(value, str) else self._list(name)
        if not found or not all(isinstance(one, str) and one for one in found):
            raise self.wrong(f"{name!r} should be a list of words, not {value!r}")
        return tuple(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings."""
        found = self._list(name)
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(f"{name!r} should be a list of text")
        return tuple(found)

    def objects(self, name: str) -> Iterator[Fields]:
        """Go through a list of objects that is not empty."""
        found = self._list(name)
        if not found:
            raise self.wrong(f"{name!r} is empty")
        for number, record in enumerate(found, 1):
            yield Fields(record, f"{self.where}, {name} {number}")

    def _take(self, name: str) -> Any:
        if name not in self._record:
            raise self.wrong(f"{name!r} is missing")
        return self._record[name]

    def _list(self, name: str) -> list[Any]:
        value = self._take(name)
        if not isinstance(value, list):
            raise self.wrong(f"{name!r} should be a list, not {value!r}")
        return value

    def _number(self, name: str, value: Any, most: float) -> float:
        # JSON's true would pass for 1.
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or not 0 <= value <= most:
            raise self.wrong(f"{name!r} should be 0 to {most:g}, not {value!r}")
        return float(value)
