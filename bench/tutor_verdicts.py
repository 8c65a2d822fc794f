"""Was a move right, with what the shipped tutor could know when it made it?

An answer does not wait for the model's correction where the shipped settings say so. Then
it knows what rules found; what the model finds is known one turn later, and asked about
then. What neither found is a miss of the analysis, which is counted by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tutor.findings import Analysis
from tutor.moves import CORRECTIONS, MoveKind

from .tutor_runs import Taught, is_true, meets_truth

# What the tutor may do in answer to a turn whose mistake it does not know.
_GOING_ON = frozenset({MoveKind.CONTINUE, MoveKind.INTRODUCE, MoveKind.REUSE})


class Verdict(StrEnum):
    """How the move stands to what was expected."""

    RIGHT = "right"
    """An acceptable move, about a true mistake if it is a correction."""
    LATER = "one_turn_later"
    """The mistake was known too late for this answer and asked about in the next."""
    UNKNOWN = "mistake_not_found"
    """Neither rules nor model found the mistake; the tutor went on with the talk."""
    WRONG = "wrong"


def verdict(one: Taught) -> Verdict:
    """Return how the answer's move was."""
    case, kind = one.case, one.taught.move.kind
    if one.next is not None and not meets_truth(one.next.taught.move, case):
        return Verdict.WRONG
    if kind in case.moves:
        about = kind not in CORRECTIONS or meets_truth(one.taught.move, case)
        return Verdict.RIGHT if about else Verdict.WRONG
    if kind not in _GOING_ON or not CORRECTIONS & case.moves or knew(one):
        return Verdict.WRONG
    if one.next is not None:
        return Verdict.LATER
    return Verdict.WRONG if found(one) else Verdict.UNKNOWN


def knew(one: Taught) -> bool:
    """Whether a true mistake was known when the answer was chosen."""
    return _has_true(one.taught.analysis, one)


def found(one: Taught) -> bool:
    """Whether a true mistake was known in the end."""
    return knew(one) or _has_true(one.answer.looked, one)


def addressed(one: Taught) -> bool:
    """Whether a true mistake was treated in the answer, or in the next one."""
    moves = [one.taught.move, *([one.next.taught.move] if one.next else [])]
    return any(meets_truth(move, one.case) for move in moves)


def asked_twice(one: Taught) -> bool:
    """Whether the next turn asks for something although the answer treated a mistake."""
    return one.next is not None and meets_truth(one.taught.move, one.case)


def right_move_share(ran: Iterable[Taught]) -> float:
    """Return the share of right moves among those that the tutor could know."""
    verdicts = [verdict(one) for one in ran]
    could = [one for one in verdicts if one is not Verdict.UNKNOWN]
    right = sum(one in (Verdict.RIGHT, Verdict.LATER) for one in could)
    return right / len(could) if could else 0.0


def _has_true(analysis: Analysis, one: Taught) -> bool:
    return any(is_true(finding, one.case) for finding in analysis.findings)
