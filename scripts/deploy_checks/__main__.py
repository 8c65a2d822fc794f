"""Runs every check and says what was looked at."""

from __future__ import annotations

import sys

from . import checks
from .tools import CheckFailed, install

CHECKS = (
    checks.dockerfiles, checks.scripts, checks.compose, checks.proxy, checks.kubernetes,
    checks.observability,
)  # fmt: skip


def main() -> int:
    """Return the exit code: 1 if something is wrong."""
    failed = False
    try:
        install()
    except CheckFailed as problem:
        print(problem, file=sys.stderr)
        return 1
    for check in CHECKS:
        try:
            for looked_at in check():
                print(f"  {looked_at}", flush=True)
        except CheckFailed as problem:
            failed = True
            print(f"{check.__name__}: {problem}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
