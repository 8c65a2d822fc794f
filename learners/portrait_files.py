"""Where portraits are kept: below ``PRIVATE_ROOT``, never below a public URL."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

FOLDER = "portraits"


def portrait_path(key: str) -> str:
    """Return the relative path of an avatar's picture."""
    return f"{FOLDER}/{key}.png"


def absolute_path(path: str) -> Path:
    """Return where a relative path lies. Raises ValueError if it leaves the root."""
    root = Path(settings.PRIVATE_ROOT).resolve()
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise ValueError("a portrait lies outside of the private folder")
    return found


def write_portrait(path: str, data: bytes) -> None:
    """Write a picture whole or not at all. Raises OSError."""
    target = absolute_path(path)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


def delete_portrait(path: str) -> None:
    """Delete a picture; one that is gone already is fine."""
    absolute_path(path).unlink(missing_ok=True)
