"""Looks through the whole database and all private files for what names somebody."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

_SEARCHED_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Residue:
    """Something that is still there: which word, where, in how many rows."""

    needle: str
    place: str
    rows: int


def needles_of(words: Iterable[str], uuid: UUID) -> list[str]:
    """Return what to look for: a database may write a uuid with or without dashes."""
    named = [word for word in words if word.strip()]
    return list(dict.fromkeys([*named, str(uuid), uuid.hex]))


def find_residue(needles: list[str]) -> list[Residue]:
    """Return every column of every table and every private file that holds a needle.

    Whatever the type of a column, it is read as text; case does not count.
    """
    return [*_in_tables(needles), *_in_files(needles)]


def _in_tables(needles: list[str]) -> Iterator[Residue]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            about = connection.introspection.get_table_description(cursor, table)
            for column in [field.name for field in about]:
                hits = " , ".join(
                    f"SUM(CASE WHEN LOWER(CAST({quote(column)} AS TEXT)) LIKE %s "
                    "ESCAPE '!' THEN 1 ELSE 0 END)"
                    for _ in needles
                )
                cursor.execute(
                    f"SELECT {hits} FROM {quote(table)}",  # noqa: S608 names are quoted
                    [f"%{_escaped(needle)}%" for needle in needles],
                )
                counts = cursor.fetchone() or ()
                for needle, count in zip(needles, counts, strict=True):
                    if count:
                        yield Residue(needle, f"{table}.{column}", int(count))


def _escaped(needle: str) -> str:
    escaped = needle.lower()
    for sign in ("!", "%", "_"):
        escaped = escaped.replace(sign, f"!{sign}")
    return escaped


def _in_files(needles: list[str]) -> Iterator[Residue]:
    root = Path(settings.PRIVATE_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        place = path.relative_to(root).as_posix()
        content = b"" if path.is_dir() else _content(path)
        for needle in needles:
            wanted = needle.lower()
            if wanted in place.lower() or wanted.encode() in content:
                yield Residue(needle, place, 1)


def _content(path: Path) -> bytes:
    """Return what a file holds, in lower case, an archive's members unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = [
                name.encode() + b" " + archive.read(name)[:_SEARCHED_BYTES]
                for name in archive.namelist()
                if not name.endswith((".wav", ".mp3"))
            ]
        return b" ".join(parts).lower()
    with path.open("rb") as file:
        return file.read(_SEARCHED_BYTES).lower()
