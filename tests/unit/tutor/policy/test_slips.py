"""Small mistakes: which of them beginners hear about."""

from __future__ import annotations

import pytest

from tutor.findings import Finding, Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import CORRECTIONS, Move, MoveKind
from tutor.policy.choosing import choose

from .talks import FREE, analysis, finding, known, move_for, slip, talk

TEXT = "I buy two apple and one bread."


def basic(said: str, better: str, category: str, start: int = 0) -> Finding:
    return finding(said, better, category=category, severity=Severity.SLIP, start=start)


APPLE = basic("apple", "apples", "noun_number", start=10)
DOG = basic("dog", "dogs", "noun_number", start=10)
SINCE = basic("since", "for", "preposition")
ON = basic("in", "on", "preposition")
BUY = finding("buy", "bought", start=2)
TREATED = finding("buy", "bought", start=2).key


@pytest.mark.parametrize("level", [Level.A1, Level.A2])
@pytest.mark.parametrize(
    ("findings", "treated"),
    [
        ((APPLE,), APPLE),
        ((SINCE,), SINCE),
        ((APPLE, slip()), APPLE),
        ((BUY, APPLE), BUY),
        ((slip(),), None),
        ((ON,), None),
    ],
)
def test_beginners_hear_about_basic_slips_where_nothing_else_is_wrong(
    level: Level, findings: tuple[Finding, ...], treated: Finding | None
) -> None:
    assert move_for(TEXT, *findings, level=level).finding == treated


@pytest.mark.parametrize(
    "state",
    [
        TalkState(turns=(PastTurn(MoveKind.CONTINUE, found=(DOG.key,)),)),
        TalkState(ledger=(known(DOG.key, better="dogs"),)),
        TalkState(ledger=(known(APPLE.key, better="apples"),)),
    ],
)
def test_the_second_time_a_basic_slip_counts_as_an_error(state: TalkState) -> None:
    # Of two errors the one of a known kind comes first, then the first in the text.
    late_error = finding("one", "a", category="word_choice", start=20)
    assert move_for(TEXT, late_error, APPLE, state=state).findings == (APPLE,)
    assert move_for(TEXT, late_error, APPLE).findings == (late_error,)
    hidden = finding("x", "y", severity=Severity.BLOCKING, category="word_choice")
    assert move_for(TEXT, hidden, APPLE, state=state).findings == (hidden,)


def test_a_slip_of_another_kind_is_no_second_time() -> None:
    state = TalkState(turns=(PastTurn(MoveKind.CONTINUE, found=(SINCE.key,)),))
    assert move_for(TEXT, BUY, APPLE, state=state).findings == (BUY,)


def test_two_slips_never_follow_each_other_for_beginners_either() -> None:
    turns = [(f"I see {n} dog.", [APPLE if n % 2 else DOG]) for n in range(8)]
    moves = talk(turns, level=Level.A1)
    corrects = [move.kind in CORRECTIONS for move in moves]
    assert corrects[:4] == [True, False, True, False]
    assert all(len(move.findings) <= 1 for move in moves)


@pytest.mark.parametrize(
    ("language", "said", "better", "treats"),
    [
        ("es", "desde", "desde hace", True),
        ("fr", "pour", "depuis", True),
        ("de", "für", "seit", True),
        ("de", "auf", "an", False),
        ("nl", "sinds", "al", False),
    ],
)
def test_what_beginners_swap_is_known_for_each_language(
    language: str, said: str, better: str, treats: bool
) -> None:
    pupil = Learner(l1="ja", l2=language, level=Level.A1)
    found = basic(said, better, "preposition")
    heard = analysis(found, text="Xavier")
    move: Move = choose(LearnerTurn("Xavier"), heard, TalkState(), pupil, FREE)
    assert (move.kind is MoveKind.ELICIT) is treats
