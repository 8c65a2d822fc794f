"""What was verified: the size and time of each file when its hash was last right.

A start compares size and time (microseconds) instead of hashing a gigabyte. Anything that
writes to a file changes its time, and then it is hashed again.
"""

from __future__ import annotations

import json
from pathlib import Path

from .files import replace_with_text
from .manifest import ModelFile


class VerifiedRecords:
    """The record of one model's verified files."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def holds(self, file: ModelFile, target: Path) -> bool:
        """Tell whether the file on disk is the one that was verified."""
        return self._read().get(file.path) == _fingerprint(file, target)

    def add(self, file: ModelFile, target: Path) -> None:
        """Remember that the file on disk has the manifest's hash."""
        records = self._read()
        records[file.path] = _fingerprint(file, target)
        replace_with_text(self._path, json.dumps(records, indent=1))

    def drop(self, file: ModelFile) -> None:
        """Forget a file that turned out to be another one."""
        records = self._read()
        if records.pop(file.path, None) is not None:
            replace_with_text(self._path, json.dumps(records, indent=1))

    def _read(self) -> dict[str, list[int | str]]:
        try:
            records = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return records if isinstance(records, dict) else {}


def _fingerprint(file: ModelFile, target: Path) -> list[int | str]:
    stat = target.stat()
    return [file.sha256, stat.st_size, stat.st_mtime_ns]
