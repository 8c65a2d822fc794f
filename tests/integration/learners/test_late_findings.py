"""What a second look finds in a turn when newer turns were counted already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from learners.models import ErrorLedgerEntry, SessionSummary, User
from learners.services.memory import open_talk, record_turn
from learners.services.memory_choices import forget_memory
from tests.factories.learners import LearnerFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.findings import Analysis
from tutor.moves import Move, MoveKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SESSION = uuid4()
GO = "I [go|went] home."


@pytest.fixture
def learner() -> User:
    """Return a learner."""
    learner: User = LearnerFactory.create()
    return learner


def unjudged(marked: str) -> Analysis:
    """Return what the rules alone make of a turn: they find what is marked."""
    return analysed(marked, judged=False)


def tell(learner: User, turn: int, analysis: Analysis | str, **changed: Any) -> None:
    """Record a turn as it stands."""
    fields: dict[str, Any] = {
        "l2": "en",
        "session": SESSION,
        "move": Move(MoveKind.CONTINUE),
        "now": NOW + timedelta(minutes=turn),
    }
    record_turn(
        learner_id=learner.pk,
        turn=turn,
        analysis=analysed(analysis) if isinstance(analysis, str) else analysis,
        **fields | changed,
    )


def seen(learner: User) -> dict[str, int]:
    """Return how often each mistake was made."""
    rows = ErrorLedgerEntry.objects.filter(learner=learner)
    return dict(rows.values_list("key", "seen"))


def test_it_is_added_to_ledger_and_figures_once(learner: User) -> None:
    tell(learner, 1, unjudged("I go home."))
    tell(learner, 2, "Yes.")
    for _ in range(3):
        tell(learner, 1, GO)
    assert seen(learner) == {"verb_tense:go>went": 1}
    entry = ErrorLedgerEntry.objects.get()
    assert (entry.sentence, entry.last_seen_at) == (
        "I go home.",
        NOW + timedelta(minutes=1),
    )
    summary = SessionSummary.objects.get()
    assert (summary.turns, summary.right_turns) == (2, 1)
    assert summary.mistakes == {"verb_tense": 1}
    assert summary.counted_turn == 2


def test_a_turn_that_turns_out_to_be_right_counts_as_right(learner: User) -> None:
    tell(learner, 1, unjudged("I went home."))
    tell(learner, 2, "Yes.")
    tell(learner, 1, "I went home.")
    assert SessionSummary.objects.get().right_turns == 2


def test_what_the_rules_found_counts_once(learner: User) -> None:
    tell(learner, 1, unjudged(GO))
    tell(learner, 2, "Yes.")
    tell(learner, 1, "I [go|went] home and [eat|ate].")
    assert seen(learner) == {"verb_tense:go>went": 1, "verb_tense:eat>ate": 1}
    assert SessionSummary.objects.get().mistakes == {"verb_tense": 2}


def test_what_was_judged_in_time_stays_as_it_was(learner: User) -> None:
    tell(learner, 1, "I go home.")
    tell(learner, 2, "Yes.")
    tell(learner, 1, GO)
    assert seen(learner) == {}


def test_the_same_mistake_in_the_latest_turn_can_still_be_taken_back(
    learner: User,
) -> None:
    tell(learner, 1, unjudged("I go home."))
    tell(learner, 2, GO)
    tell(learner, 1, GO)
    assert seen(learner) == {"verb_tense:go>went": 2}
    tell(learner, 2, "Yes.")
    assert seen(learner) == {"verb_tense:go>went": 1}
    assert SessionSummary.objects.get().mistakes == {"verb_tense": 1}


def test_a_known_mistake_keeps_its_count_when_the_latest_turn_is_told_anew(
    learner: User,
) -> None:
    tell(learner, 1, GO)
    tell(learner, 2, unjudged("I go home."))
    tell(learner, 3, GO, produced=("tip",))
    tell(learner, 2, GO)
    assert seen(learner) == {"verb_tense:go>went": 3}
    tell(learner, 3, "I went out.", produced=("tip",))
    entry = ErrorLedgerEntry.objects.get()
    assert (entry.seen, entry.right_since) == (2, 1)


def test_a_right_use_before_a_mistake_proves_nothing(learner: User) -> None:
    tell(learner, 1, unjudged("I went home."))
    tell(learner, 2, GO)
    tell(learner, 1, "I went home.")
    assert ErrorLedgerEntry.objects.get().right_since == 0
    tell(learner, 3, unjudged("I went home."))
    tell(learner, 4, "Yes.")
    tell(learner, 3, "I went home.")
    assert ErrorLedgerEntry.objects.get().right_since == 1


@pytest.mark.parametrize(
    "move", [Move(MoveKind.CARE), Move(MoveKind.CONTINUE, flag_teacher=True)]
)
def test_nothing_is_added_of_a_turn_that_asked_for_care(
    learner: User, move: Move
) -> None:
    tell(learner, 1, unjudged("I go home."))
    tell(learner, 2, unjudged("I want die."), move=move)
    tell(learner, 3, "Yes.")
    tell(learner, 2, "I [want|wanted] die.", move=move)
    assert seen(learner) == {}
    tell(learner, 1, GO)
    assert seen(learner) == {"verb_tense:go>went": 1}


def test_what_the_learner_had_forgotten_does_not_come_back(learner: User) -> None:
    tell(learner, 1, unjudged("I go home."))
    tell(learner, 2, "Yes.")
    forget_memory(learner_id=learner.pk)
    tell(learner, 3, "Yes.")
    tell(learner, 1, GO)
    assert seen(learner) == {}


def test_a_look_far_back_or_at_unknown_turns_adds_nothing(learner: User) -> None:
    tell(learner, 1, unjudged("I go home."))
    for turn in range(3, 20):
        tell(learner, turn, unjudged("Yes."))
    tell(learner, 1, GO)
    tell(learner, 2, GO)
    assert seen(learner) == {}
    assert len(SessionSummary.objects.get().undo["unjudged"]) <= 9


def test_long_and_odd_findings_are_left_out(learner: User) -> None:
    tell(learner, 1, unjudged("x"))
    tell(learner, 2, "Yes.")
    tell(learner, 1, replace(analysed(f"[{'very ' * 80}|x] y"), typed=False))
    assert seen(learner) == {}
    assert open_talk(learner_id=learner.pk, l2="en").ledger == ()
