"""What a talk is about where somebody wrote that for this talk, such as a teacher."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from lessons.brief import LessonBrief
from lessons.limits import TalkLimits

# So much of a talk is the learner's own voice; the rest is waiting and the tutor's.
_OWN_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBrief:
    """A situation of one's own for a talk, or what differs from its lesson.

    What is empty stays as the lesson has it. ``l2`` and ``level`` count only where there is
    no lesson. ``min_minutes`` are the learner's own minutes of speech that are wanted: the
    tutor does not close the talk before they can be reached.
    """

    title: str
    situation: str = ""
    tutor_role: str = ""
    opening_line: str = ""
    goals: tuple[str, ...] = ()
    l2: str = ""
    level: str = ""
    min_minutes: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what a TutoringSession keeps of it."""
        return asdict(self) | {"goals": list(self.goals)}


def read_own_brief(kept: dict[str, Any] | None) -> OwnBrief | None:
    """Return what a TutoringSession keeps, None where the talk has no brief of its own."""
    if not kept:
        return None
    return OwnBrief(**(kept | {"goals": tuple(kept.get("goals", ()))}))


def brief_of_talk(
    own: OwnBrief | None, lesson: LessonBrief | None, *, session: UUID
) -> LessonBrief | None:
    """Return what the tutor teaches: the lesson, as far as the own brief does not differ."""
    if own is None:
        return lesson
    if lesson is None:
        return LessonBrief(
            uuid=session,
            title=own.title,
            course_title="",
            l2=own.l2,
            level=own.level,
            situation=own.situation,
            goals=own.goals,
            tutor_role=own.tutor_role,
            opening_line=own.opening_line,
            target_words=(),
            target_phrases=(),
        )
    return replace(
        lesson,
        situation=own.situation or lesson.situation,
        tutor_role=own.tutor_role or lesson.tutor_role,
        opening_line=own.opening_line or lesson.opening_line,
        goals=own.goals or lesson.goals,
        tutor_facts=() if own.tutor_role else lesson.tutor_facts,
    )


def long_enough(limits: TalkLimits, own: OwnBrief | None) -> TalkLimits:
    """Return limits that leave time for the minutes of speech that are wanted."""
    if own is None or not own.min_minutes or not limits.minutes:
        return limits
    wanted = math.ceil(own.min_minutes / _OWN_SHARE)
    return replace(limits, minutes=max(limits.minutes, float(wanted)))
