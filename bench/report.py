"""The one form in which benchmarks report."""

from __future__ import annotations

import json
import operator
import os
import platform
import sys
from pathlib import Path
from typing import Any

# How a target's words begin: "< 1.3 s", ">= 0.62".
_REACHED = {"<": operator.lt, "<=": operator.le, ">=": operator.ge, ">": operator.gt}


def say(text: str) -> None:
    """Show progress."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> dict[str, Any]:
    """Return what ran the benchmark, and how busy it was at this moment."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def report(
    figures: dict[str, float],
    targets: dict[str, str],
    detail: dict[str, Any],
    *,
    before: dict[str, Any],
) -> None:
    """Print the one JSON object. ``before`` is ``machine()`` from before the run."""
    missed = []
    for name, target in targets.items():
        say(f"  {name:28} {figures[name]:>10.3f}   target {target}")
        sign, limit = target.split()[:2]
        if not _REACHED[sign](figures[name], float(limit)):
            missed.append(name)
    if missed:
        say(f"not reached: {', '.join(missed)}")
    result = {
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "targets": targets,
        "machine": {**before, "load_after": round(os.getloadavg()[0], 2)},
        "detail": detail,
    }
    print(json.dumps(result))  # noqa: T201
