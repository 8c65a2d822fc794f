"""The languages that help speaks of, and how far their translations can be relied on."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from tutor.languages.function_words import LanguageDataError, primary, read_yaml

_PATH = Path(__file__).parent / "languages.yaml"


class Grade(StrEnum):
    """How well the model at hand is expected to translate between two languages."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


def grade(l1: str, l2: str, *, strong: bool) -> Grade:
    """Return what to expect of a pair; ``strong`` models are relied on in all languages."""
    if strong:
        return Grade.STRONG
    _, fair = _languages()
    return Grade.FAIR if {primary(l1), primary(l2)} <= fair else Grade.WEAK


def name(tag: str) -> str:
    """Return the English name of a language, or its tag where it is not listed."""
    names, _ = _languages()
    return names.get(primary(tag), tag)


@cache
def _languages() -> tuple[dict[str, str], frozenset[str]]:
    entries = read_yaml(_PATH)
    names, fair = entries.get("names"), entries.get("fair")
    if not isinstance(names, dict) or not isinstance(fair, str):
        raise LanguageDataError(f"{_PATH}: wants names and fair")
    # YAML reads the tag of Norwegian as a truth value; texts only, to be safe.
    if not all(isinstance(part, str) for pair in names.items() for part in pair):
        raise LanguageDataError(f"{_PATH}: names: wants texts")
    return names, frozenset(fair.split())
