"""A mistake that was found after its turn was answered: asked about one turn later."""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn
from tutor.moves import Move, MoveKind

from .corrections import due_correction
from .repairing import is_right_by_now


def late_elicit(
    turn: LearnerTurn, state: TalkState, learner: Learner, plan: LessonPlan
) -> Move | None:
    """Return the move about the learner's turn before this one, if one is due.

    What was treated in this talk has its own steps, and what the learner says right by
    now needs nothing.
    """
    if state.late is None:
        return None
    fresh = tuple(
        finding
        for finding in state.late.findings
        if not state.tries(finding.key)
        and not is_right_by_now(finding, state.late.text, turn.text, learner.l2)
    )
    late = replace(state.late, findings=fresh)
    due = due_correction(late, state, learner, plan, is_late=True)
    if due is None:
        return None
    return Move(
        MoveKind.ELICIT,
        findings=due.findings[:1],
        reason=f"It was noticed after the last answer. {due.reason}",
        earlier=state.late.text,
    )
