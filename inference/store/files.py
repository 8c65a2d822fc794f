"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def replace_with_text(path: Path, text: str) -> None:
    """Write a small text file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def move_into_place(partial: Path, target: Path) -> None:
    """Make a finished file appear under its name, also after a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with partial.open("rb+") as handle:
        os.fsync(handle.fileno())
    partial.replace(target)


def set_aside(target: Path) -> Path:
    """Rename a file that is not what it should be, and return its new name."""
    aside = target.with_name(f"{target.name}.corrupt")
    target.replace(aside)
    return aside
