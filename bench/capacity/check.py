"""Holds the model against a load that was measured: same learners, same stage times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.load_talks import begins_after_s
from bench.report import percentile

from .plan import Plan, Spread, StageTime
from .talks import simulate


@dataclass(frozen=True, slots=True)
class Compared:
    """One level of a measured load beside what the model says. Seconds."""

    learners: int
    measured_p50_s: float
    simulated_p50_s: float
    measured_p95_s: float
    simulated_p95_s: float

    @property
    def error_share(self) -> float:
        """The larger of both relative errors."""
        return max(
            abs(self.simulated_p50_s / self.measured_p50_s - 1),
            abs(self.simulated_p95_s / self.measured_p95_s - 1),
        )


def compare(
    plan: Plan,
    levels: Sequence[Mapping[str, Any]],
    *,
    servers: Mapping[str, int],
    stages: Mapping[str, float],
) -> list[Compared]:
    """Return each measured level beside the simulated one.

    ``levels`` are those of `make bench-load`; ``stages`` the seconds that each stage took
    in that load, without batches.
    """
    measured = replace(
        plan, stages={name: StageTime(Spread(s, 0.02)) for name, s in stages.items()}
    )
    found = []
    for level in levels:
        learners = int(level["learners"])
        seen = simulate(
            measured,
            dict(servers),
            learners=learners,
            seconds=120,
            begin_after_s=[
                begins_after_s(number, plan.talk.cycle_s) for number in range(learners)
            ],
        )
        found.append(
            Compared(
                int(level["learners"]),
                float(level["turn_p50_s"]),
                percentile(seen.first_audio, 0.5),
                float(level["turn_p95_s"]),
                percentile(seen.first_audio, 0.95),
            )
        )
    return found
