"""Whether a talk reached its goals, from the turns that are stored of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inference.types.assessment import AssessmentOutcome
from lessons.exercise_selectors import get_exercise_brief
from tutor.findings import Severity
from tutor.goals import GoalFinding, GoalState, GoalTurn, judge_goals
from tutor.moves import MoveKind
from tutor.reports.contents import ReportTurn

from .models import Turn, TutoringSession, Utterance
from .models.pronunciation import latest_value
from .own_brief import read_own_brief
from .taught_turns import evidence_of, heard_reply

# Words that recognition doubted are not held for said.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class TalkGoal:
    """A goal, and whether the learner was heard to reach it."""

    text: str
    is_reached: bool


def goals_of_talk(
    session: TutoringSession, turns: Iterable[Turn], goals: Sequence[str]
) -> tuple[GoalFinding, ...]:
    """Return what turns of ``list_turns`` say of each goal, without any query."""
    if not goals:
        return ()
    return judge_goals(goals, tuple(goal_turns(turns)), language=session.l2)


def list_goals(session: TutoringSession, turns: Iterable[Turn]) -> tuple[TalkGoal, ...]:
    """Return the goals of a talk for its learner; none unless one was reached.

    What is not known is not held against anybody: such goals are only not ticked.
    """
    goals = goals_of_session(session)
    found = goals_of_talk(session, turns, goals)
    listed = tuple(
        TalkGoal(goal, is_reached=one.state is GoalState.REACHED)
        for goal, one in zip(goals, found, strict=True)
    )
    return listed if any(one.is_reached for one in listed) else ()


def goals_of_session(session: TutoringSession) -> tuple[str, ...]:
    """Return the goals that a talk has, its own or its lesson's; none in free talk."""
    own = read_own_brief(session.own_brief)
    if own is not None and own.goals:
        return own.goals
    if session.lesson_id is None:
        return ()
    lesson_id, exercise = session.lesson_id, session.exercise
    return tuple(get_exercise_brief(lesson_id=lesson_id, exercise=exercise).goals)


def goal_turns(turns: Iterable[Turn]) -> Iterator[GoalTurn]:
    """Yield the learner's turns with what the tutor had said before each."""
    rows = list(turns)
    taught = {one.turn.index: one.turn for one in evidence_of(rows)}
    before = ""
    for row in rows:
        said = taught.get(row.index)
        if said is not None:
            yield GoalTurn(row.index, said.text, before, counts=_counts(row, said))
        elif row.index > 0 and row.state == Turn.State.NOT_UNDERSTOOD:
            yield GoalTurn(row.index, "", before, counts=False)
        before = heard_reply(row) or before


def _counts(row: Turn, said: ReportTurn) -> bool:
    """Whether something can be built on what was said."""
    utterance = next(
        u for u in row.utterances.all() if u.speaker == Utterance.Speaker.LEARNER
    )
    judged = latest_value(utterance.assessments.all())
    is_other = judged is not None and judged.outcome is AssessmentOutcome.OTHER_VOICE
    is_sure = utterance.confidence is None or utterance.confidence >= SURE
    findings = said.analysis.findings if said.analysis is not None else ()
    makes_sense = all(one.severity is not Severity.BLOCKING for one in findings)
    is_foreign = said.move is not None and said.move.kind is MoveKind.BRIDGE
    return (
        is_sure and makes_sense
        and not (is_other or is_foreign or said.is_delicate)
    )  # fmt: skip
