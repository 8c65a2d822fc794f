"""Contexts for the gates, in a line each."""

from __future__ import annotations

from tutor.brief import LessonPlan
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.gating import ReplyContext
from tutor.learner import Learner, Level
from tutor.moves import Move, MoveKind

CONTINUE = Move(MoveKind.CONTINUE)


def context(
    l2: str = "en",
    level: str = "B1",
    *,
    move: Move = CONTINUE,
    text: str = "",
    findings: tuple[Finding, ...] = (),
    judged: bool = True,
    plan: LessonPlan | None = None,
    l1: str = "ja",
    name: str = "",
    minor: bool = True,
) -> ReplyContext:
    """What a reply is checked against; a turn without faults if nothing is said."""
    return ReplyContext(
        learner=Learner(l1=l1, l2=l2, level=Level(level), name=name, minor=minor),
        plan=plan or LessonPlan(),
        move=move,
        analysis=Analysis(text=text, corrected=text, findings=findings, judged=judged),
    )


def finding(text: str, said: str, better: str, *, at: int | None = None) -> Finding:
    """A mistake where ``said`` stands in the text; ``at`` for what is missing."""
    start = text.index(said) if at is None else at
    return Finding(
        start=start,
        end=start + len(said),
        said=said,
        better=better,
        type="",
        category="other",
        severity=Severity.ERROR,
        evidence=Evidence.MODEL,
    )


def elicit(text: str, said: str, better: str, *, l2: str = "en") -> ReplyContext:
    """An elicit of one mistake; ``^`` in the text marks what is missing."""
    place = text.find("^")
    text = text.replace("^", "")
    found = finding(text, said, better, at=None if place < 0 else place)
    move = Move(MoveKind.ELICIT, findings=(found,))
    return context(l2, move=move, text=text, findings=(found,))
