"""What a simulation is given: a TOML file, checked as it is read."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True)
class Spread:
    """A time in seconds: log-normal with this mean and coefficient of variation."""

    mean_s: float
    variation: float = 0.0

    def draw(self, chance: random.Random) -> float:
        """Return one time."""
        if self.variation <= 0 or self.mean_s <= 0:
            return self.mean_s
        # Of the log-normal distribution with that mean and variance.
        sigma2 = math.log1p(self.variation**2)
        return chance.lognormvariate(math.log(self.mean_s) - sigma2 / 2, sigma2**0.5)


@dataclass(frozen=True, slots=True)
class TalkPattern:
    """How people talk. A reply has ``clauses`` of ``clause`` seconds of sound each.

    ``pause_s`` ends an utterance, ``candidate_s`` of silence has it recognised already.
    With ``cycle_s`` somebody begins to speak that long after they did last, or once the
    answer is over. With ``speculates`` the answer is begun before the pause is over.
    """

    speech: Spread
    think: Spread
    clause: Spread
    clauses: int = 3
    pause_s: float = 0.6
    candidate_s: float = 0.16
    partial_every_s: float = 1.0
    cycle_s: float = 0.0
    speculates: bool = True


@dataclass(frozen=True, slots=True)
class StageTime:
    """What one run costs. ``per_second_s`` is for each second of sound besides ``fixed``.

    A server takes up to ``batch`` runs at once, which takes
    ``1 + (n - 1) * marginal`` times as long as one.
    """

    fixed: Spread
    per_second_s: float = 0.0
    batch: int = 1
    marginal: float = 1.0
    window_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of machine. ``serves`` is how many servers of each stage it has.

    ``price`` in US dollars an hour; ``gpus`` how many graphics cards are in it.
    """

    price: float
    serves: Mapping[str, int]
    gpus: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """One deployment. ``stages`` by name: asr, partial, scoring, llm, clause, tts, face, web.

    ``partial`` is a look at unfinished speech by the servers of ``asr``, ``llm`` is until the first clause is written, ``clause`` each further one; both are
    served by the servers of ``llm``. ``web`` is what each of the four steps of a turn costs
    a web process. ``overhead_s`` is the way of a run to a worker and back.
    """

    name: str
    talk: TalkPattern
    stages: Mapping[str, StageTime]
    hosts: Mapping[str, Host]
    target_p95_s: float = 2.0
    overhead_s: float = 0.012
    sources: Mapping[str, str] = field(default_factory=dict)


class PlanError(Exception):
    """A plan that cannot be read; the message says what and where."""


def read_plan(path: Path) -> Plan:
    """Return the plan of a file. Raises PlanError."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), Plan)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PlanError(f"{path}: {error}") from error
