"""Some stages on workers, the others in this process."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from typing import Any

from inference.protocols import Cancelled
from inference.stages.stage import Stage

from .base import Produced
from .embedded import EmbeddedRunner
from .queued import QueuedRunner


class RunnerByStage:
    """Hands each stage to where it is done. ``queued`` are those of the workers."""

    def __init__(
        self, here: EmbeddedRunner, there: QueuedRunner, queued: Collection[Stage]
    ) -> None:
        self._here = here
        self._there = there
        self._queued = frozenset(queued)

    def _of(self, stage: Stage) -> EmbeddedRunner | QueuedRunner:
        return self._there if stage in self._queued else self._here

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        return self._of(stage).busy(stage)

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        results = self._of(stage).run(stage, request, cancelled=cancelled)
        async with aclosing(results):
            async for produced in results:
                yield produced

    def close(self) -> None:
        """Wait for no one."""
        self._there.close()
        self._here.close()
