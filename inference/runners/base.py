"""What a turn needs of whatever runs its stages."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Protocol

from inference.protocols import Cancelled
from inference.stages.stage import Stage


@dataclass(frozen=True, slots=True)
class Produced:
    """One result of a stage, with when its run began and when it was produced.

    Both in seconds of ``time.monotonic`` of the process that asked. Waiting in line
    for a thread is not part of it.
    """

    value: Any
    began_at: float
    produced_at: float


class StageRunner(Protocol):
    """Runs stages somewhere and brings their results back in order."""

    def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results; stop early, without an error, once cancelled.

        Raises StageError, also when the stage misses its deadline.
        """
        ...

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        ...
