"""Loads how learners tell about themselves from a language's ``facts.yaml``.

``openers`` may stand before what is told, ``stops`` end it, ``refused`` words make it
unclear out of its sentence, ``private`` words (``ill*``: all that begin so) are never
kept. ``swap`` turns the learner's words into the tutor's ("my" into "your"). Each of the
``patterns`` has a ``kind``, its beginnings (``said``), the same to the learner (``you``),
what must follow (``begins``, anything if empty) and what must not be in it (``not``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tutor.languages.function_words import (
    DATA,
    LanguageDataError,
    primary,
    read_yaml,
)

KINDS = ("have", "like", "live", "work", "study", "from", "play")
_NAME = "facts.yaml"
_LISTS = ("openers", "stops", "refused", "private")


@dataclass(frozen=True, slots=True)
class FactPattern:
    """One way of telling something; words are folded but for ``said`` and ``you``."""

    kind: str
    said: str
    you: str
    begins: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class FactPatterns:
    """All of a language, patterns with the longest beginning first."""

    language: str
    openers: frozenset[str]
    stops: frozenset[str]
    refused: frozenset[str]
    private: frozenset[str]
    private_beginnings: tuple[str, ...]
    swap: Mapping[str, str]
    patterns: tuple[FactPattern, ...]

    def is_private(self, word: str) -> bool:
        """Whether nothing with this word may be kept."""
        return word in self.private or word.startswith(self.private_beginnings)


@cache
def fact_patterns(tag: str) -> FactPatterns | None:
    """Return the patterns of a language, None where there are none.

    Raises LanguageDataError.
    """
    path = DATA / primary(tag) / _NAME
    return load(path) if path.is_file() else None


def load(path: Path) -> FactPatterns:
    """Read one file. Raises LanguageDataError."""
    data = read_yaml(path)
    known = {*_LISTS, "swap", "patterns"}
    if set(data) != known:
        raise LanguageDataError(f"{path}: wants exactly {', '.join(sorted(known))}")
    lists = {name: _words(path, name, data[name]) for name in _LISTS}
    private = lists["private"]
    patterns = [
        pattern
        for at, entry in enumerate(_list(path, "patterns", data["patterns"]))
        for pattern in _patterns(path, f"patterns.{at}", entry)
    ]
    return FactPatterns(
        language=path.parent.name,
        openers=lists["openers"],
        stops=lists["stops"],
        refused=lists["refused"],
        private=frozenset(word for word in private if not word.endswith("*")),
        private_beginnings=tuple(w[:-1] for w in private if w.endswith("*")),
        swap=_swap(path, data["swap"]),
        patterns=tuple(sorted(patterns, key=lambda one: -len(one.said.split()))),
    )


def _patterns(path: Path, key: str, entry: object) -> list[FactPattern]:
    if not isinstance(entry, dict) or not {"kind", "said", "you"} <= set(entry):
        raise LanguageDataError(f"{path}: {key}: wants kind, said and you")
    if entry["kind"] not in KINDS:
        raise LanguageDataError(f"{path}: {key}.kind: wants one of {', '.join(KINDS)}")
    if not isinstance(entry["you"], str):
        raise LanguageDataError(f"{path}: {key}.you: wants a text")
    begins = _words(path, f"{key}.begins", entry.get("begins", ""))
    never = _words(path, f"{key}.not", entry.get("not", ""))
    return [
        FactPattern(entry["kind"], str(said), entry["you"], begins, never)
        for said in _list(path, f"{key}.said", entry["said"])
    ]


def _swap(path: Path, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise LanguageDataError(f"{path}: swap: wants a mapping")
    return {str(word).casefold(): str(other) for word, other in value.items()}


def _list(path: Path, key: str, value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise LanguageDataError(f"{path}: {key}: wants a list")
    return value


def _words(path: Path, key: str, value: object) -> frozenset[str]:
    if not isinstance(value, str):
        raise LanguageDataError(f"{path}: {key}: wants words in one text")
    return frozenset(value.casefold().split())
