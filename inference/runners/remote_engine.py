"""What engines on workers share: each orders runs as a talk does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from inference.errors import EngineUnavailable
from inference.protocols import Cancelled
from inference.stages.stage import EngineKind, Stage
from inference.transport.fleet import Fleet
from inference.transport.payloads import unpack

from .base import StageRunner

# How long a worker is waited for where one is needed at once.
PATIENCE_S = 10.0
_LOOK_S = 0.25


class RemoteEngine:
    """What all of them share. ``capabilities_type`` is what workers say of this kind."""

    kind: EngineKind
    stage: Stage
    capabilities_type: type

    def __init__(self, runner: StageRunner, fleet: Fleet) -> None:
        self._runner = runner
        self._fleet = fleet
        self._last: Any = None

    def warm(self) -> None:
        """Wait for a worker. Raises EngineUnavailable."""
        self._said()

    def release(self, talk: str) -> None:
        """Workers keep nothing of a talk."""

    def close(self) -> None:
        """Workers end by themselves."""

    def _said(self) -> Any:
        """Return what workers of this kind can do; the last that was known, while none is."""
        give_up_at = time.monotonic() + (PATIENCE_S if self._last is None else 0.0)
        while True:
            for worker in self._fleet.alive:
                if (packed := worker.capabilities.get(self.kind.value)) is not None:
                    self._last = unpack(packed, self.capabilities_type)
                    return self._last
            if self._last is not None:
                return self._last
            if time.monotonic() >= give_up_at:
                raise EngineUnavailable(
                    "engine.unavailable", f"no worker has a {self.kind.value}"
                )
            time.sleep(_LOOK_S)

    def _run(self, stage: Stage, request: Any, cancelled: Cancelled) -> Iterator[Any]:
        """Yield the results of a run, from a thread without an event loop."""
        loop = asyncio.new_event_loop()
        results = self._runner.run(stage, request, cancelled=cancelled)
        try:
            while True:
                try:
                    produced = loop.run_until_complete(anext(results))
                except StopAsyncIteration:
                    return
                yield produced.value
        finally:
            loop.run_until_complete(results.aclose())
            loop.close()
