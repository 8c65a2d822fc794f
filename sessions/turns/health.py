"""Which parts of the tutor do not work at the moment, and who was told."""

from __future__ import annotations

from collections.abc import Callable

from inference.stages.stage import Stage

from .events import StageDegraded, StageRecovered, TurnEvent
from .messages import MESSAGES


class StageHealth:
    """Tells once when a stage stops working and once when it works again."""

    def __init__(self, emit: Callable[[TurnEvent], None]) -> None:
        self._emit = emit
        self._degraded: dict[Stage, StageDegraded] = {}

    @property
    def degraded(self) -> tuple[StageDegraded, ...]:
        """What does not work right now."""
        return tuple(self._degraded.values())

    def failed(self, stage: Stage, code: str) -> None:
        """A run of the stage failed."""
        event = StageDegraded(stage.value, code, MESSAGES[code])
        if self._degraded.get(stage) != event:
            self._degraded[stage] = event
            self._emit(event)

    def worked(self, stage: Stage) -> None:
        """A run of the stage succeeded."""
        if self._degraded.pop(stage, None) is not None:
            self._emit(StageRecovered(stage.value))
