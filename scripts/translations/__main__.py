"""The command line of the catalogues."""

from __future__ import annotations

import argparse
import sys

from .checking import problems
from .compiling import compile_changed
from .files import ROOT
from .updating import update


def main() -> int:
    """Do what is asked. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.translations")
    parser.add_argument("action", choices=("update", "compile", "check"))
    action = parser.parse_args().action
    if action == "update":
        print("\n".join(update()))
        return 0
    if action == "compile":
        for path in compile_changed():
            print(f"compiled {path.relative_to(ROOT)}")
        return 0
    found = problems()
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
