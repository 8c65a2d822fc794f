"""Puts a backup back: looks at everything first, then changes the database, then the files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from ..erasure import ledger
from .databases import Database
from .failure import BackupError
from .files import LEFT_OUT, is_empty, swap
from .making import PRIVATE
from .manifest import NAME, Manifest, parse, verify
from .place import require_room, workplace
from .repository import Repository, Snapshot, choose

# A dump is packed; what is made of it on the way is not.
_UNPACKED = 6


def restore_backup(
    *,
    repository: Repository,
    wanted: str,
    database: Database,
    root: Path,
    replace: str | None,
    site: str,
    only_verify: bool,
    say: Callable[[str], None],
) -> Manifest:
    """Put a backup in place of the database and the private files. Raises BackupError.

    What is there is replaced only where ``replace`` is the site's name. The database changes
    in one transaction; until then nothing does. If it is stopped between the database and
    the files, run it again.
    """
    if not only_verify:
        database.check()
        _require_leave(database, root, replace, site)
    if not repository.exists():
        raise BackupError("no_backup", f"{repository.address} has no backups.")
    snapshots = repository.snapshots()
    snapshot = choose(snapshots, wanted)
    text = repository.read(snapshot.id, NAME)
    if text is None:
        raise BackupError("damaged", "This backup has no list. Try an earlier one.")
    manifest = parse(text)
    if not only_verify:
        _require_fitting(manifest, database)
    with workplace(root) as staging:
        unpacked = manifest.files[manifest.database].size * _UNPACKED
        stored = sum(entry.size for entry in manifest.files.values())
        require_room(
            work=staging, work_bytes=stored + unpacked, repository=repository, bytes_=0
        )
        say(f"Fetching the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC.")
        repository.fetch(snapshot.id, staging)
        verify(manifest, staging)
        say(f"{len(manifest.files)} files are what was backed up.")
        if only_verify:
            return manifest
        # Whose account went since: also told by files that are about to be replaced, and by
        # later backups. What is noted stays noted, whatever happens next.
        known = ledger.read(root=staging / PRIVATE)
        if snapshot != snapshots[-1]:
            known |= _erased_since(repository, snapshots[-1])
        ledger.add(known, root=root)
        database.restore(staging / manifest.database, manifest.contents)
        say(f"{sum(manifest.contents.rows.values())} rows are back.")
        _put_files(root, staging)
        say(f"{len(manifest.files) - 1} files are back.")
    return manifest


def _require_fitting(manifest: Manifest, database: Database) -> None:
    if manifest.vendor != database.vendor:
        raise BackupError(
            "other_database",
            f"This is a backup of {manifest.vendor}, and DATABASE_URL names a "
            f"{database.vendor}.",
        )
    here = MigrationLoader(None).disk_migrations.keys()
    apps = {app for app, _name in here}
    unknown = [one for one in manifest.contents.migrations if one not in here]
    unknown = [one for one in unknown if one[0] in apps]
    if unknown:
        raise BackupError(
            "too_new",
            f"The backup has been through {'.'.join(unknown[0])}, which this version of "
            "the program does not know: restore with the version that made it.",
        )


def _require_leave(
    database: Database, root: Path, replace: str | None, site: str
) -> None:
    if database.is_empty() and is_empty(root):
        return
    if replace is None:
        raise BackupError(
            "not_empty",
            "There is a database or there are files already. To replace all of it by the "
            f'backup, stop the site and say --replace "{site}".',
        )
    if replace != site:
        raise BackupError(
            "wrong_name", f"This site is called {site}, not {replace}: nothing changed."
        )


def _erased_since(repository: Repository, latest: Snapshot) -> set[str]:
    text = repository.read(latest.id, f"{PRIVATE}/{ledger.NAME}")
    return ledger.parse((text or b"").decode())


def _put_files(root: Path, staging: Path) -> None:
    restored = staging / PRIVATE
    shutil.rmtree(restored / Path(ledger.NAME).parent, ignore_errors=True)
    for name in LEFT_OUT:
        shutil.rmtree(restored / name, ignore_errors=True)
    swap(root, restored, staging / "replaced", keep=Path(ledger.NAME).parts[0])
