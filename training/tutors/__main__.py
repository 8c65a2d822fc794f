"""``make build-tutors``: fetches the data, builds every tutor, writes their GLBs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .assembly import assemble
from .fetching import fetch_wheel
from .glb_writer import glb_of
from .people import PEOPLE
from .source import Source

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "inference" / "static" / "inference" / "tutors"


def main() -> int:
    """Build all tutors, or those named. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.tutors")
    parser.add_argument("--only", nargs="*", default=[person.name for person in PEOPLE])
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--cache", type=Path, default=ROOT / ".dev" / "tutors")
    options = parser.parse_args()
    source = Source(fetch_wheel(options.cache))
    options.output.mkdir(parents=True, exist_ok=True)
    for person in PEOPLE:
        if person.name in options.only:
            content = glb_of(assemble(source, person))
            (options.output / f"{person.name}.glb").write_bytes(content)
            sys.stdout.write(f"{person.name}.glb {len(content):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
