"""The programs that do the work: restic, and the tools of PostgreSQL."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from .failure import BackupError

_PACKAGES = {
    "restic": "restic",
    "pg_dump": "postgresql-client",
    "pg_restore": "postgresql-client",
    "psql": "postgresql-client",
}
_FOLDERS = "usr/lib/postgresql/*/bin"


def find(name: str) -> Path:
    """Return a program's path, of several versions the newest. Raises BackupError."""
    found = [Path(path) for path in [shutil.which(name)] if path]
    if name != "restic":
        found += Path("/").glob(f"{_FOLDERS}/{name}")
    if not found:
        package = _PACKAGES[name]
        raise BackupError(
            "no_program", f"{name} is missing: apt-get install {package}, or its like."
        )
    return max(found, key=version)


def version(program: Path) -> tuple[int, ...]:
    """Return what a program says its version is, ``(0,)`` if it says none."""
    flag = "version" if program.name == "restic" else "--version"
    done = subprocess.run(  # noqa: S603 found by its name
        [program, flag], capture_output=True, text=True, check=False
    )
    number = re.search(r"(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part) for part in number.groups() if part) if number else (0,)


def run(
    command: Sequence[str | Path],
    *,
    environ: Mapping[str, str],
    code: str,
    folder: Path | None = None,
    into: IO[bytes] | None = None,
    read: IO[bytes] | None = None,
) -> str:
    """Run a program to its end; return what it said. Raises BackupError with ``code``.

    What it writes is for its owner only. Secrets go through ``environ``, where other
    people's process lists do not show them.
    """
    done = subprocess.run(  # noqa: S603 our own arguments
        command,
        cwd=folder,
        env={**os.environ, **environ},
        stdin=read or subprocess.DEVNULL,
        stdout=into or subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
        umask=0o077,
    )
    if done.returncode:
        raise BackupError(code, f"{Path(command[0]).name}: {last_words(done.stderr)}")
    return (done.stdout or b"").decode(errors="replace")


def lines(
    command: Sequence[str | Path],
    *,
    environ: Mapping[str, str],
    code: str,
    folder: Path,
) -> Iterator[str]:
    """Run a program and yield what it says, line by line. Raises BackupError at its end."""
    with subprocess.Popen(  # noqa: S603 our own arguments
        command,
        cwd=folder,
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=0o077,
    ) as process:
        assert process.stdout is not None  # noqa: S101 it is piped
        said = ""
        for line in process.stdout:
            said = line if line.strip() else said
            yield line
    if process.returncode:
        raise BackupError(code, f"{Path(command[0]).name}: {last_words(said.encode())}")


def last_words(said: bytes) -> str:
    """Return the end of what a program complained about, on one line."""
    words = " ".join(said.decode(errors="replace").split())
    return words[-500:] or "it said nothing"
