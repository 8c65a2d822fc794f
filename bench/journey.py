"""``make bench-journey``: simulated learners of known ability on their way.

Each part is a module ``bench.journey_<part>`` with ``TARGETS`` and ``run()``, which returns
its figures by name. ``FIGURES`` are those that stand in the report; what else a part returns
goes to the detail.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from .report import machine, report, say

PARTS = ("placement", "reviews", "drills")
FIGURES = frozenset(
    {
        "placement_exact_share",
        "placement_within_one_share",
        "placement_items",
        "retention_abs_error",
        "weak_contrast_found_share",
    }
)


def main() -> None:
    """Run the parts that are asked for."""
    parts = _parts()
    before = machine()
    figures: dict[str, float] = {}
    targets: dict[str, str] = {}
    detail: dict[str, Any] = {}
    for part in parts:
        say(part)
        start = time.monotonic()
        module = import_module(f"bench.journey_{part}")
        found: dict[str, float] = module.run()
        figures |= {name: found[name] for name in found if name in FIGURES}
        more = {name: found[name] for name in found if name not in FIGURES}
        targets |= module.TARGETS
        detail[part] = {**more, "took_s": round(time.monotonic() - start, 1)}
    report(figures, targets, detail, before=before)


def _parts() -> list[str]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", default=",".join(PARTS), help="some of them")
    asked = parser.parse_args().parts.replace(",", " ").split()
    unknown = sorted(set(asked) - set(PARTS))
    if unknown or not asked:
        sys.exit(f"bench-journey: parts are {', '.join(PARTS)}")
    return [part for part in PARTS if part in asked and _is_there(part)]


def _is_there(part: str) -> bool:
    if find_spec(f"bench.journey_{part}") is not None:
        return True
    say(f"{part}: not measured here")
    return False


if __name__ == "__main__":
    main()
