"""What is kept of an exchange."""

from __future__ import annotations

import pytest

from tutor.findings import Finding
from tutor.history import PastTurn, TalkState
from tutor.learner import LearnerTurn, SoundProblem
from tutor.moves import Move, MoveKind
from tutor.policy.remembering import found_late, past_turn, unheard

from .talks import ITEMS, PLAN, analysis, finding, slip


def remembered(
    text: str,
    move: Move,
    *findings: Finding,
    state: TalkState | None = None,
    judged: bool = True,
) -> PastTurn:
    found = analysis(*findings, text=text, judged=judged)
    return past_turn(LearnerTurn(text), found, move, state or TalkState(), PLAN)


def elicited(*keys: str) -> TalkState:
    return TalkState(turns=(PastTurn(MoveKind.ELICIT, treated=keys),))


CONTINUE = Move(MoveKind.CONTINUE)


def test_a_correction_is_remembered_with_what_it_treated() -> None:
    past = remembered("I go", Move(MoveKind.ELICIT, findings=(finding(),)), finding())
    assert past.treated == ("verb_tense:go>went",)
    assert not past.slips_only
    assert remembered("", Move(MoveKind.ELICIT, findings=(slip(),))).slips_only


def test_what_was_found_is_remembered_even_where_it_is_let_be() -> None:
    assert remembered("I go", CONTINUE, finding()).found == ("verb_tense:go>went",)
    echo = Move(MoveKind.ENCOURAGE, situation="repeats_tutor")
    assert remembered("I go", echo, finding()).found == ()


def test_items_sounds_and_praise_are_remembered() -> None:
    new = remembered("Fine.", Move(MoveKind.INTRODUCE, item=ITEMS[0]))
    assert new.introduced == "receipt"
    sound = Move(MoveKind.MODEL_SOUND, sound=SoundProblem("think", "θ"))
    assert remembered("I think", sound).sound == "θ"
    assert remembered("Fine.", Move(MoveKind.PRAISE, praise_for="Fine")).praised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have the receipt.", ("receipt",)),
        ("Where are the Receipts?", ("receipt",)),
        ("Can I pay by card and leave a tip?", ("pay by card", "tip")),
        ("I pay with my card.", ()),
        ("I like tipping.", ()),
        ("", ()),
    ],
)
def test_items_the_learner_used(text: str, expected: tuple[str, ...]) -> None:
    assert remembered(text, CONTINUE).produced == expected


def test_the_tutors_words_said_back_are_no_use() -> None:
    echo = Move(MoveKind.ENCOURAGE, situation="repeats_tutor")
    assert remembered("Keep the receipt please.", echo).produced == ()


@pytest.mark.parametrize(
    ("text", "findings", "keys", "expected"),
    [
        ("I went there.", (), ("verb_tense:go>went",), ("verb_tense:go>went",)),
        ("I go there.", (finding(),), ("verb_tense:go>went",), ()),
        ("I go and went there.", (), ("verb_tense:go>went",), ()),
        ("It was nice.", (), ("verb_tense:go>went",), ()),
        ("I went there.", (finding("see", "saw"),), ("verb_tense:go>went",), ()),
        ("I saw the dog.", (), ("article:>the",), ("article:>the",)),
        ("I saw dog.", (), ("extra_word:the>",), ()),
        (
            "She is going home.",
            (),
            ("verb_form:going>is going",),
            ("verb_form:going>is going",),
        ),
    ],
)
def test_repairs_that_can_be_seen(
    text: str,
    findings: tuple[Finding, ...],
    keys: tuple[str, ...],
    expected: tuple[str, ...],
) -> None:
    past = remembered(text, CONTINUE, *findings, state=elicited(*keys))
    assert past.repaired == expected


def test_a_repair_counts_once_soon_and_only_if_judged() -> None:
    key = "verb_tense:go>went"
    once = TalkState(
        turns=(*elicited(key).turns, PastTurn(MoveKind.PRAISE, repaired=(key,)))
    )
    late = TalkState(turns=(*elicited(key).turns, *[PastTurn(MoveKind.CONTINUE)] * 3))
    assert remembered("I went.", CONTINUE, state=once).repaired == ()
    assert remembered("I went.", CONTINUE, state=late).repaired == ()
    assert (
        remembered("I went.", CONTINUE, state=elicited(key), judged=False).repaired
        == ()
    )


@pytest.mark.parametrize(
    ("situation", "silent", "off_topic"),
    [
        ("silence", True, False),
        ("off_topic", False, True),
        ("singing", False, True),
        ("", False, False),
    ],
)
def test_silence_and_drifting_are_remembered(
    situation: str, silent: bool, off_topic: bool
) -> None:
    past = remembered("x", Move(MoveKind.CONTINUE, situation=situation))
    assert (past.silent, past.off_topic) == (silent, off_topic)


def test_an_answer_that_nobody_heard_did_not_happen() -> None:
    past = PastTurn(MoveKind.ELICIT, treated=("verb_tense:go>went",), produced=("tip",))
    assert unheard(past) == PastTurn(MoveKind.CONTINUE, produced=("tip",))
    introduced = PastTurn(MoveKind.INTRODUCE, introduced="tip")
    assert unheard(introduced) == PastTurn(MoveKind.CONTINUE)
    care = PastTurn(MoveKind.CARE)
    assert unheard(care) == care


@pytest.mark.parametrize("is_last", [True, False])
def test_what_is_found_late_is_known_from_then_on(is_last: bool) -> None:
    late = analysis(finding(), text="I go there yesterday.")
    state = found_late(TalkState(), late, CONTINUE, is_last=is_last)
    assert [entry.key for entry in state.ledger] == ["verb_tense:go>went"]
    assert (state.late is late) is is_last
    again = found_late(state, late, CONTINUE, is_last=False)
    assert [entry.seen for entry in again.ledger] == [2]


@pytest.mark.parametrize("situation", ["danger", "injection", "private"])
def test_nobody_is_asked_later_about_what_was_no_talk(situation: str) -> None:
    late = analysis(finding(), text="I go there yesterday.")
    move = Move(MoveKind.DECLINE, situation=situation)
    assert found_late(TalkState(), late, move, is_last=True).late is None


def test_a_turn_that_is_right_leaves_nothing_to_ask() -> None:
    assert found_late(TalkState(), analysis(), CONTINUE, is_last=True).late is None
