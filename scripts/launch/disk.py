"""Room on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from .failure import LaunchError

GIGABYTE = 1_000_000_000


def require_space(folder: Path, gigabytes: float, *, free: int | None = None) -> None:
    """Raise LaunchError unless the folder's disk has room for the installation."""
    if free is None:
        free = shutil.disk_usage(folder).free
    if free < gigabytes * GIGABYTE:
        raise LaunchError(
            f"The disk of {folder} has {free / GIGABYTE:.1f} GB free; installing needs "
            f"{gigabytes:.1f} GB.\nFree some space, or lower the limit if you know better: "
            "make run MIN_FREE_GB=2"
        )
