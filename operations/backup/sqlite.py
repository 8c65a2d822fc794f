"""SQLite: read and written through its backup API, also while a site uses it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from .failure import BackupError
from .manifest import Contents

_PATIENCE_S = 20.0


class Sqlite:
    """A database in one file."""

    vendor = "sqlite"
    file = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self._path = path

    def check(self) -> None:
        """Nothing is needed: Python has it."""

    def size(self) -> int:
        """Return its bytes on the disk, those in the log included."""
        log = self._path.with_name(f"{self._path.name}-wal")
        return sum(path.stat().st_size for path in (self._path, log) if path.exists())

    def dump(self, path: Path) -> Contents:
        """Copy it as it is at one moment. Raises BackupError."""
        path.touch(mode=0o600)
        try:
            with (
                closing(self._open(self._path, "ro")) as source,
                closing(sqlite3.connect(path)) as copy,
            ):
                source.backup(copy)
                # One file, which needs no log beside it.
                copy.execute("PRAGMA journal_mode=DELETE")
                return _contents(copy)
        except sqlite3.Error as error:
            raise BackupError("not_dumped", f"{self._path.name}: {error}") from error

    def is_empty(self) -> bool:
        """Whether it has no tables."""
        if not self._path.exists():
            return True
        with closing(self._open(self._path, "ro")) as database:
            return not _tables(database)

    def restore(self, path: Path, contents: Contents) -> None:
        """Write a copy over it: in one transaction, or not at all. Raises BackupError."""
        try:
            with closing(self._open(path, "ro")) as source:
                whole = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                if not whole or _contents(source) != contents:
                    raise BackupError("damaged", "The database is not what was saved.")
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if not self._path.exists():
                    self._path.touch(mode=0o600)
                with closing(self._open(self._path, "rw")) as database:
                    source.backup(database)
        except sqlite3.Error as error:
            raise BackupError(
                "not_restored",
                f"Nothing changed: {error}. Stop the site and its workers first.",
            ) from error

    def _open(self, path: Path, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", _PATIENCE_S, uri=True
        )


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    )
    return [name for (name,) in found]


def _contents(database: sqlite3.Connection) -> Contents:
    tables = _tables(database)
    rows = {
        name: int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
        for name in tables
    }
    migrations: list[tuple[str, str]] = []
    if "django_migrations" in tables:
        migrations = database.execute(
            "SELECT app, name FROM django_migrations ORDER BY app, name"
        ).fetchall()
    return Contents(rows, migrations)
