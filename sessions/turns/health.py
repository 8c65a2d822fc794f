"""Which parts of the tutor do not work at the moment, and who was told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from inference.stages.stage import Stage

from .events import StageDegraded, StageRecovered, TurnEvent
from .messages import MESSAGES

# After so many failures in a row a stage that can be done without is left alone so long.
REST_AFTER = 2
REST_S = 15.0


@dataclass(slots=True)
class _Failures:
    in_a_row: int = 0
    latest_at: float = 0.0


class StageHealth:
    """Tells once when a stage stops working and once when it works again."""

    def __init__(
        self,
        emit: Callable[[TurnEvent], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._emit = emit
        self._clock = clock
        self._degraded: dict[Stage, StageDegraded] = {}
        self._failures: dict[Stage, _Failures] = {}

    @property
    def degraded(self) -> tuple[StageDegraded, ...]:
        """What does not work right now."""
        return tuple(self._degraded.values())

    def failed(self, stage: Stage, code: str) -> None:
        """A run of the stage failed."""
        failures = self._failures.setdefault(stage, _Failures())
        failures.in_a_row += 1
        failures.latest_at = self._clock()
        event = StageDegraded(stage.value, code, MESSAGES[code])
        if self._degraded.get(stage) != event:
            self._degraded[stage] = event
            self._emit(event)

    def worked(self, stage: Stage) -> None:
        """A run of the stage succeeded."""
        self._failures.pop(stage, None)
        if self._degraded.pop(stage, None) is not None:
            self._emit(StageRecovered(stage.value))

    def rests(self, stage: Stage) -> bool:
        """Whether the stage failed so often that nobody should wait for it just now.

        After a while one run may try again; if it fails, the rest begins anew.
        """
        failures = self._failures.get(stage)
        if failures is None or failures.in_a_row < REST_AFTER:
            return False
        return self._clock() - failures.latest_at < REST_S
