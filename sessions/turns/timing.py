"""The waterfall of one turn."""

from __future__ import annotations

from .events import StageSpan, TurnTiming


class TurnTimer:
    """Collects spans and marks in ms from the turn's zero (clock in seconds)."""

    def __init__(self, *, zero_at: float, zero: str) -> None:
        self._zero_at = zero_at
        self._zero = zero
        self._spans: list[StageSpan] = []
        self._marks: dict[str, float] = {}
        # The steps that were taken for haste, by name.
        self.pace: tuple[str, ...] = ()

    @property
    def zero_at(self) -> float:
        """The turn's zero by the clock."""
        return self._zero_at

    def span(self, name: str, began_at: float, ended_at: float) -> None:
        """Add a span."""
        self._spans.append(StageSpan(name, self._ms(began_at), self._ms(ended_at)))

    def mark(self, name: str, at: float) -> None:
        """Note when something happened for the first time."""
        self._marks.setdefault(name, self._ms(at))

    def result(self, turn: int) -> TurnTiming:
        """Return what was collected, spans in the order they began."""
        spans = sorted(self._spans, key=lambda span: (span.start_ms, span.end_ms))
        return TurnTiming(turn, self._zero, tuple(spans), dict(self._marks), self.pace)

    def _ms(self, at: float) -> float:
        return round(1000 * (at - self._zero_at), 1)
