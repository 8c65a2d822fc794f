"""Spans of traces, as the code that does the work sees them. Nobody keeps them by default.

`telemetry.otel` puts a tracer in place that does; until then every call here does nothing,
and OpenTelemetry is not imported. Times are seconds of ``time.monotonic`` of this process.
Attributes are ids, names of stages and engines, numbers and outcomes: no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Attribute = str | int | float | bool


class Span(Protocol):
    """Something that takes time. One that never ends is never sent."""

    def set(self, **attributes: Attribute) -> None:
        """Add attributes."""

    def note(self, name: str, at: float) -> None:
        """Note a moment."""

    def child(
        self, name: str, began_at: float, ended_at: float, **attributes: Attribute
    ) -> None:
        """Add a part that is over."""

    def inside(self) -> AbstractContextManager[None]:
        """Make it the parent of what begins meanwhile, also in tasks that are made."""

    def end(self, *, problem: str = "", at: float | None = None) -> None:
        """It is over. ``problem`` is an error's code; a second end is passed over."""


class Tracer(Protocol):
    """Whoever keeps spans."""

    def begin(
        self, name: str, *, root: bool = False, at: float | None = None, kind: str = ""
    ) -> Span:
        """Begin a span below the current one; ``root``: a trace of its own.

        ``kind`` is ``consumer`` for work that another process ordered.
        """

    def carry(self) -> dict[str, str]:
        """Return the current span as headers of the W3C trace context."""

    def continued(self, carried: Mapping[str, str]) -> AbstractContextManager[None]:
        """Make a span of another process the parent of what begins meanwhile."""

    def close(self) -> None:
        """Send what was not sent yet."""


class NoSpan:
    """Stands for every span while nobody keeps them."""

    def set(self, **attributes: Attribute) -> None:
        """Do nothing."""

    def note(self, name: str, at: float) -> None:
        """Do nothing."""

    def child(
        self, name: str, began_at: float, ended_at: float, **attributes: Attribute
    ) -> None:
        """Do nothing."""

    def inside(self) -> AbstractContextManager[None]:
        """Do nothing."""
        return _NOTHING

    def end(self, *, problem: str = "", at: float | None = None) -> None:
        """Do nothing."""


class NoTracer:
    """Keeps nothing."""

    def begin(
        self, name: str, *, root: bool = False, at: float | None = None, kind: str = ""
    ) -> Span:
        """Return what stands for every span."""
        return NO_SPAN

    def carry(self) -> dict[str, str]:
        """There is nothing to carry."""
        return {}

    def continued(self, carried: Mapping[str, str]) -> AbstractContextManager[None]:
        """Do nothing."""
        return _NOTHING

    def close(self) -> None:
        """There is nothing to send."""


_NOTHING: AbstractContextManager[None] = nullcontext()
NO_SPAN: Span = NoSpan()
_tracer: Tracer = NoTracer()


def tracer() -> Tracer:
    """Return whoever keeps spans in this process."""
    return _tracer


def use(kept_by: Tracer) -> Tracer:
    """Have spans kept from now on; return who kept them before."""
    global _tracer
    before, _tracer = _tracer, kept_by
    return before
