"""What can go wrong with a backup."""

from __future__ import annotations


class BackupError(Exception):
    """A backup or a restore that was refused, or stopped before it was whole.

    ``code`` is stable and documented in ``docs/backup.md``; the message says what to do.
    Neither holds anything about people.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
