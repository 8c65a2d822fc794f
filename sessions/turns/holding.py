"""A reply that stands still because something is heard, and goes on or is given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplyHeld:
    """Voice and face stand still: somebody may have begun to speak."""

    turn: int
    attempt: int


@dataclass(frozen=True, slots=True)
class ReplyResumed:
    """It was nothing: the reply goes on from ``from_ms`` of its timeline."""

    turn: int
    attempt: int
    from_ms: float
