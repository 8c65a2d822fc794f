"""What the tutor says when a part of the teaching itself fails: simpler, never nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

from .brief import LessonPlan
from .findings import Analysis
from .history import PastTurn, TalkState
from .learner import Learner, LearnerTurn
from .moves import Move, MoveKind
from .policy.remembering import past_turn
from .wording.templates import plainest

logger = logging.getLogger(__name__)

# Stands in the record of a turn in place of a model's error code.
FAILED = "teaching.failed"
GOING_ON = Move(
    MoveKind.CONTINUE, reason="The tutor could not choose a move: the talk goes on."
)


def note(error: Exception) -> None:
    """Log that something failed, by its class alone: the text may hold speech."""
    logger.error("teaching failed with %s", type(error).__name__)


def unanalysed(turn: LearnerTurn) -> Analysis:
    """Return the analysis of a turn that could not be looked at."""
    missing = "the analysis failed"
    return Analysis(turn.text, turn.text, judged=False, typed=False, missing=missing)


def safe_reply(
    move: Move, turn: LearnerTurn, learner: Learner, plan: LessonPlan
) -> tuple[str, Move]:
    """Return the plainest sentence of the move, else of going on, and whose it is.

    Nobody checks it here, where gates may be what failed: these are known to pass.
    Raises what the last one raised.
    """
    going_on = replace(GOING_ON, flag_teacher=move.flag_teacher)
    for chosen, said in ((move, turn), (going_on, turn)):
        try:
            return plainest(chosen, said, learner, plan)[0], chosen
        except Exception as error:  # noqa: BLE001 whatever fails, something is said
            note(error)
    return plainest(going_on, LearnerTurn(""), learner, LessonPlan())[0], going_on


def past_of(
    turn: LearnerTurn,
    analysis: Analysis,
    move: Move,
    state: TalkState,
    plan: LessonPlan,
) -> PastTurn:
    """Return what is kept of an exchange, the move alone if the rest fails."""
    try:
        return past_turn(turn, analysis, move, state, plan)
    except Exception as error:  # noqa: BLE001 the next turn needs a history
        note(error)
        return PastTurn(move.kind)
