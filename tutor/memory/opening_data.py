"""Loads how the tutor begins another talk, from a language's ``opening.yaml``.

Greetings, then pairs of a sentence and a question: what the learner told (``told`` and
``ask`` by kind), what the talk was about (``topic``), a word that was met, a sentence that
was practised. Sentences have a ``basic`` form for A1 and A2 and an ``independent`` one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tutor.languages.function_words import (
    DATA,
    LanguageDataError,
    primary,
    read_yaml,
)

from .fact_patterns import KINDS

LEVELS = frozenset({"basic", "independent"})
OTHER = "other"
_NAME = "opening.yaml"
_PLAIN = {"greeting": {"name"}, "greeting_nameless": set(), "told_quoted": {"text"}}
_LEVELLED = {
    "told": {"fact"},
    "topic": {"topic"},
    "word": {"word"},
    "mistake": {"better"},
    "ask_topic": set(),
    "ask_word": set(),
    "ask_mistake": set(),
}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class OpeningTemplates:
    """All of a language: ``plain`` by name, ``levelled`` by name and level, ``ask`` by
    kind of fact and level.
    """

    plain: Mapping[str, str]
    levelled: Mapping[str, Mapping[str, str]]
    ask: Mapping[str, Mapping[str, str]]


@cache
def opening_templates(tag: str) -> OpeningTemplates | None:
    """Return the templates of a language, None where there are none.

    Raises LanguageDataError.
    """
    path = DATA / primary(tag) / _NAME
    return load(path) if path.is_file() else None


def load(path: Path) -> OpeningTemplates:
    """Read one file. Raises LanguageDataError."""
    data = read_yaml(path)
    known = {*_PLAIN, *_LEVELLED, "ask"}
    if set(data) != known:
        raise LanguageDataError(f"{path}: wants exactly {', '.join(sorted(known))}")
    ask = data["ask"]
    if not isinstance(ask, dict) or set(ask) != {*KINDS, OTHER}:
        wanted = ", ".join((*KINDS, OTHER))
        raise LanguageDataError(f"{path}: ask: wants exactly {wanted}")
    return OpeningTemplates(
        plain={
            name: _text(path, name, data[name], allowed)
            for name, allowed in _PLAIN.items()
        },
        levelled={
            name: _levels(path, name, data[name], allowed)
            for name, allowed in _LEVELLED.items()
        },
        ask={kind: _levels(path, f"ask.{kind}", ask[kind], set()) for kind in ask},
    )


def _levels(path: Path, key: str, value: object, wanted: set[str]) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != LEVELS:
        raise LanguageDataError(f"{path}: {key}: wants basic and independent")
    return {
        level: _text(path, f"{key}.{level}", value[level], wanted) for level in value
    }


def _text(path: Path, key: str, value: object, wanted: set[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise LanguageDataError(f"{path}: {key}: wants a text")
    if set(_PLACEHOLDER.findall(value)) != wanted:
        names = ", ".join(sorted(wanted)) or "none"
        raise LanguageDataError(f"{path}: {key}: wants these placeholders: {names}")
    return value
