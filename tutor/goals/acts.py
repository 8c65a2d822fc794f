"""Loads what goals ask for and how it is said, from ``<tag>/goals.yaml``.

The entries are regular expressions over plain text (``languages.situations.plain_text``).
"""

from __future__ import annotations

import re
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
from tutor.languages.situations import plain_text

FILE = "goals.yaml"
_KEYS = frozenset({"starts", "glue", "reported", "words", "acts"})
_ACT_KEYS = frozenset({"named", "done", "asked", "answer", "near"})
_OPTIONAL = re.compile(r"'(?!ll|re|d)")
_LIST = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done with words.

    ``named`` finds it in a goal, ``done`` in what was said. After a question that ``asked``
    finds, any real answer does it, or only one that ``answer`` finds. ``near`` finds
    whatever could have to do with it.
    """

    key: str
    named: re.Pattern[str]
    done: re.Pattern[str]
    near: re.Pattern[str]
    asked: re.Pattern[str] | None = None
    answer: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GoalPhrases:
    """The acts of one language.

    ``starts`` is how a goal begins, ``glue`` the words of goals that ask for nothing more,
    ``reported`` what tells that somebody else said it, or that it was not said.
    """

    tag: str
    starts: re.Pattern[str]
    glue: frozenset[str]
    reported: re.Pattern[str]
    acts: Mapping[str, Act]


def goal_phrases(tag: str) -> GoalPhrases | None:
    """Return the acts of a BCP 47 tag, None where none are written down.

    Raises LanguageDataError.
    """
    path = DATA / primary(tag) / FILE
    return load(path) if path.is_file() else None


@cache
def every_language() -> tuple[GoalPhrases, ...]:
    """Return the acts of all languages: a goal may be written in the teacher's own."""
    return tuple(load(path) for path in sorted(DATA.glob(f"*/{FILE}")))


@cache
def load(path: Path) -> GoalPhrases:
    """Read one file. Raises LanguageDataError."""
    data = read_yaml(path)
    if data.keys() != _KEYS:
        raise LanguageDataError(f"{path}: wants exactly {', '.join(sorted(_KEYS))}")
    words = {str(name): str(one) for name, one in data["words"].items()}
    return GoalPhrases(
        tag=path.parent.name,
        starts=_pattern(data["starts"], path, "starts", words),
        glue=frozenset(plain_text(str(data["glue"])).split()),
        reported=_pattern(data["reported"], path, "reported", words),
        acts={key: _act(key, one, path, words) for key, one in data["acts"].items()},
    )


def _act(key: str, one: Any, path: Path, words: Mapping[str, str]) -> Act:
    if not isinstance(one, dict) or not {"named", "done", "near"} <= one.keys():
        raise LanguageDataError(f"{path}: {key}: wants named, done and near")
    if unknown := one.keys() - _ACT_KEYS:
        raise LanguageDataError(f"{path}: {key}: {min(unknown)} is not known")
    found = {
        # Words that only have to do with it may go on: "work" is also "worker".
        name: _pattern(one[name], path, f"{key}.{name}", words, whole=name != "near")
        for name in one
    }
    return Act(key, **found)


def _pattern(
    entries: Any,
    path: Path,
    place: str,
    words: Mapping[str, str],
    *,
    whole: bool = True,
) -> re.Pattern[str]:
    if not isinstance(entries, list) or not entries:
        raise LanguageDataError(f"{path}: {place}: wants a list of phrases")
    parts = []
    for entry in entries:
        try:
            filled = _LIST.sub(lambda found: words[found[1]], entry)
            part = _bounded(filled, whole=whole)
            re.compile(part)
        except (KeyError, TypeError, re.error) as error:
            raise LanguageDataError(f"{path}: {place}: {entry}: {error}") from error
        parts.append(part)
    return re.compile("|".join(parts), re.MULTILINE)


def _bounded(entry: str, *, whole: bool) -> str:
    """Put word boundaries around an entry; an apostrophe may be missing.

    Not where that makes another word of it: "we'll", "I'll", "we're", "I'd".
    """
    end = r"(?!\w)" if whole else ""
    return _OPTIONAL.sub("[' ]?", rf"(?<!\w)(?:{entry}){end}")
