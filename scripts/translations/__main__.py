"""The command line of the catalogues."""

from __future__ import annotations

import argparse
import sys

from .bare_words import bare_words
from .checking import problems
from .compiling import compile_changed
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
        compile_changed()
        return 0
    found = [*bare_words(), *problems()]
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
