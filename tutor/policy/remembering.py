"""What is kept of an exchange for the choices that follow."""

from __future__ import annotations

from tutor.brief import LessonPlan
from tutor.findings import Analysis, Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import LearnerTurn
from tutor.moves import CORRECTIONS, Move, MoveKind

from .progress import produced_items, repaired_keys
from .situations import Situation

_OFF_TOPIC = frozenset({Situation.OFF_TOPIC, Situation.SINGING})
# In these the learner's words are not use of the language by the learner.
_NOT_PRODUCED = frozenset(
    {Situation.FIRST_LANGUAGE, Situation.REPEATS_TUTOR, Situation.UNCLEAR}
)


def past_turn(
    turn: LearnerTurn,
    analysis: Analysis,
    move: Move,
    state: TalkState,
    plan: LessonPlan,
) -> PastTurn:
    """Return what to append to ``state.turns``; ``state`` is the one before this turn."""
    treated = move.findings if move.kind in CORRECTIONS else ()
    counts = move.situation not in _NOT_PRODUCED
    return PastTurn(
        move=move.kind,
        treated=tuple(finding.key for finding in treated),
        slips_only=bool(treated)
        and all(finding.severity is Severity.SLIP for finding in treated),
        introduced=move.item.text if move.item else "",
        produced=produced_items(turn, plan) if counts else (),
        sound=move.sound.phoneme if move.sound else "",
        praised=move.kind is MoveKind.PRAISE,
        off_topic=move.situation in _OFF_TOPIC,
        silent=move.situation == Situation.SILENCE,
        repaired=repaired_keys(turn, analysis, state) if counts else (),
    )
