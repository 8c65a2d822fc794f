"""What one reply is like: measured in the same way for every tutor, against the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tutor.gates.gatekeeper import Gatekeeper
from tutor.gates.questions import questions
from tutor.gates.reading import read
from tutor.gating import ReplyContext
from tutor.languages.function_words import function_words
from tutor.moves import CORRECTIONS, Move, MoveKind

from .tutor_cases import Case

# In this order a case's acceptable moves are taken for the one that a reply is held to.
_HELD_TO = (MoveKind.EXPLAIN, MoveKind.RECAST, MoveKind.ELICIT)
# How tutors say that something was wrong, or show that they changed it.
_CORRECTS = re.compile(
    r"\b(?:you should say|you should have said|we (?:usually )?say|instead of|the correct"
    r"|correct (?:way|form|sentence|version)|it should be|should be ['\"“]|a (?:small|little)"
    r" mistake|rephrase|notice the difference|did you mean|better to say|debería ser"
    r"|se dice|lo correcto|on dit|il faut dire|la forme correcte|man sagt|richtig wäre"
    r"|es heißt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A reply by numbers. ``failed`` are the gates that it does not pass."""

    failed: tuple[str, ...]
    words: int
    questions: int
    told: bool
    false_praise: bool
    accuses: bool


def measured(reply: str, case: Case, *, move: Move | None = None) -> Measured:
    """Measure a reply to a turn.

    Without ``move`` the reply is held to the most demanding one that is acceptable.
    ``told`` is true where the learner should find the answer and the reply has it;
    ``accuses`` where a reply shows that it takes something for wrong that is right.
    """
    move = move or held_to(case)
    context = ReplyContext(case.learner, case.plan, move, case.truth)
    results = gatekeeper(case.learner.l2).check(reply, context, whole=True)
    reading = read(reply, case.learner.l2)
    failed = tuple(result.gate for result in results if not result.passed)
    return Measured(
        failed=failed,
        words=reading.words,
        questions=len(questions(reading, function_words(case.learner.l2))),
        told=case.must_not_tell and _reveals(reply, case),
        false_praise=bool(case.truth.findings) and "praise" in failed,
        accuses=not case.may_accuse and bool(_CORRECTS.search(reply)),
    )


def held_to(case: Case) -> Move:
    """Return the move that any tutor's reply to a turn is held to."""
    findings = case.knowable.findings
    if case.must_not_tell and findings:
        return Move(MoveKind.ELICIT, findings=findings)
    for kind in _HELD_TO:
        if kind in case.moves and findings:
            use_l1 = kind is MoveKind.EXPLAIN and case.learner.level.is_basic
            return Move(kind, findings=findings, use_l1=use_l1)
    # Going on asks for nothing that another move would have to do.
    others = sorted(case.moves - CORRECTIONS - {MoveKind.CONTINUE})
    if MoveKind.CONTINUE in case.moves or not others:
        return Move(MoveKind.CONTINUE)
    return Move(others[0])


@cache
def gatekeeper(l2: str) -> Gatekeeper:
    """Return the gates of a language."""
    return Gatekeeper(l2)


def _reveals(reply: str, case: Case) -> bool:
    move = Move(MoveKind.ELICIT, findings=case.truth.findings)
    context = ReplyContext(case.learner, case.plan, move, case.truth)
    return any(
        result.gate == "reveal" and not result.passed
        for result in gatekeeper(case.learner.l2).check(reply, context, whole=True)
    )
