"""When planned words come in and are used again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tutor.brief import LessonPlan
from tutor.findings import Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import Level
from tutor.moves import MoveKind

from .talks import ITEMS, PLAN, finding, move_for, talk

CONTINUE, ELICIT = MoveKind.CONTINUE, MoveKind.ELICIT
INTRODUCE, REUSE = MoveKind.INTRODUCE, MoveKind.REUSE
NEW = PastTurn(INTRODUCE, introduced="receipt")
USED = PastTurn(REUSE, introduced="receipt")
TALK = PastTurn(CONTINUE)
ERROR = finding()
BLOCKING = finding("x", "y", severity=Severity.BLOCKING)
PLAIN = "It was fine."


@pytest.mark.parametrize(
    ("turns", "text", "findings", "kind", "item"),
    [
        ((), PLAIN, (), CONTINUE, None),
        ((TALK,), PLAIN, (), CONTINUE, None),
        ((TALK, TALK), PLAIN, (), INTRODUCE, "receipt"),
        ((PastTurn(MoveKind.OPEN), TALK), PLAIN, (), CONTINUE, None),
        # A correction goes before a word that is due, not before one that is late.
        ((TALK, TALK), PLAIN, (ERROR,), ELICIT, None),
        ((TALK, TALK, TALK), PLAIN, (ERROR,), INTRODUCE, "receipt"),
        ((TALK, TALK, TALK), PLAIN, (BLOCKING,), ELICIT, None),
        # What the learner says already needs no introduction.
        ((TALK, TALK), "I have the receipt.", (), INTRODUCE, "pay by card"),
        (
            (PastTurn(CONTINUE, produced=("receipt",)), TALK),
            PLAIN,
            (),
            INTRODUCE,
            "pay by card",
        ),
        ((TALK, NEW), PLAIN, (), REUSE, "receipt"),
        ((TALK, NEW), PLAIN, (ERROR,), ELICIT, None),
        ((TALK, NEW, TALK), PLAIN, (ERROR,), REUSE, "receipt"),
        ((TALK, NEW, TALK), PLAIN, (BLOCKING,), ELICIT, None),
        ((NEW, USED), PLAIN, (), CONTINUE, None),
        ((NEW, USED, TALK), PLAIN, (), INTRODUCE, "pay by card"),
        ((NEW, PastTurn(CONTINUE, produced=("receipt",))), PLAIN, (), CONTINUE, None),
        ((NEW, TALK, TALK, TALK, TALK), PLAIN, (), INTRODUCE, "pay by card"),
    ],
)
def test_words_come_in_their_time(
    turns: tuple[PastTurn, ...],
    text: str,
    findings: tuple[object, ...],
    kind: MoveKind,
    item: str | None,
) -> None:
    state = TalkState(turns=turns)
    move = move_for(text, *findings, state=state, plan=PLAN)  # type: ignore[arg-type]
    assert move.kind is kind
    assert (move.item.text if move.item else None) == item


def test_the_learners_own_use_counts_as_use_again() -> None:
    state = TalkState(turns=(TALK, NEW))
    move = move_for("I need the receipts.", state=state, plan=PLAN)
    assert move.kind is MoveKind.PRAISE
    assert move.praise_for == "I need the receipts"


def test_no_new_word_in_the_last_minute() -> None:
    plan = LessonPlan(items=ITEMS, minutes=10)
    state = TalkState(turns=(TALK, TALK, TALK), minutes=9.5)
    assert move_for(PLAIN, state=state, plan=plan).kind is CONTINUE


def test_free_talk_has_no_planned_words() -> None:
    assert move_for(PLAIN, state=TalkState(turns=(TALK,) * 9)).kind is CONTINUE


@pytest.mark.parametrize("level", [Level.A1, Level.A2, Level.B1, Level.C1])
@pytest.mark.parametrize("mistakes", [0, 1, 2])
def test_every_new_word_is_used_again_within_two_turns(
    level: Level, mistakes: int
) -> None:
    errors = [finding(f"say{n}", f"said{n}") for n in range(30)]
    turns = [(f"Number {n} was fine.", errors[n : n + mistakes]) for n in range(16)]
    kinds = [move.kind for move in talk(turns, level=level, plan=PLAN)]
    places = [n for n, kind in enumerate(kinds) if kind is INTRODUCE]
    assert len(places) == len(ITEMS)
    assert places[0] in (2, 3)
    gaps = [two - one for one, two in pairwise(places)]
    assert all(gap in (3, 4) for gap in gaps)
    assert all(REUSE in kinds[place + 1 : place + 3] for place in places)
