"""What belongs to a backup: every file with its hash, every table with its rows."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from .failure import BackupError

FORMAT = 1
NAME = "manifest.json"
_BLOCK = 1 << 20


class FileEntry(msgspec.Struct, frozen=True, array_like=True):
    """A file: bytes, when it was written in nanoseconds, SHA-256."""

    size: int
    written_ns: int
    sha256: str


class Contents(msgspec.Struct, frozen=True):
    """What a database holds: its rows by table, and the migrations it went through."""

    rows: dict[str, int]
    migrations: list[tuple[str, str]]


class Manifest(msgspec.Struct, frozen=True):
    """One backup. ``files`` are relative paths; the database is one of them, ``database``."""

    format: int
    made_at: datetime
    site: str
    vendor: str
    database: str
    contents: Contents
    files: dict[str, FileEntry]


def write(manifest: Manifest, folder: Path) -> None:
    """Write a manifest beside what it describes."""
    path = folder / NAME
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def parse(text: bytes) -> Manifest:
    """Read a manifest. Raises BackupError if it is none, or one of a later format."""
    try:
        found = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as error:
        raise BackupError("damaged", f"The manifest cannot be read: {error}") from error
    if found.format > FORMAT:
        raise BackupError(
            "too_new", "A newer version of the program made this backup: take that one."
        )
    return found


def walk(folder: Path) -> Iterator[str]:
    """Yield the relative path of every file below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix()


def entries(folder: Path, known: dict[str, FileEntry]) -> dict[str, FileEntry]:
    """Hash what lies below a folder; what did not change since ``known`` is not read again."""
    found = {}
    for name in walk(folder):
        about = os.stat(folder / name)
        before = known.get(name)
        same = before is not None and (before.size, before.written_ns) == (
            about.st_size,
            about.st_mtime_ns,
        )
        found[name] = (
            before
            if before is not None and same
            else FileEntry(about.st_size, about.st_mtime_ns, hash_of(folder / name))
        )
    return found


def verify(manifest: Manifest, folder: Path) -> None:
    """Raise BackupError unless a folder holds exactly what the manifest says."""
    there = {name for name in walk(folder) if name != NAME}
    missing = sorted(manifest.files.keys() - there)
    unknown = sorted(there - manifest.files.keys())
    if missing or unknown:
        raise BackupError(
            "damaged",
            f"{len(missing)} files of the backup are missing and {len(unknown)} are not "
            f"in its list, as {(missing + unknown)[0]}. Try an earlier one.",
        )
    for name, entry in manifest.files.items():
        if hash_of(folder / name) != entry.sha256:
            raise BackupError(
                "damaged", f"{name} is not what was backed up. Try an earlier backup."
            )


def hash_of(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
