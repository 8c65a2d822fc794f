"""Mistakes that were found after their turn was answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tutor.findings import Finding, Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import Level, SoundProblem
from tutor.moves import Move, MoveKind
from tutor.policy.remembering import found_late

from .talks import PLAN, analysis, finding, known, move_for, slip

ELICIT, CONTINUE = MoveKind.ELICIT, MoveKind.CONTINUE
BEFORE = "I go there yesterday."
GO = finding(start=2)


def late(*findings: Finding, turns: tuple[PastTurn, ...] = ()) -> TalkState:
    """A talk in which this was found after the last answer."""
    return TalkState(
        turns=turns or (PastTurn(CONTINUE),),
        late=analysis(*findings, text=BEFORE),
    )


def test_it_is_elicited_one_turn_later() -> None:
    move = move_for("We had a good day.", state=late(GO))
    assert (move.kind, move.findings, move.earlier) == (ELICIT, (GO,), BEFORE)
    assert "noticed after the last answer" in move.reason


def test_it_comes_before_sounds_and_planned_words() -> None:
    state = late(GO, turns=(PastTurn(CONTINUE),) * 2)
    sound = SoundProblem("day", "d")
    move = move_for("We had a good day.", state=state, plan=PLAN, sounds=[sound])
    assert move.earlier == BEFORE


@pytest.mark.parametrize("level", [Level.A1, Level.B2])
def test_the_new_turns_own_mistake_comes_first(level: Level) -> None:
    own = finding("buyed", "bought", category="verb_form", start=3)
    move = move_for("We buyed fruit.", own, state=late(GO), level=level)
    assert (move.findings, move.earlier) == ((own,), "")


@pytest.mark.parametrize(
    "text",
    ["", "What is your name?", "I don't understand.", "Goodbye, see you!"],
)
def test_whatever_else_the_learner_needs_comes_first(text: str) -> None:
    assert move_for(text, state=late(GO)).earlier == ""


def test_what_the_learner_says_right_by_now_needs_nothing() -> None:
    assert move_for("I went there with my aunt.", state=late(GO)).earlier == ""


@pytest.mark.parametrize(
    ("before", "said", "better", "now", "asks"),
    [
        # A word too much is gone where its neighbours come without it.
        ("I am agree with you.", "am", "", "Yes, I agree.", False),
        ("I am agree with you.", "am agree", "agree", "We agree on that.", False),
        ("I am agree with you.", "am", "", "I am agree with all of it.", True),
        ("I am agree with you.", "am", "", "I am from Spain.", True),
        ("I am agree.", "am", "", "I agree, and I am agree to go.", True),
        # Small words say something beside a neighbour only.
        ("I come in Monday.", "in", "on", "I sit on the sofa.", True),
        ("I come in Monday.", "in", "on", "We meet on Monday.", False),
        ("I come in Monday.", "in", "on", "On Monday, not in Monday.", True),
        ("I saw dog.", "", "the", "The sun was warm.", True),
        ("I saw dog.", "", "the", "I like the dog.", False),
        ("He have a car.", "have", "has", "He has it here.", False),
        # A word with a meaning of its own is enough, unless the wrong one stays.
        ("I goed home.", "goed", "went", "We went by bus.", False),
        ("I goed home.", "goed", "went", "They went and I goed by bus.", True),
    ],
)
def test_what_was_repaired_meanwhile_is_not_asked_about(
    before: str, said: str, better: str, now: str, asks: bool
) -> None:
    start = before.index(said or "dog")
    found = finding(said, better, category="other", start=start)
    state = TalkState(turns=(PastTurn(CONTINUE),), late=analysis(found, text=before))
    assert (move_for(now, state=state).earlier == before) is asks


def test_a_beginners_basic_slip_is_asked_about_late() -> None:
    apple = finding(
        "apple", "apples", category="noun_number", severity=Severity.SLIP, start=2
    )
    other = finding("eated", "ate", category="verb_form", start=8)
    alone, first = late(apple), late(apple, other)
    assert move_for("We had a good day.", state=alone).findings == (apple,)
    assert move_for("We had a good day.", state=first).findings == (other,)


def test_a_late_finding_alone_is_no_second_time() -> None:
    apple = finding(
        "apple", "apples", category="noun_number", severity=Severity.SLIP, start=2
    )
    ate = finding("eated", "ate", category="verb_form", start=8)
    drank = finding("drinked", "drank", category="verb_form", start=8)
    talked = TalkState(turns=(PastTurn(CONTINUE),))
    once = found_late(talked, analysis(apple, ate), Move(CONTINUE), is_last=True)
    assert move_for("We had a good day.", state=once).findings == (ate,)
    again = found_late(once, analysis(apple, drank), Move(CONTINUE), is_last=True)
    assert move_for("We had a good day.", state=again).findings == (apple,)


def test_what_was_treated_already_has_its_own_steps() -> None:
    state = late(GO, turns=(PastTurn(ELICIT, treated=(GO.key,)),))
    assert move_for("We had a good day.", state=state).earlier == ""


def test_what_is_known_from_other_talks_is_asked_about() -> None:
    state = replace(late(GO), ledger=(known(GO.key, addressed=1),))
    assert move_for("We had a good day.", state=state).kind is ELICIT


def test_corrections_get_a_rest_all_the_same() -> None:
    treated = tuple(PastTurn(ELICIT, treated=(key,)) for key in ("a:b>c", "a:d>e"))
    assert move_for("We had a good day.", state=late(GO, turns=treated)).earlier == ""


def test_slips_of_beginners_are_let_be() -> None:
    assert move_for("We had a good day.", state=late(slip())).earlier == ""


def test_one_mistake_is_enough() -> None:
    other = finding("yesterday", "last week", category="word_choice", start=11)
    move = move_for("We had a good day.", state=late(GO, other), level=Level.B2)
    assert move.findings == (GO,)
