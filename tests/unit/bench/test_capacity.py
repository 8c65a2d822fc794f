"""The simulation agrees with what is known of lines, and says what is wrong with a plan."""

from __future__ import annotations

import random
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import simpy

from bench.capacity.__main__ import PLANS
from bench.capacity.plan import Plan, PlanError, Spread, StageTime, read_plan
from bench.capacity.pools import Pool
from bench.capacity.sizing import size_for

SERVICE_S = 0.2


def wait_s(share: float, *, batch: int = 1, marginal: float = 1.0) -> float:
    """Return the mean wait before one server that is in use for this share of time."""
    env, chance = simpy.Environment(), random.Random(7)  # noqa: S311 a simulation
    time = StageTime(Spread(SERVICE_S), batch=batch, marginal=marginal)
    pool = Pool(env, time, 1, chance)

    def arrivals() -> Generator[simpy.Event, Any, None]:
        while True:
            yield env.timeout(chance.expovariate(share / SERVICE_S))
            env.process(pool.run())

    env.process(arrivals())
    env.run(until=3000)
    return sum(pool.waits) / len(pool.waits)


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_waits_are_those_of_a_line_with_fixed_service(share: float) -> None:
    # M/D/1: Pollaczek and Khinchin, https://en.wikipedia.org/wiki/M/D/1_queue
    expected = SERVICE_S * share / (2 * (1 - share))
    assert wait_s(share) == pytest.approx(expected, rel=0.12)


def test_batches_carry_what_single_runs_could_not() -> None:
    assert wait_s(1.5, batch=8, marginal=0.2) < SERVICE_S


def test_drawn_times_have_the_mean_that_was_asked_for() -> None:
    chance = random.Random(3)  # noqa: S311 a simulation
    spread = Spread(2.0, 0.5)
    drawn = [spread.draw(chance) for _ in range(20_000)]
    assert sum(drawn) / len(drawn) == pytest.approx(2.0, rel=0.02)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan that comes with the project."""
    return read_plan(PLANS / "gpu_hosts.toml")


def test_more_learners_need_more_and_faces_cost_more(plan: Plan) -> None:
    few = size_for(plan, 10, with_face=False, seconds=30)
    more = size_for(plan, 40, with_face=False, seconds=30)
    faces = size_for(plan, 40, with_face=True, seconds=30)
    assert few.p95_s <= plan.target_p95_s
    assert few.gpus <= more.gpus < faces.gpus
    assert more.cost_per_learner_hour < few.cost_per_learner_hour


@pytest.mark.parametrize(
    "text", ["name = 3", "name = 'a'\n[talk]\nspeech = { mean_s = 'long' }", "[["]
)
def test_a_plan_that_cannot_be_read_says_where(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text)
    with pytest.raises(PlanError, match=r"plan\.toml"):
        read_plan(path)
