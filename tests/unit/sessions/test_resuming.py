"""A talk is taken up where it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import StoredTurn
from sessions.turns.resuming import resumed_state, talked_minutes
from tests.unit.tutor.memory.findings import analysed
from tutor.brief import LessonPlan
from tutor.history import LedgerEntry, TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.openers import fitting_openers

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
GO = analysed("Yesterday I [go|went] home.")
KEY = "verb_tense:go>went"
TIP = PlannedItem("tip")
PLAN = LessonPlan(title="At the café", items=(TIP,))
OPENING = StoredTurn(0, None, "Hello!", None, 0, Outcome.COMPLETED, NOW)


def stored(
    index: int, text: str, move: Move | None, *, at_s: float = 0.0
) -> StoredTurn:
    """A turn that was taught, or not."""
    analysis = GO if text == GO.text else analysed(text)
    return StoredTurn(
        index=index,
        learner=LearnerWords(text, Source.SPEECH),
        tutor_text=f"Answer {index}.",
        tutor_heard=None,
        attempt=0,
        outcome=Outcome.COMPLETED,
        started_at=NOW + timedelta(seconds=at_s),
        analysis=analysis if move else None,
        move=move,
    )


ELICITED = stored(1, GO.text, Move(MoveKind.ELICIT, GO.findings), at_s=20)
INTRODUCED = stored(2, "I went home.", Move(MoveKind.INTRODUCE, item=TIP), at_s=50)
USED = stored(3, "I give a tip.", Move(MoveKind.CONTINUE), at_s=80)


def state(*turns: StoredTurn, ledger: tuple[LedgerEntry, ...] = ()) -> TalkState:
    return resumed_state(turns, plan=PLAN, ledger=ledger)


def test_a_new_talk_starts_from_what_is_remembered() -> None:
    known = LedgerEntry(KEY, "verb_tense", "I go.", "I went.", addressed=2)
    assert state(ledger=(known,)) == TalkState(ledger=(known,))


def test_moves_repairs_and_words_come_back() -> None:
    found = state(OPENING, ELICITED, INTRODUCED, USED)
    elicit, introduce, go_on = found.turns
    assert (elicit.move, elicit.treated) == (MoveKind.ELICIT, (KEY,))
    assert (introduce.introduced, introduce.repaired) == ("tip", (KEY,))
    assert go_on.produced == ("tip",)
    assert found.last_reply == "Answer 3."


def test_after_the_opening_alone_it_was_said_last() -> None:
    assert state(OPENING) == TalkState(last_reply="Hello!")


def test_what_was_not_heard_was_not_treated() -> None:
    unheard = replace(ELICITED, tutor_heard="", outcome=Outcome.INTERRUPTED)
    found = state(OPENING, unheard)
    assert [past.treated for past in found.turns] == [()]
    assert found.last_reply == "Hello!"


def test_words_heard_at_once_do_not_come_back_soon_in_a_talk_taken_up_again() -> None:
    said = LearnerTurn("We had a party for our friends.")
    learner = Learner(l1="es", l2="en", level=Level.A2)

    def openers(*turns: StoredTurn) -> list[str]:
        past = state(OPENING, *turns).turns
        found = fitting_openers(said, Move(MoveKind.CONTINUE), learner, past, ())
        return [opener.text for opener in found]

    assert "I see." in openers(*[USED] * 6)
    heard = replace(USED, opener="I see.", tutor_text="I see. What else?")
    # The model need not be shown the reply any more.
    assert "I see." not in openers(heard, *[USED] * 5)
    alone = replace(heard, tutor_heard="I see.", outcome=Outcome.INTERRUPTED)
    assert "I see." not in openers(alone, *[USED] * 5)
    assert state(OPENING, alone).last_reply == "Hello!"
    cut_off = replace(heard, tutor_heard="", outcome=Outcome.INTERRUPTED)
    assert "I see." in openers(cut_off, *[USED] * 5)


def test_words_that_say_that_something_failed_are_no_answer() -> None:
    failed = replace(ELICITED, outcome=Outcome.FAILED)
    found = state(OPENING, failed)
    assert [past.treated for past in found.turns] == [()]
    assert found.last_reply == "Hello!"


def test_turns_that_nobody_taught_are_left_out() -> None:
    waiting = StoredTurn(2, LearnerWords("And?", Source.TEXT), None, None, 0, None)
    found = state(OPENING, stored(1, "Hello.", None), waiting)
    assert found.turns == ()
    assert found.last_reply == "Answer 1."


def test_a_mistake_treated_in_this_talk_counts_once() -> None:
    known = LedgerEntry(KEY, "verb_tense", "I go.", "I went.", addressed=1)
    assert [e.addressed for e in state(ELICITED, ledger=(known,)).ledger] == [0]
    before = replace(known, addressed=3)
    assert [e.addressed for e in state(ELICITED, ledger=(before,)).ledger] == [2]


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [((), 0.0), ((0,), 0.0), ((0, 30, 60), 1.0), ((0, 60, 90_000, 90_060), 2.0)],
)
def test_minutes_leave_out_the_time_away(
    seconds: tuple[int, ...], minutes: float
) -> None:
    turns = [
        replace(USED, index=index, started_at=NOW + timedelta(seconds=s))
        for index, s in enumerate(seconds)
    ]
    assert talked_minutes(turns) == minutes
