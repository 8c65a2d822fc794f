"""Loads the tutor's ready-made replies of a language from its ``templates.yaml``.

A file has up to six parts. ``words`` are the word lists that filling a template needs,
``moves`` the replies of each move, ``elicit`` and ``explain`` those of each category of
mistake, all by band of levels; ``earlier_elicits`` ask about what was said before the last
turn, ``last_elicits`` are used when every other prompt would give the answer away.
``explain_l1`` explains a mistake to those who speak this language and
learn another: a language that is not taught has only this part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..categories import Category
from ..learner import Level
from ..moves import MoveKind

BANDS = ("basic", "independent", "proficient")
PLACEHOLDERS = frozenset(
    {
        *("name", "title", "word", "goal", "praise", "item", "gloss", "example"),
        *("said", "better", "before", "after", "part", "time", "right", "wrong"),
        *("recast", "quoted", "sound"),
    }
)
PLACEHOLDER = re.compile(r"\{(\w*)\}")
# Moves whose replies depend on the category of the mistake.
_BY_CATEGORY = frozenset({MoveKind.ELICIT, MoveKind.EXPLAIN})
_DIRECTORY = Path(__file__).parent

Bands = Mapping[str, tuple[str, ...]]


class TemplateError(Exception):
    """A template file is not as it must be; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of a language, lower case.

    ``stop`` are words that say nothing of a topic, ``determiners`` stand before nouns,
    ``past`` and ``future`` are time expressions, ``clause`` words begin a clause.
    ``goal`` maps the beginning of a can-do sentence to that of its question. ``swap``
    turns the learner's person into the tutor's; ``swap_starts`` are first words of clauses
    for which that is safe, ``swap_stops`` forbid it, ``swap_clashes`` forbid it close
    behind ``swap_subject``, the learner as the tutor's subject. ``goal_swap`` does the same inside can-do sentences.
    ``capital_nouns``: nouns are written with a capital.
    """

    stop: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    past: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    clause: frozenset[str] = frozenset()
    goal: Mapping[str, str] = field(default_factory=dict)
    goal_swap: Mapping[str, str] = field(default_factory=dict)
    swap: Mapping[str, str] = field(default_factory=dict)
    swap_starts: frozenset[str] = frozenset()
    swap_stops: frozenset[str] = frozenset()
    swap_clashes: frozenset[str] = frozenset()
    swap_subject: str = ""
    capital_nouns: bool = False


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The ready-made replies of one language; ``language`` is its English name."""

    tag: str
    language: str
    words: Words
    moves: Mapping[MoveKind, Bands]
    elicit: Mapping[Category, Bands]
    explain: Mapping[Category, Bands]
    earlier_elicits: tuple[str, ...]
    last_elicits: tuple[str, ...]
    explain_l1: Mapping[Category, str]

    @property
    def taught(self) -> bool:
        """Whether the file can carry a whole lesson, not only explanations."""
        return bool(self.moves)


