"""When planned words come in and are used again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tutor.brief import FREE_TALK_PACE, LESSON_PACE, LessonPlan
from tutor.findings import Finding, Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import Level
from tutor.moves import MoveKind, PlannedItem

from .talks import ITEMS, PLAN, finding, move_for, slip, talk

CONTINUE, ELICIT = MoveKind.CONTINUE, MoveKind.ELICIT
INTRODUCE, REUSE = MoveKind.INTRODUCE, MoveKind.REUSE
NEW = PastTurn(INTRODUCE, introduced="receipt")
USED = PastTurn(REUSE, introduced="receipt")
TALK = PastTurn(CONTINUE)
ERROR = finding()
SLIP = slip()
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
        # Where the tutor had to use it again, the next one waits an exchange longer.
        ((NEW, USED, TALK), PLAIN, (), CONTINUE, None),
        ((NEW, USED, TALK, TALK), PLAIN, (), INTRODUCE, "pay by card"),
        (
            (NEW, PastTurn(CONTINUE, produced=("receipt",)), TALK),
            PLAIN,
            (),
            INTRODUCE,
            "pay by card",
        ),
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
    plan = replace(PLAN, minutes=10)
    state = TalkState(turns=(TALK, TALK, TALK), minutes=9.5)
    assert move_for(PLAIN, state=state, plan=plan).kind is CONTINUE


def test_a_plan_without_words_introduces_none() -> None:
    assert move_for(PLAIN, state=TalkState(turns=(TALK,) * 9)).kind is CONTINUE


FLOWS = (TALK,) * 5
WORDS = LessonPlan(items=ITEMS)


@pytest.mark.parametrize(
    ("turns", "text", "findings", "kind"),
    [
        ((TALK,) * 4, PLAIN, (), CONTINUE),
        (FLOWS, PLAIN, (), INTRODUCE),
        # Only while nothing is wrong, and never before a correction.
        (FLOWS, PLAIN, (SLIP,), CONTINUE),
        (FLOWS, PLAIN, (ERROR,), ELICIT),
        ((*FLOWS, *FLOWS), PLAIN, (ERROR,), ELICIT),
        ((*FLOWS, PastTurn(ELICIT)), PLAIN, (), CONTINUE),
        ((*FLOWS, PastTurn(MoveKind.REPEAT)), PLAIN, (), CONTINUE),
        ((*FLOWS, PastTurn(ELICIT), TALK), PLAIN, (), INTRODUCE),
        # The learner has a turn to use it; then the tutor does.
        ((NEW,), PLAIN, (), CONTINUE),
        ((NEW, TALK), PLAIN, (), REUSE),
        ((NEW, TALK), PLAIN, (ERROR,), ELICIT),
        ((NEW, PastTurn(CONTINUE, produced=("receipt",))), PLAIN, (), CONTINUE),
        ((NEW, TALK, USED, TALK, TALK), PLAIN, (), CONTINUE),
        ((NEW, TALK, USED, TALK, TALK, TALK), PLAIN, (), INTRODUCE),
    ],
)
def test_words_are_rare_in_free_talk(
    turns: tuple[PastTurn, ...],
    text: str,
    findings: tuple[Finding, ...],
    kind: MoveKind,
) -> None:
    move = move_for(text, *findings, state=TalkState(turns=turns), plan=WORDS)
    assert move.kind is kind


def test_a_turn_that_nobody_judged_may_bring_a_word_in_free_talk() -> None:
    state = TalkState(turns=FLOWS)
    assert move_for(PLAIN, state=state, plan=WORDS, judged=False).kind is INTRODUCE


def test_a_plan_may_set_its_own_pace() -> None:
    slow = replace(PLAN, pace=FREE_TALK_PACE)
    fast = replace(WORDS, pace=LESSON_PACE)
    state = TalkState(turns=(TALK, TALK))
    assert move_for(PLAIN, state=state, plan=slow).kind is CONTINUE
    assert move_for(PLAIN, state=state, plan=fast).kind is INTRODUCE


@pytest.mark.parametrize(("plan", "most"), [(PLAN, 1 / 2), (WORDS, 1 / 3)])
def test_a_talk_is_never_mostly_about_planned_words(
    plan: LessonPlan, most: float
) -> None:
    items = tuple(PlannedItem(f"item{n}") for n in range(9))
    turns = [(f"Number {n} was fine.", ()) for n in range(24)]
    moves = talk(turns, plan=replace(plan, items=items))
    planned = [move.kind in (INTRODUCE, REUSE) for move in moves]
    assert sum(planned) > len(planned) * (most - 1 / 8)
    assert all(sum(planned[:n]) <= n * most for n in range(1, 25))


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
