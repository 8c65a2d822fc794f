"""What is kept of an exchange for the choices that follow."""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.findings import Analysis, Severity
from tutor.history import LedgerEntry, PastTurn, TalkState
from tutor.learner import LearnerTurn
from tutor.moves import CORRECTIONS, Move, MoveKind

from .progress import produced_items, repaired_keys
from .situations import Situation

_OFF_TOPIC = frozenset({Situation.OFF_TOPIC, Situation.SINGING})
# In these the learner's words are not use of the language by the learner.
_NOT_PRODUCED = frozenset(
    {Situation.FIRST_LANGUAGE, Situation.REPEATS_TUTOR, Situation.UNCLEAR}
)

# Of these, mistakes may be asked about a turn later; nobody is quoted who was in danger,
# gave orders or told something private.
_ORDINARY = frozenset({"", Situation.QUESTION, Situation.OFF_TOPIC})


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
        found=tuple(finding.key for finding in analysis.findings) if counts else (),
        sad=move.situation == Situation.SAD,
    )


def unheard(past: PastTurn) -> PastTurn:
    """Return an exchange whose answer the learner cut off before a word was heard.

    What the tutor meant to do did not happen, so that it may still come.
    """
    if past.move is MoveKind.CARE:
        return past
    return PastTurn(
        MoveKind.CONTINUE,
        produced=past.produced,
        off_topic=past.off_topic,
        silent=past.silent,
        repaired=past.repaired,
        found=past.found,
        sad=past.sad,
    )


def found_late(
    state: TalkState, analysis: Analysis, move: Move, *, is_last: bool
) -> TalkState:
    """Return the state with what was found in a turn after its answer.

    ``move`` was the answer. Mistakes of the learner's last turn can still be asked about;
    those of an earlier one are known from now on.
    """
    ledger = {entry.key: entry for entry in state.ledger}
    for finding in analysis.findings:
        known = ledger.get(finding.key)
        ledger[finding.key] = (
            replace(known, seen=known.seen + 1)
            if known is not None
            else LedgerEntry(
                finding.key, finding.category, analysis.text, analysis.corrected
            )
        )
    asks = is_last and bool(analysis.findings) and move.situation in _ORDINARY
    return replace(
        state,
        ledger=tuple(ledger.values()),
        late=analysis if asks else state.late,
    )