def band(level: Level) -> str:
    """Return the band of a level: basic, independent or proficient."""
    return BANDS[(level.rank - 1) // 2]


def of_band(bands: Bands, level: Level) -> tuple[str, ...]:
    """Return the variants for a level: its own band's, else those of the nearest below."""
    for name in reversed(BANDS[: BANDS.index(band(level)) + 1]):
        if name in bands:
            return bands[name]
    return ()


def template_set(tag: str) -> TemplateSet | None:
    """Return the templates of a BCP 47 tag (``pt-BR`` is ``pt``), None where none exist."""
    base = tag.replace("_", "-").split("-")[0].lower()
    if not base.isalpha() or not (_DIRECTORY / base / "templates.yaml").is_file():
        return None
    return load(_DIRECTORY / base / "templates.yaml")


@cache
def load(path: Path) -> TemplateSet:
    """Read one file. Raises TemplateError."""
    reader = _Reader(path)
    data = reader.mapping(reader.parsed(), "file")
    known = {
        "language", "words", "moves", "elicit", "explain", "earlier_elicits",
        "last_elicits", "explain_l1",
    }  # fmt: skip
    reader.only(data, known, "file")
    templates = TemplateSet(
        tag=path.parent.name,
        language=reader.text(data.get("language"), "language"),
        words=_words(reader, data.get("words") or {}),
        moves=_moves(reader, data.get("moves") or {}),
        elicit=_categories(reader, data.get("elicit") or {}, "elicit"),
        explain=_categories(reader, data.get("explain") or {}, "explain"),
        earlier_elicits=reader.texts(
            data.get("earlier_elicits") or [], "earlier_elicits"
        ),
        last_elicits=reader.texts(data.get("last_elicits") or [], "last_elicits"),
        explain_l1=_explanations(reader, data.get("explain_l1") or {}),
    )
    if templates.taught:
        _check_complete(reader, templates)
    return templates


class _Reader:
    """Checks shapes and says where something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, key: str, what: str) -> TemplateError:
        return TemplateError(f"{self.path.parent.name}/{self.path.name}: {key}: {what}")

    def parsed(self) -> Any:
        try:
            return yaml.safe_load(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise self.fail("file", f"cannot be read: {error}") from error

    def mapping(self, value: Any, key: str) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(k, str) for k in value):
            raise self.fail(key, "must be a mapping with text keys")
        return value

    def only(self, data: Mapping[str, Any], known: Iterable[str], key: str) -> None:
        for name in data:
            if name not in known:
                raise self.fail(f"{key}.{name}", "is not known")

    def text(self, value: Any, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "must be text")
        for name in PLACEHOLDER.findall(value):
            if name not in PLACEHOLDERS:
                raise self.fail(key, f"has an unknown placeholder {{{name}}}")
        return " ".join(value.split())

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.fail(key, "must be a list")
        return tuple(self.text(item, f"{key}.{n}") for n, item in enumerate(value))

    def pairs(self, value: Any, key: str) -> dict[str, str]:
        data = self.mapping(value, key)
        return {name: self.text(data[name], f"{key}.{name}") for name in data}

    def bands(self, value: Any, key: str) -> Bands:
        data = self.mapping(value, key)
        self.only(data, BANDS, key)
        if not data.get(BANDS[0]):
            raise self.fail(key, f"must have {BANDS[0]}")
        return {name: self.texts(data[name], f"{key}.{name}") for name in data}


def _words(reader: _Reader, value: Any) -> Words:
    data = reader.mapping(value, "words")
    sets = {
        "stop",
        "determiners",
        "clause",
        "swap_starts",
        "swap_stops",
        "swap_clashes",
    }
    lists, maps = {"past", "future"}, {"goal", "goal_swap", "swap"}
    reader.only(data, sets | lists | maps | {"capital_nouns", "swap_subject"}, "words")
    found: dict[str, Any] = {"capital_nouns": data.get("capital_nouns") is True}
    if "swap_subject" in data:
        found["swap_subject"] = reader.text(data["swap_subject"], "words.swap_subject")
    for name in sets & data.keys():
        found[name] = frozenset(reader.text(data[name], f"words.{name}").split())
    for name in lists & data.keys():
        texts = reader.texts(data[name], f"words.{name}")
        found[name] = tuple(sorted(texts, key=len, reverse=True))
    for name in maps & data.keys():
        found[name] = reader.pairs(data[name], f"words.{name}")
    return Words(**found)


def _moves(reader: _Reader, value: Any) -> dict[MoveKind, Bands]:
    data = reader.mapping(value, "moves")
    reader.only(data, set(MoveKind) - _BY_CATEGORY, "moves")
    return {MoveKind(k): reader.bands(v, f"moves.{k}") for k, v in data.items()}


def _categories(reader: _Reader, value: Any, key: str) -> dict[Category, Bands]:
    data = reader.mapping(value, key)
    reader.only(data, set(Category), key)
    return {Category(k): reader.bands(v, f"{key}.{k}") for k, v in data.items()}


def _explanations(reader: _Reader, value: Any) -> dict[Category, str]:
    data = reader.pairs(value, "explain_l1")
    reader.only(data, set(Category), "explain_l1")
    return {Category(name): text for name, text in data.items()}


def _check_complete(reader: _Reader, templates: TemplateSet) -> None:
    for kind in set(MoveKind) - _BY_CATEGORY - templates.moves.keys():
        raise reader.fail(f"moves.{kind}", "is missing")
    for name in ("elicit", "explain"):
        if Category.OTHER not in getattr(templates, name):
            raise reader.fail(f"{name}.{Category.OTHER}", "is missing")
    basic = templates.moves[MoveKind.CONTINUE]["basic"]
    if all(PLACEHOLDER.search(pattern) for pattern in basic):
        raise reader.fail("moves.continue.basic", "must have a variant without gaps")
    for name in ("earlier_elicits", "last_elicits"):
        if not getattr(templates, name):
            raise reader.fail(name, "is missing")
