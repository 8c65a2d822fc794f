"""Makes a backup: files, database and a list of both, of one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from .databases import Database
from .files import hold, size
from .manifest import FORMAT, NAME, FileEntry, Manifest, entries, parse, write
from .place import require_outside, require_room, workplace
from .repository import Repository, Saved

PRIVATE = "private"


def make_backup(
    *,
    repository: Repository,
    database: Database,
    root: Path,
    site: str,
    now: datetime,
    say: Callable[[str], None],
) -> Saved:
    """Back up a database and the private files below ``root``. Raises BackupError.

    Files are held before and after the database is read: whatever a row names was there
    before, or has come since. Safe to repeat; what is there already is not stored again.
    """
    database.check()
    require_outside(repository, root)
    with workplace(root) as staging:
        known = _known(repository, say)
        of_database, of_files = database.size(), size(root)
        require_room(
            work=staging,
            work_bytes=of_database,
            repository=repository,
            bytes_=of_database + (0 if known else of_files),
        )
        hold(root, staging / PRIVATE)
        contents = database.dump(staging / database.file)
        hold(root, staging / PRIVATE)
        files = entries(staging, known)
        say(
            f"Database: {sum(contents.rows.values())} rows of {len(contents.rows)} tables, "
            f"{files[database.file].size / 1e6:.1f} MB. Files: {len(files) - 1}."
        )
        manifest = Manifest(
            FORMAT, now, site, database.vendor, database.file, contents, files
        )
        write(manifest, staging)
        return repository.save(staging, progress=_every_quarter(say))


def _known(repository: Repository, say: Callable[[str], None]) -> dict[str, FileEntry]:
    """Return what the backup before says of the files, nothing if there is none."""
    if not repository.exists():
        say("The first backup: making the repository.")
        repository.create()
        return {}
    before = repository.snapshots()
    text = repository.read(before[-1].id, NAME) if before else None
    return parse(text).files if text else {}


def _every_quarter(say: Callable[[str], None]) -> Callable[[float], None]:
    told = 0

    def progress(part: float) -> None:
        nonlocal told
        if part * 4 >= told + 1:
            told = int(part * 4)
            say(f"{part:.0%}")

    return progress
