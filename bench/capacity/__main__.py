"""``make simulate-capacity``: hosts and costs for 10 to 100,000 learners, by simulation.

First the model is held against a load that is measured on this machine, then it finds the
smallest set of hosts of a plan (PLAN=file) that keeps the target for each number of learners.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.report import machine, report, say

from .check import compare
from .measured import SERVERS, STAGES, as_measured, measured_levels
from .plan import Plan, read_plan
from .sizing import Size, size_for

PLANS = Path(__file__).parent
LEARNERS = (10, 100, 1000, 10_000, 100_000)
MEASURED = (4, 16, 24)
TARGETS = {"error_share_against_measured": "<= 0.2"}


def main() -> None:
    """Run the simulation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, default=PLANS / "gpu_hosts.toml")
    parser.add_argument("--learners", type=int, nargs="*", default=list(LEARNERS))
    parser.add_argument("--seconds", type=float, default=60.0, help="simulated")
    parser.add_argument("--turns", type=int, default=6, help="of each measured learner")
    options = parser.parse_args()
    before = machine()
    plan = read_plan(options.plan)
    say("a load on this machine, to hold the model against")
    levels = measured_levels(MEASURED, options.turns)
    compared = compare(as_measured(plan), levels, servers=SERVERS, stages=STAGES)
    for one in compared:
        say(
            f"  {one.learners:4} learners  measured p50 {one.measured_p50_s:.2f} p95 "
            f"{one.measured_p95_s:.2f} s  simulated {one.simulated_p50_s:.2f} / "
            f"{one.simulated_p95_s:.2f} s"
        )
    voices = _sizes(plan, options, with_face=False)
    faces = _sizes(plan, options, with_face=True) if "face" in plan.stages else []
    thousand = min(voices, key=lambda size: abs(size.learners - 1000))
    figures = {
        "error_share_against_measured": max(one.error_share for one in compared),
        "gpus_per_1000_learners": 1000 * thousand.gpus / thousand.learners,
        "cost_per_learner_hour_usd": thousand.cost_per_learner_hour,
    }
    detail: dict[str, Any] = {
        "plan": plan.name,
        "sources": dict(plan.sources),
        "compared": [{**asdict(one), "error": one.error_share} for one in compared],
        "measured": levels,
        "voice": [asdict(size) for size in voices],
        "video_from_servers": [asdict(size) for size in faces],
    }
    report(figures, TARGETS, detail, before=before)


def _sizes(plan: Plan, options: argparse.Namespace, *, with_face: bool) -> list[Size]:
    say("with video from servers" if with_face else "with a face drawn by browsers")
    found = []
    for learners in options.learners:
        size = size_for(plan, learners, with_face=with_face, seconds=options.seconds)
        say(
            f"  {learners:7} learners  {size.gpus:6} GPUs  "
            f"{size.cost_per_learner_hour:.3f} $ an hour  p50 {size.p50_s:.2f} s  "
            f"p95 {size.p95_s:.2f} s  busiest {size.busiest}"
        )
        found.append(size)
    return found


if __name__ == "__main__":
    main()
