"""When and how mistakes are treated."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from tutor.brief import LessonPlan
from tutor.findings import Evidence, Finding, Severity
from tutor.history import LedgerEntry, PastTurn, TalkState
from tutor.learner import Level
from tutor.moves import CORRECTIONS, MoveKind

from .talks import (
    ITEMS,
    after,
    finding,
    known,
    move_for,
    slip,
    talk,
    treated,
)

ELICIT, RECAST, EXPLAIN = MoveKind.ELICIT, MoveKind.RECAST, MoveKind.EXPLAIN
CONTINUE = MoveKind.CONTINUE
BLOCKING = Severity.BLOCKING


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (TalkState(), ELICIT),
        (treated(ELICIT), RECAST),
        (treated(ELICIT, RECAST), EXPLAIN),
        (treated(ELICIT, RECAST, EXPLAIN), CONTINUE),
        (treated(ELICIT, key="verb_tense:goed>went"), RECAST),
        (treated(ELICIT, key="verb_tense:see>saw"), ELICIT),
        (treated(ELICIT, key="verb_form:go>going"), ELICIT),
        (TalkState(ledger=(known("verb_tense:go>went"),)), ELICIT),
        (TalkState(ledger=(known("verb_tense:go>went", addressed=1),)), RECAST),
        (TalkState(ledger=(known("verb_tense:go>went", addressed=9),)), RECAST),
        (
            replace(
                treated(RECAST), ledger=(known("verb_tense:go>went", addressed=2),)
            ),
            EXPLAIN,
        ),
    ],
)
def test_elicit_then_recast_then_explain_then_let_it_be(
    state: TalkState, expected: MoveKind
) -> None:
    assert move_for("I go there yesterday.", finding(), state=state).kind is expected


@pytest.mark.parametrize(
    ("level", "l1"), [(Level.A1, True), (Level.A2, True), (Level.B1, False)]
)
def test_explanations_are_in_the_first_language_up_to_a2(
    level: Level, l1: bool
) -> None:
    move = move_for(
        "I go there yesterday.", finding(), state=treated(ELICIT, RECAST), level=level
    )
    assert (move.kind, move.use_l1) == (EXPLAIN, l1)


FIRST = finding("have", "has", category="agreement", start=3)
SECOND = finding("apple", "apples", category="noun_number", start=20)
HIDDEN = finding("ship", "sheep", severity=BLOCKING, category="word_choice", start=40)
PLANNED = finding("receit", "receipt", category="word_form", start=50)
LEDGER = (LedgerEntry(SECOND.key, SECOND.category, "two apple", "apples"),)


@pytest.mark.parametrize(
    ("findings", "ledger", "level", "expected"),
    [
        ((FIRST, SECOND), (), Level.A1, (FIRST,)),
        ((FIRST, SECOND), (), Level.A2, (FIRST,)),
        ((FIRST, SECOND), (), Level.B1, (FIRST, SECOND)),
        ((FIRST, SECOND, HIDDEN), (), Level.C1, (HIDDEN, FIRST)),
        ((FIRST, HIDDEN), LEDGER, Level.A2, (HIDDEN,)),
        ((FIRST, SECOND), LEDGER, Level.A2, (SECOND,)),
        ((FIRST, PLANNED), (), Level.A2, (PLANNED,)),
        ((SECOND, PLANNED), LEDGER, Level.A2, (SECOND,)),
        ((slip(), FIRST), (), Level.A2, (FIRST,)),
        ((slip(), FIRST), (), Level.B2, (FIRST,)),
        ((slip(),), (), Level.A2, ()),
        ((slip(),), (), Level.B1, (slip(),)),
        ((slip(), slip("on", "in")), (), Level.B1, (slip(),)),
    ],
)
def test_what_is_treated_first(
    findings: tuple[Finding, ...],
    ledger: tuple[LedgerEntry, ...],
    level: Level,
    expected: tuple[Finding, ...],
) -> None:
    # The item counts as the lesson's; no exchange has come for introducing it.
    plan = LessonPlan(items=ITEMS)
    state = TalkState(ledger=ledger)
    move = move_for(
        "He have two apple and a ship", *findings, state=state, level=level, plan=plan
    )
    assert move.findings == expected
    assert (move.kind in CORRECTIONS) == bool(expected)


def test_two_mistakes_share_a_move_only_at_the_same_step() -> None:
    state = treated(ELICIT, key=FIRST.key)
    move = move_for("He have two apple", FIRST, SECOND, state=state, level=Level.B2)
    assert (move.kind, move.findings) == (RECAST, (FIRST,))


def test_an_explanation_is_about_one_mistake() -> None:
    turns = treated(ELICIT, RECAST, key=FIRST.key).turns
    both = tuple(replace(turn, treated=(FIRST.key, SECOND.key)) for turn in turns[::2])
    move = move_for(
        "He have two apple",
        FIRST,
        SECOND,
        state=TalkState(turns=both),
        level=Level.B2,
    )
    assert (move.kind, move.findings) == (EXPLAIN, (FIRST,))


@pytest.mark.parametrize(
    ("level", "moves", "corrects"),
    [
        (Level.A1, (ELICIT,), True),
        (Level.A1, (ELICIT, RECAST), False),
        (Level.A2, (ELICIT, RECAST), False),
        (Level.A2, (ELICIT, CONTINUE), True),
        (Level.A2, (ELICIT, RECAST, CONTINUE), True),
        (Level.B1, (ELICIT, RECAST), True),
    ],
)
def test_beginners_get_a_rest_after_two_corrections(
    level: Level, moves: tuple[MoveKind, ...], corrects: bool
) -> None:
    move = move_for("He have", FIRST, state=after(*moves), level=level)
    assert (move.kind in CORRECTIONS) is corrects


def test_slips_are_never_treated_in_two_turns_running() -> None:
    state = after(ELICIT, slips_only=True, treated=("article:a>the",))
    again = slip("an", "a")
    assert move_for("I saw an dog", again, state=state, level=Level.B2).kind is CONTINUE
    assert (
        move_for("He have", again, FIRST, state=state, level=Level.B2).finding == FIRST
    )


def test_what_was_not_judged_is_neither_corrected_nor_praised() -> None:
    text = "Keep the receipt because you need it."
    plan = LessonPlan(items=ITEMS)
    assert move_for(text, finding(), judged=False, plan=plan).kind is CONTINUE
    assert move_for(text, judged=False, plan=plan).kind is CONTINUE


def test_what_a_rule_found_needs_no_model() -> None:
    found = replace(finding(), evidence=Evidence.RULE)
    assert move_for("Yesterday I go there.", found, judged=False).kind is ELICIT


def test_no_correction_right_after_care() -> None:
    move = move_for("I go there", finding(), state=after(MoveKind.CARE))
    assert move.kind is CONTINUE


@pytest.mark.parametrize("level", list(Level))
def test_limits_hold_in_any_talk(level: Level) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable talk, no secret
    pool = [FIRST, SECOND, HIDDEN, PLANNED, slip(), finding(), slip("in", "on")]
    turns = [
        (f"I say word{n} here today.", chance.sample(pool, chance.randint(0, 3)))
        for n in range(60)
    ]
    moves = talk(turns, level=level, plan=LessonPlan(items=ITEMS))
    corrects = [move.kind in CORRECTIONS for move in moves]
    slips = [
        bool(move.findings) and all(f.severity is Severity.SLIP for f in move.findings)
        for move in moves
    ]
    most = 1 if level.is_basic else 2
    assert all(len(move.findings) <= most for move in moves)
    assert not any(one and two for one, two in pairwise(slips))
    if level.is_basic:
        windows = zip(corrects, corrects[1:], corrects[2:], strict=False)
        assert all(sum(window) <= 2 for window in windows)
        assert not any(slips)
    assert any(corrects)
    assert all(move.reason for move in moves)


def test_the_same_turn_always_gets_the_same_move() -> None:
    state = TalkState(turns=(PastTurn(CONTINUE),), ledger=LEDGER)
    moves = [move_for("He have two apple", FIRST, SECOND, state=state) for _ in "abc"]
    assert moves[0] == moves[1] == moves[2]
