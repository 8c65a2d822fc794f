"""What the pages of courses show a learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lessons.levels import TAUGHT_LANGUAGES, Language
from lessons.models import Course, Lesson
from lessons.selectors import get_lesson_after

from .course_selectors import (
    CourseStanding,
    count_answered,
    get_course_standing,
    lesson_progress,
    list_courses_for,
    next_lesson,
    outline,
    where_is_learner,
)
from .models import LearnerProfile


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a dialogue; ``side`` is where their lines stand: "start" or "end"."""

    name: str
    side: str
    number: int


def course_list_context(*, user_id: int, l2: str) -> dict[str, Any]:
    """Return the courses of a language, by default of the one the learner learns."""
    profile = LearnerProfile.objects.filter(user_id=user_id).first()
    every = list_courses_for(learner_id=user_id)
    tags = {standing.course.l2 for standing in every}
    languages = [language for language in TAUGHT_LANGUAGES if language.tag in tags]
    own = profile.l2 if profile else ""
    chosen = _chosen(languages, l2, own)
    shown = [standing for standing in every if standing.course.l2 == chosen]
    level = profile.level if profile and profile.l2 == chosen else ""
    lesson = next_lesson(learner_id=user_id, l2=chosen, level=level) if level else None
    return {
        "taught": languages,
        "chosen": chosen,
        "level": level,
        "courses": sorted(shown, key=lambda each: each.course.level or "Z"),
        "lesson": lesson,
        "standing": _of_course(shown, lesson),
    }


def course_context(*, user_id: int, course: Course) -> dict[str, Any]:
    """Return a course with its units, and where to go on."""
    return {
        "course": course,
        "standing": get_course_standing(learner_id=user_id, course=course),
        "units": outline(learner_id=user_id, course=course),
        "next_lesson": where_is_learner(learner_id=user_id, course=course),
    }


def lesson_context(*, user_id: int, lesson: Lesson) -> dict[str, Any]:
    """Return a lesson and how far the learner is in it."""
    return {
        "lesson": lesson,
        "l2": lesson.course.l2,
        "progress": lesson_progress(learner_id=user_id, lesson=lesson),
        "n_exercises": lesson.exercises.count(),
        "n_answered": count_answered(learner_id=user_id, lesson=lesson),
        "next_lesson": get_lesson_after(lesson),
        **dialogue_context(lesson),
    }


def dialogue_context(lesson: Lesson) -> dict[str, Any]:
    """Return the dialogue as lines with their speakers; the first of them stands at the start."""
    speakers: dict[str, Speaker] = {}
    for line in lesson.dialogue:
        side = "end" if len(speakers) % 2 else "start"
        new = Speaker(line["who"], side, len(speakers) + 1)
        speakers.setdefault(line["who"], new)
    lines = [
        {"speaker": speakers[line["who"]], "text": line["text"]}
        for line in lesson.dialogue
    ]
    return {"speakers": list(speakers.values()), "lines": lines}


def _chosen(languages: Sequence[Language], *wanted: str) -> str:
    tags = [language.tag for language in languages]
    found = [tag for tag in wanted if tag in tags]
    return next(iter([*found, *tags]), "")


def _of_course(
    standings: Sequence[CourseStanding], lesson: Lesson | None
) -> CourseStanding | None:
    course_id = lesson.course_id if lesson else None
    return next((each for each in standings if each.course.pk == course_id), None)
