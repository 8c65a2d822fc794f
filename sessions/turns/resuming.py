"""The course of a talk from its stored turns: where the tutor takes it up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tutor.brief import LessonPlan
from tutor.history import LedgerEntry, TalkState
from tutor.last_resort import past_of

from .learner_turns import learner_turn
from .prompting import Exchange
from .repository import StoredTurn

# A longer time between two turns was no talking: the learner was away.
LONGEST_PAUSE_S = 120.0


def exchange_of(turn: StoredTurn) -> Exchange:
    """Return what both sides heard in a turn."""
    return Exchange(
        turn=turn.index,
        learner=turn.learner.text if turn.learner else None,
        tutor=turn.heard.text or None,
    )


def resumed_state(
    stored: Sequence[StoredTurn], *, plan: LessonPlan, ledger: tuple[LedgerEntry, ...]
) -> TalkState:
    """Return what the policy knew of a talk at its last turn; of a new talk, the ledger."""
    state = TalkState()
    for turn in stored:
        if turn.move is not None and turn.analysis is not None and turn.learner:
            said = learner_turn(turn.learner)
            past = past_of(said, turn.analysis, turn.move, state, plan)
            past = replace(past, opener=turn.opener)
            kept = turn.heard.kept_turn(past, turn.move)
            state = replace(state, turns=(*state.turns, kept))
        if turn.heard.goes_on:
            state = replace(state, last_reply=turn.heard.text)
    return replace(
        state,
        minutes=talked_minutes(stored),
        ledger=tuple(_before(entry, state) for entry in ledger),
    )


def talked_minutes(stored: Sequence[StoredTurn]) -> float:
    """Return how long a talk lasted up to its last turn, without the learner's absences."""
    times = [turn.started_at for turn in stored if turn.started_at is not None]
    pauses = ((later - earlier).total_seconds() for earlier, later in pairwise(times))
    return sum(pause for pause in pauses if 0 < pause <= LONGEST_PAUSE_S) / 60.0


def _before(entry: LedgerEntry, state: TalkState) -> LedgerEntry:
    """Take away what the ledger counted in this talk already: the turns tell it."""
    here = state.tries(entry.key)
    return replace(entry, addressed=max(0, entry.addressed - here))
