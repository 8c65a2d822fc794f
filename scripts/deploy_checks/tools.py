"""The tools' environment, ``.dev/deploy``, and how they are asked."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
FOLDER = ROOT / ".dev" / "deploy"
_WANTED = ROOT / "requirements" / "deploy.in"


class CheckFailed(Exception):
    """A tool found a fault; the message has its words."""


def install() -> None:
    """Make the environment unless it is there. Raises CheckFailed."""
    stamp, wanted = FOLDER / ".installed", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    python = FOLDER / "bin" / "python"
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run([python, *pip, "-r", _WANTED], check=False)
    if done.returncode:
        raise CheckFailed("The tools could not be installed.")
    stamp.write_text(wanted)


def ask(
    tool: str,
    arguments: Sequence[str | Path],
    *,
    folder: Path = ROOT,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Return what a tool prints. Raises CheckFailed with its words if it finds a fault."""
    done = subprocess.run(
        [FOLDER / "bin" / tool, *arguments],
        cwd=folder,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CheckFailed(f"{tool}: {done.stdout.strip()}\n{done.stderr.strip()}")
    return done.stdout


def _fingerprint() -> str:
    return hashlib.sha256(sys.version.encode() + _WANTED.read_bytes()).hexdigest()
