"""What is left of a move by what was heard of it."""

from __future__ import annotations

import pytest

from tests.unit.tutor.memory.findings import analysed
from tutor.brief import LessonPlan
from tutor.heard_reply import HeardReply
from tutor.history import PastTurn, TalkState
from tutor.learner import LearnerTurn
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.policy.remembering import past_turn

GO = analysed("Yesterday I [go|went] home.")
BILL = PlannedItem("the bill")
INTRODUCE = Move(MoveKind.INTRODUCE, item=BILL)
ELICIT = Move(MoveKind.ELICIT, GO.findings)
CARE = Move(MoveKind.CARE, flag_teacher=True)
OPENER = "Okay, I follow you."


def past(move: Move, opener: str = "") -> PastTurn:
    turn = LearnerTurn(GO.text)
    found = past_turn(turn, GO, move, TalkState(), LessonPlan(items=(BILL,)))
    return PastTurn(
        found.move,
        treated=found.treated,
        introduced=found.introduced,
        repaired=("verb_tense:go>went",),
        opener=opener,
    )


@pytest.mark.parametrize(
    ("text", "whole", "happened"),
    [
        ("", False, False),
        ("", True, False),
        ("Okay,", False, False),
        (OPENER, False, False),
        # A reply without sound is read: nothing of it was cut off.
        (OPENER, True, False),
        (f"{OPENER} Here is", False, False),
        (f"{OPENER} Here is “the bill”.", False, True),
        (f"{OPENER} Here are the bills.", False, True),
        (f"{OPENER} Here is something new.", True, True),
    ],
)
def test_a_word_is_taught_once_it_was_said(
    text: str, whole: bool, happened: bool
) -> None:
    reply = HeardReply(text, OPENER, is_whole=whole)
    assert reply.has(INTRODUCE) is happened
    assert reply.kept_move(INTRODUCE).item == (BILL if happened else None)
    kept = reply.kept_turn(past(INTRODUCE, OPENER), INTRODUCE)
    assert kept.introduced == ("the bill" if happened else "")
    assert kept.opener == (OPENER if text else "")
    # What the learner did stays.
    assert kept.repaired == ("verb_tense:go>went",)


@pytest.mark.parametrize(("text", "happened"), [("", False), ("Yesterday I …", True)])
def test_a_mistake_is_treated_once_it_was_spoken_about(
    text: str, happened: bool
) -> None:
    reply = HeardReply(text, is_whole=False)
    assert reply.kept_move(ELICIT).findings == (GO.findings if happened else ())
    assert bool(reply.kept_turn(past(ELICIT), ELICIT).treated) is happened


def test_who_was_in_danger_was_in_danger_whatever_was_heard() -> None:
    reply = HeardReply("", is_whole=False)
    assert reply.kept_turn(past(CARE), CARE).move is MoveKind.CARE
    assert reply.kept_move(CARE) == CARE
