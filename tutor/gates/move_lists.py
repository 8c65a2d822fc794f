"""Loads the words by which a gate sees that a move was made, from ``<tag>/moves.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..languages.function_words import DATA, LanguageDataError, primary, read_yaml
from .phrases import PhraseList

_PHRASES = ("cues", "again", "hints", "rules", "back", "stalling", "too")
_KEYS = frozenset({*_PHRASES, "short_answers", "same"})


@dataclass(frozen=True, slots=True)
class MoveLists:
    """What shows a move in a language.

    ``cues`` invite to speak without a question, ``again`` asks for the same once more,
    ``hints`` speak about language, ``rules`` give a rule or a contrast, ``back`` leads to the
    lesson, ``stalling`` answers nothing, ``too`` shares what the learner said.
    ``same`` maps words of the learner to those that the tutor says in their place.
    """

    cues: PhraseList
    again: PhraseList
    hints: PhraseList
    rules: PhraseList
    back: PhraseList
    stalling: PhraseList
    too: PhraseList
    short_answers: frozenset[str]
    same: Mapping[str, str]


@cache
def move_lists(tag: str) -> MoveLists:
    """Return a language's lists. Raises LanguageDataError."""
    path = DATA / primary(tag) / "moves.yaml"
    entries = read_yaml(path)
    if set(entries) != _KEYS:
        raise LanguageDataError(f"{path}: wants exactly {', '.join(sorted(_KEYS))}")
    phrases = {name: _phrases(path, name, entries[name]) for name in _PHRASES}
    words = _text(path, "short_answers", entries["short_answers"]).split()
    return MoveLists(
        **phrases, short_answers=frozenset(words), same=_same(path, entries["same"])
    )


def _phrases(path: Path, name: str, text: object) -> PhraseList:
    split = (" ".join(part.split()) for part in _text(path, name, text).split(","))
    try:
        return PhraseList([phrase for phrase in split if phrase])
    except ValueError as error:
        raise LanguageDataError(f"{path}: {name}: {error}") from error


def _same(path: Path, groups: object) -> dict[str, str]:
    if not isinstance(groups, list):
        raise LanguageDataError(f"{path}: same: wants a list")
    found: dict[str, str] = {}
    for number, group in enumerate(groups):
        first, *others = _text(path, f"same.{number}", group).split()
        if not others or found.keys() & {first, *others}:
            raise LanguageDataError(f"{path}: same.{number}: too few, or twice")
        found.update(dict.fromkeys([first, *others], first))
    return found


def _text(path: Path, name: str, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise LanguageDataError(f"{path}: {name}: wants a text")
    return text.lower()
