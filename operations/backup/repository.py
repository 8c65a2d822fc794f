"""Where backups are kept: a repository of restic, in a folder or a bucket, encrypted.

restic writes what belongs together as one snapshot, which is there once everything else is,
stores each block once, by its SHA-256, and authenticates what it reads.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from . import programs
from .failure import BackupError

HOST = TAG = "tutorplatform"
_DEFAULT_ENDPOINT = "s3.amazonaws.com"
_SOME_FILES_UNREAD = 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One backup of a repository."""

    id: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a backup: its id, files that are new or changed, bytes that were added."""

    id: str
    new_files: int
    files: int
    added_bytes: int


def address(place: str) -> str:
    """Return restic's name for a place: a folder, ``s3://bucket/path``, or its own names."""
    if place.startswith("s3://"):
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or _DEFAULT_ENDPOINT
        return f"s3:{endpoint.rstrip('/')}/{place.removeprefix('s3://')}"
    if place.startswith(("s3:", "sftp:", "rest:", "azure:", "gs:", "b2:", "swift:")):
        return place
    return str(Path(place).absolute())


class Repository:
    """A repository and who may read it."""

    def __init__(self, place: str, *, password_file: str) -> None:
        """Raises BackupError without restic or a password."""
        self.address = address(place)
        # A folder of this host, None if it is elsewhere.
        self.folder = Path(self.address) if self.address.startswith("/") else None
        self._program = programs.find("restic")
        self._environ = {
            "RESTIC_REPOSITORY": self.address,
            "RESTIC_PASSWORD_FILE": str(_password(password_file)),
        }

    def exists(self) -> bool:
        """Whether there is a repository. Raises BackupError where that cannot be told."""
        if self.folder is not None:
            return (self.folder / "config").exists()
        try:
            self._run("cat", "config")
        except BackupError as error:
            # What a bucket lacks, each kind of it calls by another name.
            if "Is there a repository" in error.message:
                return False
            raise
        return True

    def create(self) -> None:
        """Make the repository. Raises BackupError."""
        self._run("init")

    def free_bytes(self) -> int | None:
        """Return the room that is left, None where nobody can tell."""
        if self.folder is None:
            return None
        place = self.folder
        while not place.exists():
            place = place.parent
        return shutil.disk_usage(place).free

    def snapshots(self) -> list[Snapshot]:
        """Return the backups, the oldest first."""
        said = self._run("snapshots", "--json", "--tag", TAG)
        found = [
            Snapshot(one["id"], datetime.fromisoformat(_short_time(one["time"])))
            for one in json.loads(said) or []
        ]
        return sorted(found, key=lambda one: one.made_at)

    def save(self, folder: Path, *, progress: Callable[[float], None]) -> Saved:
        """Back up a folder. Raises BackupError; then there is no new backup."""
        summary: dict[str, Any] = {}
        command = ["backup", "--json", "--tag", TAG, "--host", HOST]
        # The second names that files got change nothing but when their name was given.
        command += ["--ignore-ctime", "."]
        try:
            for line in programs.lines(
                self._command(*command),
                environ=self._environ,
                code="not_saved",
                folder=folder,
            ):
                if line.startswith("{"):
                    said = json.loads(line)
                    if said["message_type"] == "summary":
                        summary = said
                    elif "percent_done" in said:
                        progress(said["percent_done"])
        except BackupError:
            # What could not be read in full is stored all the same.
            if summary.get("snapshot_id"):
                self._run("forget", summary["snapshot_id"])
            raise
        return Saved(
            summary["snapshot_id"],
            summary["files_new"] + summary["files_changed"],
            summary["total_files_processed"],
            summary["data_added"],
        )

    def fetch(self, snapshot: str, target: Path) -> None:
        """Write a backup below a folder. Raises BackupError where it is damaged."""
        self._run("restore", snapshot, "--target", str(target), code="damaged")

    def read(self, snapshot: str, name: str) -> bytes | None:
        """Return one file of a backup, None if it is not in there."""
        try:
            return self._run("dump", snapshot, f"/{name}", code="damaged").encode()
        except BackupError as error:
            if "cannot dump" in error.message or "not found" in error.message:
                return None
            raise

    def keep(self, n: int) -> None:
        """Delete all but the latest backups. Raises BackupError."""
        # What a killed process left behind; the locks of those that live stay.
        self._run("unlock")
        # Backups of other folders of the host count together.
        self._run(
            "forget",
            "--tag",
            TAG,
            "--group-by",
            "host",
            "--keep-last",
            str(n),
            "--prune",
        )

    def check(self) -> None:
        """Read everything and compare it with its hashes. Raises BackupError."""
        self._run("check", "--read-data", code="damaged")

    def _command(self, *words: str) -> list[str | Path]:
        return [self._program, "--no-cache", *words]

    def _run(self, *words: str, code: str = "no_repository") -> str:
        try:
            return programs.run(self._command(*words), environ=self._environ, code=code)
        except BackupError as error:
            if "wrong password" not in error.message:
                raise
            raise BackupError(
                "wrong_password",
                "The password does not open this repository: backups cannot be read.",
            ) from error


def choose(snapshots: list[Snapshot], wanted: str) -> Snapshot:
    """Return a backup by the beginning of its id, or the ``latest``. Raises BackupError."""
    found = [
        one for one in snapshots if wanted == "latest" or one.id.startswith(wanted)
    ]
    if not found:
        raise BackupError("no_backup", f"There is no backup {wanted} here.")
    return found[-1]


def _password(name: str) -> Path:
    if not name:
        raise BackupError(
            "no_password",
            "Backups are encrypted. Write a long password into a file, keep a copy of it "
            "elsewhere, and name the file in TUTOR_BACKUP_PASSWORD_FILE:\n"
            "  (umask 077; openssl rand -base64 32 > /etc/tutor/backup-password)",
        )
    path = Path(name)
    try:
        mode, words = path.stat().st_mode, path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError("no_password", f"{path} cannot be read.") from error
    if not words:
        raise BackupError("no_password", f"{path} is empty.")
    if mode & stat.S_IRWXO:
        raise BackupError(
            "no_permission", f"Everybody may read {path}: chmod 600 {path}"
        )
    return path


def _short_time(time: str) -> str:
    """Return a time with microseconds: restic writes nanoseconds."""
    head, dot, tail = time.partition(".")
    if not dot:
        return time
    digits = tail.rstrip("Z")
    digits, zone = (digits[:9], "+00:00") if tail.endswith("Z") else _parted(tail)
    return f"{head}.{digits[:6]}{zone}"


def _parted(tail: str) -> tuple[str, str]:
    for sign in "+-":
        digits, found, zone = tail.partition(sign)
        if found:
            return digits, sign + zone
    return tail, "+00:00"
