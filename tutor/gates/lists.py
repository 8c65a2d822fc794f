"""Loads the lists of phrases that the gates look for, and refuses broken files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..languages.function_words import DATA, LanguageDataError, primary, read_yaml
from .phrases import PhraseList

_NEVER_SAID = ("machine", "human", "instructions", "as_learner")
_SAFETY = frozenset({"harmless", "categories", *_NEVER_SAID})
_PRAISE = frozenset(
    {"claims", "alone", "unless_before", "unless_just_before", "unless_after"}
)
_LISTENERS = frozenset({"adults", "minors"})


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of unsafe talk. ``lesson_may`` says to whom a lesson about it may speak."""

    name: str
    phrases: PhraseList
    for_all: bool
    lesson_may: frozenset[str]


@dataclass(frozen=True, slots=True)
class SafetyLists:
    """What is never said in a language, and what only looks like it.

    ``as_learner`` is what only those say who learn the language.
    """

    categories: tuple[Category, ...]
    harmless: PhraseList
    machine: PhraseList
    human: PhraseList
    instructions: PhraseList
    as_learner: PhraseList


@dataclass(frozen=True, slots=True)
class PraiseLists:
    """Words that call a sentence right, and what around them says otherwise."""

    claims: PhraseList
    alone: frozenset[str]
    unless_before: frozenset[str]
    unless_just_before: frozenset[str]
    unless_after: frozenset[str]


@cache
def safety_lists(tag: str) -> SafetyLists:
    """Return a language's lists of unsafe talk. Raises LanguageDataError."""
    path = DATA / primary(tag) / "safety.yaml"
    entries = _entries(path, _SAFETY)
    categories = entries["categories"]
    if not isinstance(categories, dict):
        raise LanguageDataError(f"{path}: categories: wants a mapping")
    return SafetyLists(
        categories=tuple(
            _category(path, name, entry) for name, entry in categories.items()
        ),
        harmless=_phrases(path, "harmless", entries["harmless"]),
        **{name: _phrases(path, name, entries[name]) for name in _NEVER_SAID},
    )


@cache
def praise_lists(tag: str) -> PraiseLists:
    """Return a language's lists of praise. Raises LanguageDataError."""
    path = DATA / primary(tag) / "praise.yaml"
    entries = _entries(path, _PRAISE)
    words = {
        name: frozenset(_text(path, name, entries[name]).split())
        for name in _PRAISE - {"claims", "alone"}
    }
    return PraiseLists(
        claims=_phrases(path, "claims", entries["claims"]),
        alone=frozenset(_split(_text(path, "alone", entries["alone"]))),
        unless_before=words["unless_before"],
        unless_just_before=words["unless_just_before"],
        unless_after=words["unless_after"],
    )


def _entries(path: Path, names: frozenset[str]) -> Mapping[str, object]:
    entries = read_yaml(path)
    if set(entries) != names:
        raise LanguageDataError(f"{path}: wants exactly {', '.join(sorted(names))}")
    return entries


def _category(path: Path, name: str, entry: object) -> Category:
    if not isinstance(entry, dict) or set(entry) - {"for_all", "lesson_may", "phrases"}:
        raise LanguageDataError(f"{path}: {name}: wants for_all, lesson_may, phrases")
    lesson_may = frozenset(entry.get("lesson_may", ()))
    if not isinstance(entry.get("for_all"), bool) or lesson_may - _LISTENERS:
        raise LanguageDataError(f"{path}: {name}: for_all or lesson_may is wrong")
    return Category(
        name=name,
        phrases=_phrases(path, name, entry.get("phrases")),
        for_all=entry["for_all"],
        lesson_may=lesson_may,
    )


def _phrases(path: Path, name: str, text: object) -> PhraseList:
    try:
        return PhraseList(_split(_text(path, name, text)))
    except ValueError as error:
        raise LanguageDataError(f"{path}: {name}: {error}") from error


def _text(path: Path, name: str, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise LanguageDataError(f"{path}: {name}: wants a text")
    return text.lower()


def _split(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]
