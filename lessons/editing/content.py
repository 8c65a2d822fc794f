"""What is changed inside a draft: lessons and exercises added, moved, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ..models import Course, Exercise, Lesson, Unit

_Row = Lesson | Exercise
# Free places far above any real one, for rows that change theirs.
_ASIDE = 20_000


@transaction.atomic
def add_lesson(*, course: Course, unit: Unit | None) -> Lesson:
    """Add an empty lesson at the end of a unit."""
    lessons = course.lessons.select_for_update()
    latest = lessons.aggregate(latest=Max("position"))["latest"] or 0
    key, n = "new-lesson", 1
    while lessons.filter(key=key).exists():
        n += 1
        key = f"new-lesson-{n}"
    lesson = Lesson.objects.create(
        course=course,
        unit=unit,
        key=key,
        position=latest + 1,
        title=_("New lesson"),
        level=course.level or "A1",
        situation="…",
        tutor_role="…",
        opening_line="…",
    )
    in_unit = lessons.filter(unit=unit).exclude(pk=lesson.pk).order_by("position")
    last = in_unit.last()
    if last is not None:
        order = [each for each in lessons.order_by("position") if each != lesson]
        order.insert(order.index(last) + 1, lesson)
        _renumber(order)
    return Lesson.objects.get(pk=lesson.pk)


@transaction.atomic
def move_lesson(*, lesson: Lesson, up: bool) -> None:
    """Put a lesson before the one above it in its unit, or after the one below."""
    order = list(lesson.course.lessons.select_for_update().order_by("position"))
    same = [each for each in order if each.unit_id == lesson.unit_id]
    other = _neighbour(same, lesson, up=up)
    if other is not None:
        _swap(order, lesson, other)


@transaction.atomic
def delete_lesson(*, lesson: Lesson) -> None:
    """Take a lesson out of its draft."""
    course = lesson.course
    lesson.delete()
    _renumber(list(course.lessons.order_by("position")))


@transaction.atomic
def save_exercise(
    *, lesson: Lesson, exercise: Exercise | None, data: Mapping[str, Any]
) -> Exercise:
    """Change an exercise, or add one at the end. ``data`` has been checked by its form."""
    if exercise is None:
        rows = lesson.exercises.select_for_update()
        latest = rows.aggregate(latest=Max("position"))["latest"] or 0
        exercise = Exercise(lesson=lesson, position=latest + 1)
    exercise.type, exercise.data = data["type"], dict(data)
    exercise.save()
    return exercise


@transaction.atomic
def move_exercise(*, exercise: Exercise, up: bool) -> None:
    """Put an exercise before the one above it, or after the one below."""
    order = list(exercise.lesson.exercises.select_for_update().order_by("position"))
    other = _neighbour(order, exercise, up=up)
    if other is not None:
        _swap(order, exercise, other)


@transaction.atomic
def delete_exercise(*, exercise: Exercise) -> None:
    """Take an exercise out of its draft."""
    lesson = exercise.lesson
    exercise.delete()
    _renumber(list(lesson.exercises.order_by("position")))


def _neighbour(order: list[Any], row: _Row, *, up: bool) -> Any:
    place = order.index(row) + (-1 if up else 1)
    return order[place] if 0 <= place < len(order) else None


def _swap(order: list[Any], one: _Row, other: _Row) -> None:
    first, second = order.index(one), order.index(other)
    order[first], order[second] = order[second], order[first]
    _renumber(order)


def _renumber(rows: list[Any]) -> None:
    """Number rows from 1 in this order; a place is never taken twice on the way."""
    changed = [(n, row) for n, row in enumerate(rows, start=1) if row.position != n]
    for aside in (_ASIDE, 0):
        for number, row in changed:
            type(row).objects.filter(pk=row.pk).update(position=number + aside)
