"""Words that every sentence of a language needs: who is who, and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent
GROUPS = (
    "articles",
    "pronouns",
    "auxiliaries",
    "prepositions",
    "conjunctions",
    "questions",
    "others",
)
_NAME = "function_words.yaml"


class LanguageDataError(ValueError):
    """A file of language data is missing or wrong; names the file and the place."""


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The function words of one language by group, lower case.

    ``echoes`` are short questions that only show interest ("Really?").
    """

    language: str
    groups: dict[str, frozenset[str]]
    every: frozenset[str]
    echoes: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word in self.every


def primary(tag: str) -> str:
    """Return the language of a BCP 47 tag: ``en`` for ``en-GB``."""
    return tag.replace("_", "-").partition("-")[0].lower()


def is_known(tag: str) -> bool:
    """Whether there is data for the language at all."""
    return (DATA / primary(tag) / _NAME).is_file()


@cache
def function_words(tag: str) -> FunctionWords:
    """Return a language's function words. Raises LanguageDataError."""
    language = primary(tag)
    path = DATA / language / _NAME
    entries = read_yaml(path)
    echoes = entries.pop("echoes", "")
    if set(entries) != set(GROUPS):
        raise LanguageDataError(f"{path}: wants exactly {', '.join(GROUPS)}")
    if not isinstance(echoes, str):
        raise LanguageDataError(f"{path}: echoes: wants a text with commas")
    groups = {name: _words(path, name, entries[name]) for name in GROUPS}
    return FunctionWords(
        language=language,
        groups=groups,
        every=frozenset[str]().union(*groups.values()),
        echoes=frozenset(
            echo.strip().lower() for echo in echoes.split(",") if echo.strip()
        ),
    )


@cache
def foreign_words(tag: str) -> frozenset[str]:
    """Return function words of all other languages that this one does not have."""
    language = primary(tag)
    path = DATA / _NAME
    found = {
        word
        for name, text in read_yaml(path).items()
        if name != language
        for word in _words(path, name, text)
    }
    for folder in sorted(DATA.iterdir()):
        if folder.name != language and (folder / _NAME).is_file():
            found |= function_words(folder.name).every
    return frozenset(found - function_words(language).every)


def read_yaml(path: Path) -> dict[str, Any]:
    """Return a YAML file that holds a mapping. Raises LanguageDataError."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LanguageDataError(f"{path}: {error}") from error
    if not isinstance(entries, dict):
        raise LanguageDataError(f"{path}: wants a mapping")
    return entries


def _words(path: Path, name: str, text: object) -> frozenset[str]:
    if not isinstance(text, str) or not text.split():
        raise LanguageDataError(f"{path}: {name}: wants words in one text")
    return frozenset(text.lower().split())
