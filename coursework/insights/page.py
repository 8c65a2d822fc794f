"""What the pages of a class's insights show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from learners.models import LessonProgress
from schools.models import Classroom

from . import can_dos, mistakes, sounds
from .heat import MOST_COLUMNS, Cells, Column, Heat, Learner, heat_table
from .late_work import late_work
from .ranking import LearnerFigures, going_well, ranked
from .reads import (
    Enrolled,
    Month,
    class_learners,
    class_learners_lately,
    last_month,
    lesson_progress,
    lessons_of,
    sound_weights,
    talk_figures,
)
from .words import Advice, advice

KINDS = (sounds.KIND, mistakes.KIND, can_dos.KIND)
SHOWN_AT_ONCE = 8


class UnknownMap(LookupError):
    """There is no map of this kind, or it has no such column."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Who needs the teacher. ``first`` is shown at once, ``rest`` on demand."""

    n_learners: int
    month: Month
    first: tuple[Advice, ...]
    rest: tuple[Advice, ...]
    going_well: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class ClassMap:
    """The people, columns and cells of a map, before it is laid out.

    ``can_dos`` has the lessons of each column, of that map alone.
    """

    learners: tuple[Learner, ...]
    columns: tuple[Column, ...]
    cells: Cells
    can_dos: tuple[can_dos.CanDo, ...] = ()
    progress: tuple[LessonProgress, ...] = ()

    def column(self, key: str) -> Column:
        """Return a column. Raises UnknownMap."""
        found = next((one for one in self.columns if one.key == key), None)
        if found is None:
            raise UnknownMap(key)
        return found


def overview(classroom: Classroom, *, now: datetime) -> Overview:
    """Return what a class needs, most urgent first, and what goes well."""
    enrolled = class_learners_lately(classroom, now=now)
    figures = _figures(classroom, enrolled, now)
    needs = [advice(need, classroom, now=now) for need in ranked(figures, now=now)]
    return Overview(
        n_learners=len(enrolled),
        month=last_month(enrolled),
        first=tuple(needs[:SHOWN_AT_ONCE]),
        rest=tuple(needs[SHOWN_AT_ONCE:]),
        going_well=tuple(
            advice(need, classroom, now=now) for need in going_well(figures)
        ),
    )


def class_map(
    classroom: Classroom,
    kind: str,
    *,
    now: datetime,
    key: str = "",
    every: bool = False,
) -> ClassMap:
    """Return a map of a class. Raises UnknownMap.

    ``key``: only that column; ``every``: all columns, also those no page has room for.
    """
    learners = tuple(one.learner for one in class_learners(classroom))
    ids = [learner.id for learner in learners]
    if kind == sounds.KIND:
        weights = sounds.merged(
            sound_weights(ids, l2=classroom.l2, now=now), classroom.l2
        )
        columns = sounds.columns(weights, classroom.l2)
        # What is believed of a cell takes a while: only of those that are shown.
        wanted = [one for one in columns if one.key == key] if key else columns
        shown = wanted if every else wanted[:MOST_COLUMNS]
        return ClassMap(learners, tuple(columns), sounds.cells(weights, shown))
    if kind == mistakes.KIND:
        talks = talk_figures(ids, l2=classroom.l2, now=now)
        kinds = mistakes.columns(talks)
        return ClassMap(learners, tuple(kinds), mistakes.cells(talks, kinds))
    if kind == can_dos.KIND:
        return _can_do_map(classroom, learners, now)
    raise UnknownMap(kind)


def heat_of(found: ClassMap, kind: str, *, every: bool = False) -> Heat:
    """Return a map as a table."""
    most = None if every else MOST_COLUMNS
    if kind != can_dos.KIND:
        return heat_table(kind, found.learners, found.columns, found.cells, most=most)
    # In the order of the course; where there is no room for all, what was begun last.
    keys = {key for _learner, key in found.cells}
    begun = [one for one in found.columns if one.key in keys]
    shown = found.columns if every else begun[-MOST_COLUMNS:]
    return heat_table(
        kind, found.learners, shown, found.cells, most=None, by_need=False
    )


def _can_do_map(
    classroom: Classroom, learners: tuple[Learner, ...], now: datetime
) -> ClassMap:
    ids = [learner.id for learner in learners]
    rows = lesson_progress(ids, l2=classroom.l2)
    lessons = lessons_of({row.lesson.course_id for row in rows})
    found = can_dos.can_dos(lessons)
    return ClassMap(
        learners,
        tuple(one.column for one in found),
        can_dos.cells(found, rows, now=now),
        tuple(found),
        tuple(rows),
    )


def _figures(
    classroom: Classroom, enrolled: list[Enrolled], now: datetime
) -> list[LearnerFigures]:
    learners = [one.learner for one in enrolled]
    ids = [learner.id for learner in learners]
    talks = talk_figures(ids, l2=classroom.l2, now=now)
    weights = sounds.merged(sound_weights(ids, l2=classroom.l2, now=now), classroom.l2)
    known = sounds.figures(weights, classroom.l2)
    begun = can_dos.begun_lessons(lesson_progress(ids, l2=classroom.l2))
    late = late_work(classroom, learners, now=now)
    return [
        LearnerFigures(
            learner=one.learner,
            enrolled_at=one.enrolled_at,
            last_talk_at=one.latest.started_at if one.latest else None,
            last_talk=str(one.latest.uuid) if one.latest else "",
            talks=talks.get(pk, ()),
            sounds=known.get(pk, ()),
            late=late.get(pk, ()),
            begun=begun.get(pk, ()),
        )
        for one in enrolled
        if (pk := one.learner.id) is not None
    ]
