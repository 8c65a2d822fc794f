"""One cell or one column of a map: who it is about, what it says, what can be set for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from learners.models import LessonProgress
from lessons.models import Lesson
from schools.models import Classroom
from sessions.models import TutoringSession

from . import can_dos, mistakes, sounds
from .examples import Example, lesson_talks, mistake_examples, sound_examples
from .heat import Cell, Column, Learner, weak_in
from .links import NewWork
from .page import ClassMap
from .practice import work_for_lesson, work_for_mistakes, work_for_sound


@dataclass(frozen=True, slots=True)
class Standing:
    """A lesson of a can-do: how far the learner is, and their latest talk of it."""

    lesson: Lesson
    progress: LessonProgress | None
    talk: TutoringSession | None


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A learner in a column."""

    learner: Learner
    cell: Cell


@dataclass(frozen=True, slots=True)
class Setting:
    """Work that could be set, and for whom, in words."""

    label: str
    work: NewWork


def column_rows(found: ClassMap, key: str) -> list[ColumnRow]:
    """Return the learners of whom something is known, the weakest first."""
    rows = [
        ColumnRow(learner, cell)
        for learner in found.learners
        if (cell := found.cells.get((learner.id, key))) is not None
    ]
    return sorted(rows, key=lambda row: -row.cell.need)


def settings_for(
    classroom: Classroom,
    kind: str,
    found: ClassMap,
    column: Column,
    learner: Learner | None = None,
    *,
    now: datetime,
) -> list[Setting]:
    """Return what can be set: for one learner, for all who are weak, for the class."""
    weak = _in_need(kind, found, column)
    groups: list[tuple[str, Sequence[Learner]]] = []
    if learner is not None:
        groups.append((_("For %(name)s") % {"name": learner.name}, [learner]))
    if weak and list(weak) != [learner]:
        label = _("For all %(n)s who need it") % {"n": len(weak)}
        groups.append((label, weak))
    if learner is None:
        groups.append((_("For the whole class"), ()))
    made = (
        (label, _work(classroom, kind, found, column, people, now))
        for label, people in groups
    )
    return [Setting(label, work) for label, work in made if work is not None]


def cell_examples(
    classroom: Classroom, kind: str, column: Column, learner: Learner
) -> list[Example]:
    """Return the learner's own sentences behind a cell."""
    if kind == sounds.KIND:
        return sound_examples(
            learner_id=learner.id, classroom=classroom, ipa=column.key
        )
    if kind == mistakes.KIND:
        return mistake_examples(
            learner_id=learner.id, classroom=classroom, kind=column.key
        )
    return []


def standings(found: ClassMap, column: Column, learner: Learner) -> list[Standing]:
    """Return the lessons of a can-do as far as a learner is."""
    lessons = next(one.lessons for one in found.can_dos if one.column == column)
    rows = {
        row.lesson_id: row for row in found.progress if row.learner_id == learner.id
    }
    talks = lesson_talks(learner_id=learner.id, lesson_ids=[one.pk for one in lessons])
    return [Standing(one, rows.get(one.pk), talks.get(one.pk)) for one in lessons]


def learner_of(found: ClassMap, uuid: object) -> Learner | None:
    """Return a learner of the class."""
    return next((one for one in found.learners if one.uuid == uuid), None)


def _in_need(kind: str, found: ClassMap, column: Column) -> list[Learner]:
    if kind != can_dos.KIND:
        return weak_in(column.key, found.learners, found.cells)
    # Who has not reached it, begun or not.
    return [
        one
        for one in found.learners
        if (cell := found.cells.get((one.id, column.key))) is None or cell.need > 0
    ]


def _work(
    classroom: Classroom,
    kind: str,
    found: ClassMap,
    column: Column,
    people: Sequence[Learner],
    now: datetime,
) -> NewWork | None:
    if kind == sounds.KIND:
        return work_for_sound(
            classroom, column.key, people, speakers=found.learners, now=now
        )
    if kind == mistakes.KIND:
        return work_for_mistakes(classroom, column.key, people, now=now)
    lesson = _lesson_to_set(found, column, people)
    return work_for_lesson(classroom, lesson, people, now=now)


def _lesson_to_set(
    found: ClassMap, column: Column, people: Sequence[Learner]
) -> Lesson:
    """Return the first lesson of a can-do that one of them has not finished."""
    lessons = next(one.lessons for one in found.can_dos if one.column == column)
    ids = {one.id for one in people or found.learners}
    for lesson in lessons:
        done = {
            row.learner_id
            for row in found.progress
            if row.lesson_id == lesson.pk and row.finished_at is not None
        }
        if not ids <= done:
            return lesson
    return lessons[-1]
