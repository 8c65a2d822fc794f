"""Where archives lie: below ``PRIVATE_ROOT``, whole or not there."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sessions.recordings import absolute_path, delete_file


def export_path(export: UUID) -> Path:
    """Return where the archive of an export lies, whether it is there or not."""
    return absolute_path(_relative(export))


def delete_export(export: UUID) -> None:
    """Delete the archive of an export; one that is gone already is fine."""
    delete_file(_relative(export))


def _relative(export: UUID) -> str:
    return f"exports/{export}.zip"
