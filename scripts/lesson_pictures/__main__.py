"""Writes the pictures of the lessons."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from .paper import picture

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sessions/static/sessions/pictures"
NAMES = (
    "bus_stop", "cafe", "classroom", "doctor", "family_dinner", "kitchen", "living_room",
    "market", "office", "park", "party", "station", "street", "beach",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Write the named pictures, all if none is named. Returns the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        module = importlib.import_module(f".{name}", __package__)
        svg = picture(getattr(module, name)())
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"{name}: {len(svg)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
