"""Loads the tutor's ready-made replies of a language from its ``templates.yaml``.

``words`` are the word lists that filling a template needs, ``moves`` the replies of each
move, ``situations`` those of a move in a certain situation, ``elicit`` and ``explain`` those
of each category of mistake, all by band of levels; ``earlier_elicits`` ask about what was
said before the last turn, ``last_elicits`` are used when every other prompt would give the
answer away. ``finals`` hold one plain sentence of each move, said when nothing else may be,
``endings`` what gives the word back to the learner after a reply that was cut. ``roles`` are
the parts that a tutor plays in lessons, each with replies that stay in it.
``explain_l1`` explains a mistake to those who speak this language and
learn another: a language that is not taught has only this part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..categories import Category
from ..learner import Level
from ..moves import MoveKind
from .template_reader import BANDS, PLACEHOLDER, Bands, Reader, TemplateError

__all__ = ["BANDS", "PLACEHOLDER", "TemplateError", "TemplateSet", "Words"]


# Moves whose replies depend on the category of the mistake.
_BY_CATEGORY = frozenset({MoveKind.ELICIT, MoveKind.EXPLAIN})
_DIRECTORY = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of a language, lower case.

    ``stop`` are words that say nothing of a topic, ``determiners`` stand before nouns,
    ``past`` and ``future`` are time expressions, ``clause`` words begin a clause.
    ``goal`` maps the beginning of a can-do sentence to that of its question. ``swap``
    turns the learner's person into the tutor's; ``swap_starts`` are first words of clauses
    for which that is safe, ``swap_stops`` forbid it, ``swap_clashes`` forbid it close
    behind ``swap_subject``, the learner as the tutor's subject. ``goal_swap`` does the same inside can-do sentences.
    ``capital_nouns``: nouns are written with a capital. ``sad`` are words of a sad story.
    ``about_tutor`` and ``about_language`` are phrases of questions about these two, in the
    form that ``safety.yaml`` explains. ``asked_word`` are expressions whose group holds the
    word that a question for its meaning names.
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
    sad: tuple[str, ...] = ()
    about_tutor: tuple[str, ...] = ()
    about_language: tuple[str, ...] = ()
    asked_word: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A part that the tutor plays.

    ``words`` are phrases by which it is known in the description of a lesson; the one
    without any stands for every part that has no replies of its own. ``wants`` are phrases
    by which who is served asks for something: a part that has them goes on only with those.
    """

    words: tuple[str, ...]
    wants: tuple[str, ...]
    moves: Mapping[MoveKind, Bands]


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The ready-made replies of one language; ``language`` is its English name."""

    tag: str
    language: str
    words: Words
    moves: Mapping[MoveKind, Bands]
    situations: Mapping[MoveKind, Mapping[str, Bands]]
    roles: Mapping[str, Role]
    elicit: Mapping[Category, Bands]
    explain: Mapping[Category, Bands]
    earlier_elicits: tuple[str, ...]
    last_elicits: tuple[str, ...]
    finals: Mapping[MoveKind, str]
    endings: tuple[str, ...]
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
    reader = Reader(path)
    data = reader.mapping(reader.parsed(), "file")
    known = {
        "language", "words", "moves", "situations", "roles", "elicit", "explain",
        "earlier_elicits", "last_elicits", "finals", "endings", "explain_l1",
    }  # fmt: skip
    reader.only(data, known, "file")
    lists = {
        name: reader.texts(data.get(name) or [], name)
        for name in ("earlier_elicits", "last_elicits", "endings")
    }
    templates = TemplateSet(
        tag=path.parent.name,
        language=reader.text(data.get("language"), "language"),
        words=_words(reader, data.get("words") or {}),
        moves=_moves(reader, data.get("moves") or {}),
        situations=_situations(reader, data.get("situations") or {}),
        roles=_roles(reader, data.get("roles") or {}),
        elicit=_categories(reader, data.get("elicit") or {}, "elicit"),
        explain=_categories(reader, data.get("explain") or {}, "explain"),
        finals=_finals(reader, data.get("finals") or {}),
        explain_l1=_explanations(reader, data.get("explain_l1") or {}),
        **lists,
    )
    if templates.taught:
        _check_complete(reader, templates)
    return templates


def _words(reader: Reader, value: Any) -> Words:
    data = reader.mapping(value, "words")
    sets = {
        "stop",
        "determiners",
        "clause",
        "swap_starts",
        "swap_stops",
        "swap_clashes",
    }
    lists = {"past", "future", "sad", "about_tutor", "about_language"}
    maps = {"goal", "goal_swap", "swap"}
    single = {"capital_nouns", "swap_subject", "asked_word"}
    reader.only(data, sets | lists | maps | single, "words")
    found: dict[str, Any] = {"capital_nouns": data.get("capital_nouns") is True}
    if "swap_subject" in data:
        found["swap_subject"] = reader.text(data["swap_subject"], "words.swap_subject")
    for name in sets & data.keys():
        found[name] = frozenset(reader.text(data[name], f"words.{name}").split())
    for name in lists & data.keys():
        texts = reader.texts(data[name], f"words.{name}")
        found[name] = tuple(sorted(texts, key=len, reverse=True))
    found["asked_word"] = reader.texts(data.get("asked_word") or [], "words.asked_word")
    for name in maps & data.keys():
        found[name] = reader.pairs(data[name], f"words.{name}")
    return Words(**found)


def _moves(reader: Reader, value: Any) -> dict[MoveKind, Bands]:
    data = reader.mapping(value, "moves")
    reader.only(data, set(MoveKind) - _BY_CATEGORY, "moves")
    return {MoveKind(k): reader.bands(v, f"moves.{k}") for k, v in data.items()}


def _situations(reader: Reader, value: Any) -> dict[MoveKind, dict[str, Bands]]:
    data = reader.mapping(value, "situations")
    reader.only(data, set(MoveKind) - _BY_CATEGORY, "situations")
    found: dict[MoveKind, dict[str, Bands]] = {}
    for kind, named in data.items():
        key = f"situations.{kind}"
        found[MoveKind(kind)] = {
            name: reader.bands(bands, f"{key}.{name}")
            for name, bands in reader.mapping(named, key).items()
        }
    return found


def _roles(reader: Reader, value: Any) -> dict[str, Role]:
    return {
        name: _role(reader, entry, f"roles.{name}")
        for name, entry in reader.mapping(value, "roles").items()
    }


def _role(reader: Reader, value: Any, key: str) -> Role:
    data = reader.mapping(value, key)
    kinds = data.keys() - {"words", "wants"}
    reader.only(dict.fromkeys(kinds), set(MoveKind) - _BY_CATEGORY, key)
    moves = {MoveKind(k): reader.bands(data[k], f"{key}.{k}") for k in kinds}
    words, wants = (
        reader.texts(data.get(name) or [], f"{key}.{name}")
        for name in ("words", "wants")
    )
    return Role(words, wants, moves)


def _finals(reader: Reader, value: Any) -> dict[MoveKind, str]:
    data = reader.pairs(value, "finals")
    reader.only(data, set(MoveKind), "finals")
    return {MoveKind(kind): text for kind, text in data.items()}


def _categories(reader: Reader, value: Any, key: str) -> dict[Category, Bands]:
    data = reader.mapping(value, key)
    reader.only(data, set(Category), key)
    return {Category(k): reader.bands(v, f"{key}.{k}") for k, v in data.items()}


def _explanations(reader: Reader, value: Any) -> dict[Category, str]:
    data = reader.pairs(value, "explain_l1")
    reader.only(data, set(Category), "explain_l1")
    return {Category(name): text for name, text in data.items()}


def _check_complete(reader: Reader, templates: TemplateSet) -> None:
    for kind in set(MoveKind) - _BY_CATEGORY - templates.moves.keys():
        raise reader.fail(f"moves.{kind}", "is missing")
    for name in ("elicit", "explain"):
        if Category.OTHER not in getattr(templates, name):
            raise reader.fail(f"{name}.{Category.OTHER}", "is missing")
    for kind in set(MoveKind) - templates.finals.keys():
        raise reader.fail(f"finals.{kind}", "is missing")
    if PLACEHOLDER.search(templates.finals[MoveKind.CONTINUE]):
        raise reader.fail(f"finals.{MoveKind.CONTINUE}", "must have no gaps")
    for name in ("earlier_elicits", "last_elicits", "endings"):
        if not getattr(templates, name):
            raise reader.fail(name, "is missing")
