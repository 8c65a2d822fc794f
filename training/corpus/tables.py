"""Tables in Kaldi's style: a key, white space, the rest of the line."""

from __future__ import annotations

from pathlib import Path

from .reading import CorpusError


def read_table(path: Path) -> dict[str, str]:
    """Return the table. Raises CorpusError with the line that has no value."""
    table: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        key, _, value = line.strip().replace("\t", " ").partition(" ")
        if not value.strip():
            raise CorpusError(f"{_name(path)}:{number}: {key!r} has no value")
        if key in table:
            raise CorpusError(f"{_name(path)}:{number}: {key!r} is there twice")
        table[key] = value.strip()
    return table


def look_up(table: dict[str, str], key: str, path: Path) -> str:
    """Return a value. Raises CorpusError that names the file without the key."""
    if key not in table:
        raise CorpusError(f"{_name(path)}: no line for {key!r}")
    return table[key]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
