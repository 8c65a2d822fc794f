"""Loads what the tutor says at once, before a model has found words, from ``openers.yaml``.

``moves`` are the openers of each move, ``situations`` those of a move in a certain situation,
both by band of levels; ``hurried`` are for what has none of these, where a model is slow:
``short`` for one or two words, ``question`` for any question. ``reactions`` are words of the same kind by situation, ``any`` for
all: a reply does not begin with them once an opener was heard. ``to_tutor`` are words by
which a question is put to the tutor itself; ``goes_on`` words belong to what stands before
the comma in front of them ("Interesting, because ..."). A language without the file has no openers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ..moves import MoveKind
from .function_words import DATA, primary
from .template_reader import PLACEHOLDER, Bands, Reader

ANY: Final = "any"
SHORT: Final = "short"
QUESTION: Final = "question"
MOST_WORDS: Final = 5
_NAME = "openers.yaml"
_KEYS = ("moves", "situations", "hurried", "to_tutor", "goes_on", "reactions")


@dataclass(frozen=True, slots=True)
class OpenerSet:
    """The openers of one language. ``reactions`` are phrases as the gates' lists have them."""

    moves: Mapping[MoveKind, Bands]
    situations: Mapping[MoveKind, Mapping[str, Bands]]
    hurried: Mapping[str, Bands]
    to_tutor: frozenset[str]
    goes_on: frozenset[str]
    reactions: Mapping[str, tuple[str, ...]]

    @property
    def every(self) -> frozenset[str]:
        """All openers, whatever they are for."""
        named = [bands for kind in self.situations.values() for bands in kind.values()]
        every = [
            text
            for bands in (*self.moves.values(), *named, *self.hurried.values())
            for texts in bands.values()
            for text in texts
        ]
        return frozenset(every)


def opener_set(tag: str) -> OpenerSet | None:
    """Return the openers of a BCP 47 tag, None where none exist. Raises TemplateError."""
    base = primary(tag)
    if not base.isalpha() or not (DATA / base / _NAME).is_file():
        return None
    return load(DATA / base / _NAME)


@cache
def load(path: Path) -> OpenerSet:
    """Read one file. Raises TemplateError."""
    reader = Reader(path)
    data = reader.mapping(reader.parsed(), "file")
    reader.only(data, _KEYS, "file")
    moves = _kinds(reader, data, "moves")
    named = _kinds(reader, data, "situations")
    hurried = reader.mapping(data.get("hurried"), "hurried")
    reader.only(hurried, (SHORT, QUESTION), "hurried")
    reactions = reader.pairs(data.get("reactions"), "reactions")
    if ANY not in reactions:
        raise reader.fail(f"reactions.{ANY}", "is missing")
    return OpenerSet(
        moves={kind: _bands(reader, moves[kind], f"moves.{kind}") for kind in moves},
        situations={
            kind: {
                name: _bands(reader, bands, f"situations.{kind}.{name}")
                for name, bands in reader.mapping(found, f"situations.{kind}").items()
            }
            for kind, found in named.items()
        },
        hurried={
            name: _bands(reader, bands, f"hurried.{name}")
            for name, bands in hurried.items()
        },
        to_tutor=frozenset(reader.text(data.get("to_tutor"), "to_tutor").split()),
        goes_on=frozenset(reader.text(data.get("goes_on"), "goes_on").split()),
        reactions={name: _phrases(text) for name, text in reactions.items()},
    )


def _kinds(reader: Reader, data: Mapping[str, Any], key: str) -> dict[MoveKind, Any]:
    found = reader.mapping(data.get(key), key)
    reader.only(found, set(MoveKind), key)
    return {MoveKind(kind): value for kind, value in found.items()}


def _bands(reader: Reader, value: Any, key: str) -> Bands:
    bands = reader.bands(value, key)
    for name, texts in bands.items():
        for number, text in enumerate(texts):
            place = f"{key}.{name}.{number}"
            if len(text.split()) > MOST_WORDS:
                raise reader.fail(place, f"must have at most {MOST_WORDS} words")
            if not text.endswith(".") or "?" in text or PLACEHOLDER.search(text):
                raise reader.fail(place, "must be a statement without gaps")
    return bands


def _phrases(text: str) -> tuple[str, ...]:
    phrases = (" ".join(phrase.split()) for phrase in text.lower().split(","))
    return tuple(phrase for phrase in phrases if phrase)
