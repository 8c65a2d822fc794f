"""Learners and can-dos: whose lessons they finished, began, or have not reached.

A unit of a course is one can-do; a lesson that is in no unit is one by itself, with its
first goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from learners.models import LessonProgress
from lessons.models import Lesson

from .heat import Cell, Column, Shade
from .ranking import STUCK_FROM_DAYS, BegunLesson

KIND = "can-dos"


@dataclass(frozen=True, slots=True)
class CanDo:
    """A can-do with the lessons that lead to it, in order."""

    column: Column
    lessons: tuple[Lesson, ...]


def can_dos(lessons: Sequence[Lesson]) -> list[CanDo]:
    """Return the can-dos of these lessons, in order."""
    found: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        found.setdefault(key_of(lesson), []).append(lesson)
    return [CanDo(_column(some[0]), tuple(some)) for some in found.values()]


def key_of(lesson: Lesson) -> str:
    """Return the name of a lesson's can-do in addresses."""
    if lesson.unit_id is None or lesson.unit is None:
        return f"lesson-{lesson.uuid.hex}"
    return f"unit-{lesson.course.uuid.hex}-{lesson.unit.key}"


def cells(
    found: Iterable[CanDo], rows: Iterable[LessonProgress], *, now: datetime
) -> dict[tuple[int, str], Cell]:
    """Return a cell for each can-do that a learner has begun with."""
    by_lesson: dict[int, dict[int, LessonProgress]] = {}
    for row in rows:
        by_lesson.setdefault(row.lesson_id, {})[row.learner_id] = row
    cells = {}
    for can_do in found:
        learner_ids = {
            learner_id
            for lesson in can_do.lessons
            for learner_id in by_lesson.get(lesson.pk, {})
        }
        for learner_id in learner_ids:
            done = [
                by_lesson.get(lesson.pk, {}).get(learner_id)
                for lesson in can_do.lessons
            ]
            cells[learner_id, can_do.column.key] = _cell(done, now)
    return cells


def begun_lessons(rows: Iterable[LessonProgress]) -> dict[int, list[BegunLesson]]:
    """Return the lessons that each learner began and has not finished."""
    found: dict[int, list[BegunLesson]] = {}
    for row in rows:
        if row.finished_at is None:
            since = max(at for at in (row.started_at, row.read_at, row.talked_at) if at)
            found.setdefault(row.learner_id, []).append(
                BegunLesson(str(row.lesson.uuid), row.lesson.title, since)
            )
    return found


def _column(lesson: Lesson) -> Column:
    if lesson.unit is None:
        goal = str(lesson.goals[0]) if lesson.goals else lesson.title
        return Column(key_of(lesson), lesson.title, lesson.level, goal)
    return Column(key_of(lesson), lesson.unit.title, lesson.level, lesson.unit.can_do)


def _cell(done: Sequence[LessonProgress | None], now: datetime) -> Cell:
    begun = [row for row in done if row is not None]
    finished = sum(row.finished_at is not None for row in begun)
    text = f"{finished}/{len(done)}"
    words = _("%(n)s of %(all)s lessons finished") % {"n": finished, "all": len(done)}
    if finished == len(done):
        return Cell(
            Shade.GOOD, text, _("reached: %(words)s") % {"words": words}, 0, False
        )
    latest = max(row.finished_at or row.started_at for row in begun)
    if now - latest >= timedelta(days=STUCK_FROM_DAYS):
        days = (now - latest).days
        words = _("%(words)s, nothing new for %(days)s days") % {
            "words": words,
            "days": days,
        }
        return Cell(Shade.WEAK, text, words, 1 - finished / len(done), False)
    return Cell(Shade.FAIR, text, words, 0.5 * (1 - finished / len(done)), False)
