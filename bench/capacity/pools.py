"""Servers that do runs of a stage, several at once where they can."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

from .plan import StageTime

Step = Generator[simpy.Event, Any, Any]


@dataclass(slots=True)
class _Run:
    alone_s: float
    since: float
    done: simpy.Event


@dataclass(slots=True)
class Pool:
    """``servers`` of one stage and the line before them."""

    env: simpy.Environment
    time: StageTime
    servers: int
    chance: random.Random
    waits: list[float] = field(default_factory=list)
    busy_s: float = 0.0
    # Whether a run would have to wait, as far as who orders has been told.
    is_known_busy: bool = False
    _line: deque[_Run] = field(default_factory=deque)
    _free: int = field(default=0)

    def __post_init__(self) -> None:
        self._free = self.servers

    def run(self, audio_s: float = 0.0, *, kind: StageTime | None = None) -> Step:
        """Wait for a server, then for the work. ``kind``: another time than the pool's."""
        time = kind or self.time
        alone_s = time.fixed.draw(self.chance) + time.per_second_s * audio_s
        run = _Run(alone_s, self.env.now, self.env.event())
        self._line.append(run)
        self._serve()
        yield run.done

    def tell(self, every_s: float) -> Step:
        """Say now and then whether a run would have to wait, as workers do."""
        while True:
            self.is_known_busy = self._free == 0
            yield self.env.timeout(every_s)

    def _serve(self) -> None:
        if self._free and self._line:
            self._free -= 1
            self.env.process(self._work())

    def _work(self) -> Step:
        if self.time.window_s:
            yield self.env.timeout(self.time.window_s)
        while self._line:
            batch = [
                self._line.popleft()
                for _ in range(min(self.time.batch, len(self._line)))
            ]
            longest = max(run.alone_s for run in batch)
            seconds = longest * (1 + (len(batch) - 1) * self.time.marginal)
            self.waits += [self.env.now - run.since for run in batch]
            self.busy_s += seconds
            yield self.env.timeout(seconds)
            for run in batch:
                run.done.succeed()
        self._free += 1
