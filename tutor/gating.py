"""What gates are asked and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .brief import LessonPlan
from .findings import Analysis
from .learner import Learner
from .moves import Move


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """All that a reply is checked against.

    ``learner`` stands at the level that the reply is spoken at; ``last_reply`` is what the
    tutor said before.
    """

    learner: Learner
    plan: LessonPlan
    move: Move
    analysis: Analysis
    last_reply: str = ""


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's answer. ``reason`` is told to the model when it words the move anew.

    ``measured`` is what was counted (share, words, questions), for teachers and benches.
    """

    gate: str
    passed: bool
    reason: str = ""
    measured: float = 0.0


class Gate(Protocol):
    """Checks a reply. A gate never changes text and never raises."""

    name: str
    # Whether a clause can be checked by itself, before the rest is known.
    by_clause: bool

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Check a reply, or its beginning up to the newest clause if not ``whole``."""
        ...
