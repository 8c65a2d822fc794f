"""What a backup asks of a database, whichever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from .failure import BackupError
from .manifest import Contents
from .postgres import Postgres
from .sqlite import Sqlite


class Database(Protocol):
    """A database that can be written to a file and filled from one."""

    vendor: str
    # The name of its file in a backup.
    file: str

    def check(self) -> None:
        """Raise BackupError unless its programs are there and new enough."""

    def size(self) -> int:
        """Return its bytes on the disk."""

    def dump(self, path: Path) -> Contents:
        """Write it as it is at one moment, and say what it held then."""

    def is_empty(self) -> bool:
        """Whether it has no tables."""

    def restore(self, path: Path, contents: Contents) -> None:
        """Put a dump in place of everything, or change nothing. Raises BackupError."""


def database_of(settings: dict[str, Any]) -> Database:
    """Return the database of an entry of ``DATABASES``. Raises BackupError."""
    engine: str = settings["ENGINE"]
    if engine.endswith("postgresql"):
        return Postgres(settings)
    if engine.endswith("sqlite3"):
        return Sqlite(Path(settings["NAME"]))
    raise BackupError(
        "other_database", "Backups are made of PostgreSQL and SQLite only."
    )
