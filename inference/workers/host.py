"""One worker process: its engines, its threads, and what it says of itself."""

from __future__ import annotations

import logging
import os
import resource
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from redis import Redis

from inference.stages.executor import GetEngine
from inference.stages.stage import STAGES, EngineKind, Stage
from inference.transport.exchange import Exchange
from inference.transport.fleet import WorkerState
from inference.transport.payloads import pack

from .board import Board
from .gpus import gpu_figures
from .pulse import Pulse
from .stage_run import Around, StageWorker, nothing_around

logger = logging.getLogger(__name__)

Warm = Callable[[tuple[EngineKind, ...]], Mapping[EngineKind, str]]


class WorkerHost:
    """A worker of some stages. ``places`` is how many runs go on at once, of each stage."""

    def __init__(
        self,
        *,
        name: str,
        queues: tuple[str, ...],
        stages: tuple[Stage, ...],
        places: int,
        redis: Redis,
        exchange: Exchange,
        get_engine: GetEngine,
        warm: Warm,
        engine_words: Callable[[EngineKind], str],
        around: Around = nothing_around,
    ) -> None:
        self._name = name
        self._queues = queues
        self._stages = stages
        self._places = places
        self._get_engine = get_engine
        self._warm = warm
        self._engine_words = engine_words
        self._started_at = time.time()
        self._problems: Mapping[EngineKind, str] = {}
        self.board = Board()
        self.stage_worker = StageWorker(
            name=name,
            redis=redis,
            exchange=exchange,
            get_engine=get_engine,
            board=self.board,
            around=around,
        )
        self._pulse = Pulse(
            redis=redis,
            board=self.board,
            describe=self.describe,
            release=self.release,
        )

    @property
    def kinds(self) -> tuple[EngineKind, ...]:
        """The engines that this worker needs."""
        return tuple(dict.fromkeys(STAGES[stage].engine for stage in self._stages))

    def start(self) -> None:
        """Load the engines, then say that this worker is there."""
        self._problems = self._warm(self.kinds)
        for kind, problem in self._problems.items():
            logger.error("%s cannot be used: %s", kind.value, problem)
        self._pulse.start()

    def close(self) -> None:
        """Say no more."""
        self._pulse.close()

    def describe(self) -> WorkerState:
        """Return how this worker is."""
        return WorkerState(
            name=self._name,
            host=socket.gethostname(),
            pid=os.getpid(),
            queues=self._queues,
            started_at=self._started_at,
            at=time.time(),
            places={stage.value: self._places for stage in self._stages},
            running=self.board.running(),
            done=self.board.done,
            failed=self.board.failed,
            engines={kind.value: self._engine_words(kind) for kind in self.kinds},
            problems={kind.value: words for kind, words in self._problems.items()},
            avatars=self.board.avatars(),
            capabilities=self._capabilities(),
            memory_mb=_memory_mb(),
            gpus=gpu_figures(),
        )

    def release(self, talk: str) -> None:
        """Let engines forget a talk that is over."""
        if not self.board.forget_talk(talk):
            return
        for kind in self.kinds:
            # A talk that is over troubles nobody any more.
            with suppress(Exception):
                self._get_engine(kind).release(talk)

    def _capabilities(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for kind in self.kinds:
            # What cannot be loaded can do nothing; `problems` says why.
            with suppress(Exception):
                found[kind.value] = pack(self._get_engine(kind).capabilities)
        return found


def _memory_mb() -> float:
    """Return the resident memory of this process; its peak where that is not known."""
    try:
        with open("/proc/self/statm") as file:
            pages = int(file.read().split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
