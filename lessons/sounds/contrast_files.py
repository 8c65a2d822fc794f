"""Reads the reviewed contrasts from ``data/contrasts``, and refuses what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from .contrast import NOTHING, PUT_IN, Contrast, ContrastTable, Position, WordPair
from .library import DATA, SoundsError, sounds_of

FOLDER = DATA / "contrasts"
MOST = 12
_DEFINED = frozenset({"sound", "becomes", "pairs", "tip"})
_LISTED = frozenset({"is", "also", "at", "weight"})


@cache
def reviewed_tables(l2: str) -> dict[str, ContrastTable]:
    """Return the tables into a language by first language; none for one without a file."""
    path = FOLDER / f"{l2}.toml"
    if not path.is_file():
        return {}
    return parse_tables(l2, tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def defined_contrasts(l2: str) -> dict[str, Contrast]:
    """Return every contrast of a language that has a tip, by key, of weight 0.5."""
    path = FOLDER / f"{l2}.toml"
    if not path.is_file():
        return {}
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return _defined(l2, content.get("contrast", []), known=set(sounds_of(l2)))


def parse_tables(l2: str, content: dict[str, Any]) -> dict[str, ContrastTable]:
    """Return the tables of one file. Raises SoundsError."""
    if unknown := set(content) - {"contrast", "speakers"}:
        raise SoundsError(f"{l2}: unknown {', '.join(sorted(unknown))}")
    known = set(sounds_of(l2))
    defined = _defined(l2, content.get("contrast", []), known=known)
    tables = {}
    for tag, entry in content.get("speakers", {}).items():
        if set(entry) != {"name", "contrasts"}:
            raise SoundsError(f"{l2}, {tag}: wants name and contrasts")
        found = [
            _listed(f"{l2}, {tag}", one, defined, known) for one in entry["contrasts"]
        ]
        keys = [one.key for one in found]
        if len(keys) > MOST or len(set(keys)) < len(keys):
            raise SoundsError(f"{l2}, {tag}: more than {MOST}, or one of them twice")
        found.sort(key=lambda one: -one.weight)
        tables[tag] = ContrastTable(tag, l2, entry["name"], tuple(found))
    return tables


def _defined(
    l2: str, entries: Iterable[dict[str, Any]], *, known: set[str]
) -> dict[str, Contrast]:
    found: dict[str, Contrast] = {}
    for entry in entries:
        name = f"{l2}, {entry.get('sound')}-{entry.get('becomes')}"
        if set(entry) != _DEFINED:
            raise SoundsError(f"{name}: wants {', '.join(sorted(_DEFINED))}")
        pairs = entry["pairs"]
        if any(len(pair) != 2 or pair[0] == pair[1] for pair in pairs):
            raise SoundsError(f"{name}: a pair is two different words")
        contrast = Contrast(
            sound=entry["sound"],
            becomes=(entry["becomes"],),
            position=Position.ANY,
            weight=0.5,
            pairs=tuple(WordPair(*pair) for pair in pairs),
            tip=entry["tip"],
        )
        _check_sounds(name, contrast, known)
        if not contrast.tip.strip():
            raise SoundsError(f"{name}: a tip is missing")
        if contrast.key in found:
            raise SoundsError(f"{name}: it is there twice")
        found[contrast.key] = contrast
    return found


def _listed(
    where: str, entry: dict[str, Any], defined: dict[str, Contrast], known: set[str]
) -> Contrast:
    name = f"{where}: {entry.get('is')}"
    if not {"is", "weight"} <= set(entry) <= _LISTED:
        raise SoundsError(f"{name}: wants {', '.join(sorted(_LISTED))}")
    contrast = defined.get(entry["is"])
    if contrast is None:
        raise SoundsError(f"{name} is not described")
    try:
        position = Position(entry.get("at", "any"))
    except ValueError as error:
        raise SoundsError(f"{name}: {error}") from error
    if not 0 < entry["weight"] <= 1:
        raise SoundsError(f"{name}: weight {entry['weight']}")
    listed = Contrast(
        sound=contrast.sound,
        becomes=(*contrast.becomes, *entry.get("also", ())),
        position=position,
        weight=entry["weight"],
        pairs=contrast.pairs,
        tip=contrast.tip,
    )
    _check_sounds(name, listed, known)
    return listed


def _check_sounds(name: str, contrast: Contrast, known: set[str]) -> None:
    if contrast.sound not in known:
        raise SoundsError(f"{name}: there is no {contrast.sound}")
    for other in contrast.becomes:
        if other != NOTHING and other.removeprefix(PUT_IN) not in known:
            raise SoundsError(f"{name}: there is no {other}")
    if contrast.sound in contrast.becomes:
        raise SoundsError(f"{name}: it becomes itself")
    if len(set(contrast.becomes)) < len(contrast.becomes):
        raise SoundsError(f"{name}: the same twice")
