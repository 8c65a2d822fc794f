"""How far made-up people are in the courses of the site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from learners.models import CourseProgress, LessonProgress, User
from lessons.models import Lesson
from lessons.selectors import offered_courses

from .talks import Spoken


def lessons_of_level(level: str) -> list[Lesson]:
    """Return the lessons of the site's English course of a level, in order."""
    course = (
        offered_courses(l2="en")
        .filter(is_current=True, level=level, school=None)
        .order_by("title")
        .first()
    )
    return list(course.lessons.order_by("position")) if course else []


def store_lessons_taken(people: Sequence[tuple[User, Spoken]]) -> None:
    """Store the progress that follows from the talks about lessons."""
    courses: list[CourseProgress] = []
    progress: list[LessonProgress] = []
    for user, spoken in people:
        found: dict[int, tuple[Lesson, list[datetime]]] = {}
        for talk in spoken.talks:
            lesson = talk.session.lesson
            if lesson is not None:
                at = talk.session.started_at
                found.setdefault(lesson.pk, (lesson, []))[1].append(at)
        if not found:
            continue
        begun = [moments[0] for _, moments in found.values()]
        courses.append(
            CourseProgress(
                learner=user,
                course_id=next(iter(found.values()))[0].course_id,
                started_at=min(begun),
                last_active_at=max(moments[-1] for _, moments in found.values()),
            )
        )
        latest = max(begun)
        progress += [
            LessonProgress(
                learner=user,
                lesson=lesson,
                started_at=moments[0],
                talked_at=moments[0],
                # The lesson they are in is not finished yet.
                finished_at=None if moments[0] == latest else moments[-1],
            )
            for lesson, moments in found.values()
        ]
    CourseProgress.objects.bulk_create(courses)
    LessonProgress.objects.bulk_create(progress, 1000)
