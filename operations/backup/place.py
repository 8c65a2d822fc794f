"""What is looked at before a backup or a restore begins: places, room, and who else works."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .failure import BackupError
from .files import WORK
from .repository import Repository

# What other programs of the host should still have.
MARGIN_BYTES = 64_000_000


@contextmanager
def workplace(root: Path) -> Iterator[Path]:
    """Give an empty folder beside the private files, to one process at a time.

    It is gone afterwards; what a killed process left there goes when the next one begins.
    """
    work = root / WORK
    try:
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(work / "lock", mode=0o600)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BackupError(
            "running", "Another backup or restore of this site is at work."
        ) from error
    except OSError as error:
        raise BackupError(
            "no_permission", f"{work} cannot be written: {error.strerror}."
        ) from error
    staging = work / "staging"
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        lock.release()


def require_outside(repository: Repository, root: Path) -> None:
    """Raise BackupError for backups among what they are backups of, or nowhere to write."""
    folder = repository.folder
    if folder is None:
        return
    if folder.resolve().is_relative_to(root.resolve()):
        raise BackupError(
            "bad_place", "Backups among the private files would hold one another."
        )
    place = folder
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        raise BackupError("no_permission", f"{place} cannot be written.")


def require_room(
    *, work: Path, work_bytes: int, repository: Repository, bytes_: int
) -> None:
    """Raise BackupError unless there is room to work and room for what is kept."""
    free = shutil.disk_usage(work).free
    kept_free = repository.free_bytes()
    folder = repository.folder
    if folder is not None and kept_free is not None:
        place = folder
        while not place.exists():
            place = place.parent
        if place.stat().st_dev == work.stat().st_dev:
            work_bytes += bytes_
        elif kept_free < bytes_ + MARGIN_BYTES:
            raise _no_room(folder, kept_free, bytes_)
    if free < work_bytes + MARGIN_BYTES:
        raise _no_room(work, free, work_bytes)


def _no_room(place: Path, free: int, wanted: int) -> BackupError:
    mega = 1_000_000
    return BackupError(
        "no_room",
        f"{place} has {free // mega} MB left, and {(wanted + MARGIN_BYTES) // mega} MB may "
        "be needed.",
    )
