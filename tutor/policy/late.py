"""A mistake that was found after its turn was answered: asked about one turn later."""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.findings import Finding
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn
from tutor.moves import Move, MoveKind

from .corrections import due_correction
from .heard import words_of


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
        if not state.tries(finding.key) and not _is_right_now(finding, turn)
    )
    due = due_correction(replace(state.late, findings=fresh), state, learner, plan)
    if due is None:
        return None
    return Move(
        MoveKind.ELICIT,
        findings=due.findings[:1],
        reason=f"It was noticed after the last answer. {due.reason}",
        earlier=state.late.text,
    )


def _is_right_now(finding: Finding, turn: LearnerTurn) -> bool:
    said, better = words_of(turn.text), words_of(finding.better)
    return bool(better) and any(
        said[place : place + len(better)] == better
        for place in range(len(said) - len(better) + 1)
    )
