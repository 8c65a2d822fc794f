"""The project's own files, for guards to look at."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "tutorplatform", "connect", "operations", "coursework", "sessions", "learners", "schools",
    "lessons", "inference", "tutor", "telemetry", "scripts", "bench", "training",
)  # fmt: skip
_LEFT_OUT = {
    ".venv", ".git", ".dev", "var", "node_modules", "__pycache__",
    ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
}  # fmt: skip


@cache
def project_files() -> tuple[Path, ...]:
    """Return what git tracks or would track; without git, all but the known clutter."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0 and done.stdout:
        paths = [ROOT / name for name in done.stdout.split("\0") if name]
        return tuple(path for path in paths if path.is_file())
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not _LEFT_OUT & set(path.relative_to(ROOT).parts)
    )


def python_modules() -> list[Path]:
    """Return the modules of the product and its programs, migrations left out."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in PACKAGES
        and "migrations" not in path.parts
    ]
