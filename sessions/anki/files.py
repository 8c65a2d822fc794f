"""Where the files for Anki lie: below ``PRIVATE_ROOT``, whole or not there."""

from __future__ import annotations

from pathlib import Path

from ..recordings import absolute_path, delete_file


def export_path(export_id: int) -> Path:
    """Return where the file of an export lies, whether it is there or not."""
    return absolute_path(_relative(export_id))


def delete_export(export_id: int) -> None:
    """Delete the file of an export; one that is gone already is fine."""
    delete_file(_relative(export_id))


def _relative(export_id: int) -> str:
    return f"anki/{export_id}.apkg"
