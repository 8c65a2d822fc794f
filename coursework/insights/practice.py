"""What to set for a sound, a kind of mistakes or a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from learners.selectors import mistake_label
from lessons.models import Lesson
from schools.models import Classroom

from ..models import Assignment
from .heat import Learner
from .links import NewWork, new_work
from .mistakes import practice_of
from .sounds import contrast_for


def work_for_sound(
    classroom: Classroom,
    ipa: str,
    learners: Sequence[Learner],
    *,
    speakers: Sequence[Learner] = (),
    now: datetime,
) -> NewWork | None:
    """Return a drill of a sound, None where nothing is known to drill it against.

    ``speakers`` are those whose first languages choose the other sound, where the drill
    is for the whole class.
    """
    contrast = contrast_for(ipa, learners or speakers, classroom.l2)
    if not contrast:
        return None
    return new_work(
        classroom,
        Assignment.Kind.DRILL,
        learners,
        title=_("Drill: the sound /%(ipa)s/") % {"ipa": ipa},
        contrast=contrast,
        now=now,
    )


def work_for_mistakes(
    classroom: Classroom, kind: str, learners: Sequence[Learner], *, now: datetime
) -> NewWork:
    """Return a talk about something that calls for what goes wrong."""
    goal, topic = practice_of(kind)
    return new_work(
        classroom,
        Assignment.Kind.TALK,
        learners,
        title=_("Practise: %(what)s") % {"what": mistake_label(kind)},
        scenario=topic,
        goals=[goal],
        now=now,
    )


def work_for_lesson(
    classroom: Classroom, lesson: Lesson, learners: Sequence[Learner], *, now: datetime
) -> NewWork:
    """Return a lesson as work, with its own goals."""
    return new_work(
        classroom,
        Assignment.Kind.LESSON,
        learners,
        title=lesson.title,
        lesson=str(lesson.uuid),
        goals=[str(goal) for goal in lesson.goals],
        now=now,
    )
