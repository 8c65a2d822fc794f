"""Compiles ``requirements/*.in`` to exact pins, and tells whether the pins are in step.

Each ``.txt`` starts with the SHA-256 of the ``.in`` it came from, so that the check needs
no network.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
SETS = ("base", "engines", "piper", "scaled", "webrtc", "observability", "dev")


def main() -> int:
    """Compile, or check with ``--check``. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.lock")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--upgrade", action="store_true")
    options = parser.parse_args()
    if not options.check:
        for name in SETS:
            compile_set(name, upgrade=options.upgrade)
    problems = find_problems(REQUIREMENTS)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def compile_set(name: str, *, upgrade: bool) -> None:
    """Write one ``.txt``."""
    target = REQUIREMENTS / f"{name}.txt"
    command: list[str | Path] = [
        Path(sys.executable).with_name("uv"), "pip", "compile", "--quiet",
        "--universal", "--python-version", "3.11", "--no-header", "--no-annotate",
        "--no-emit-index-url", "--no-emit-find-links",
        *(["--upgrade"] if upgrade else []),
        REQUIREMENTS / f"{name}.in", "--output-file", target,
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)
    pins = [
        line for line in target.read_text().splitlines() if not line.startswith("#")
    ]
    target.write_text("\n".join([header(REQUIREMENTS, name), *pins]) + "\n")


def header(folder: Path, name: str) -> str:
    """Return the first line that the compiled file must have."""
    digest = hashlib.sha256((folder / f"{name}.in").read_bytes()).hexdigest()
    return f"# Compiled by `make lock` from {name}.in, SHA-256 {digest}"


def find_problems(folder: Path) -> list[str]:
    """Return what is out of step, in words."""
    problems = []
    pins: dict[str, str] = {}
    for name in SETS:
        lines = (folder / f"{name}.txt").read_text().splitlines()
        if lines[0] != header(folder, name):
            problems.append(f"{name}.txt is not compiled from {name}.in: run make lock")
        for line in lines[1:]:
            requirement, _, marker = line.partition(";")
            package, _, version = requirement.strip().partition("==")
            key = f"{package};{marker.strip()}"
            if pins.setdefault(key, version) != version:
                problems.append(
                    f"{package} is {version} in {name}.txt, {pins[key]} before"
                )
    return problems


if __name__ == "__main__":
    sys.exit(main())
