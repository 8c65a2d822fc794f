"""A draft is a version that nobody learns from yet; publishing makes it the current one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError

from ..course_files.reading import words_of_fault
from ..course_files.schema import LessonFile
from ..models import Course, Exercise, Lesson, Unit

_KEY_CHARS = 60


class DraftProblem(Exception):
    """What was asked of a draft cannot be done; ``problems`` says why, in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def drafts() -> QuerySet[Course]:
    """Return the versions that are being edited."""
    return Course.objects.filter(is_draft=True)


def get_draft(uuid: UUID) -> Course:
    """Return a draft. Raises Course.DoesNotExist."""
    return drafts().get(uuid=uuid)


@transaction.atomic
def copy_to_draft(*, course: Course, editor_id: int, now: datetime) -> Course:
    """Return a draft of a version's content; one that is there already is gone on with."""
    versions = Course.objects.select_for_update().filter(key=course.key)
    begun = drafts().filter(key=course.key).first()
    if begun is not None:
        return begun
    latest = versions.aggregate(latest=Max("version"))["latest"]
    draft = Course.objects.get(pk=course.pk)
    draft.version = latest + 1
    return _copied(course, draft, editor_id=editor_id, now=now)


@transaction.atomic
def copy_to_school(
    *, course: Course, school_id: int, school_key: str, editor_id: int, now: datetime
) -> Course:
    """Return a draft of a school's own course with a version's content.

    It goes its own way from then on: new versions of either change nothing of the other.
    """
    draft = Course.objects.get(pk=course.pk)
    draft.school_id = school_id
    draft.key = free_key(f"{school_key}-{course.key}")
    draft.version = 1
    return _copied(course, draft, editor_id=editor_id, now=now)


@transaction.atomic
def new_course(
    *,
    school_id: int,
    school_key: str,
    title: str,
    l2: str,
    level: str,
    editor_id: int,
    now: datetime,
) -> Course:
    """Return the draft of a school's new course, without any lesson."""
    return Course.objects.create(
        school_id=school_id,
        key=free_key(f"{school_key}-{slugify(title)}"),
        title=title,
        l2=l2,
        level=level,
        is_current=False,
        is_draft=True,
        edited_at=now,
        edited_by_id=editor_id,
    )


def free_key(wanted: str) -> str:
    """Return a key that no course has, as near to what is wanted as can be."""
    longest = _KEY_CHARS - 4
    base = wanted[:longest].strip("-") or "course"
    taken = set(
        Course.objects.filter(key__startswith=base).values_list("key", flat=True)
    )
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)


def set_in_catalogue(*, course: Course, shown: bool) -> None:
    """Show a current version to who looks for a course, or take it out.

    Who is in the middle of it keeps it.
    """
    Course.objects.filter(pk=course.pk, is_current=True).update(is_published=shown)


def touch(*, course: Course, editor_id: int, now: datetime) -> None:
    """Keep who edited a version last."""
    Course.objects.filter(pk=course.pk).update(edited_at=now, edited_by=editor_id)


@transaction.atomic
def publish_draft(*, draft: Course, editor_id: int, now: datetime) -> None:
    """Make a draft the current version. Raises DraftProblem with all that is wrong."""
    problems = draft_problems(draft)
    if problems:
        raise DraftProblem(problems)
    versions = Course.objects.select_for_update().filter(key=draft.key)
    versions.filter(is_current=True).update(is_current=False)
    Course.objects.filter(pk=draft.pk).update(
        is_draft=False,
        is_current=True,
        is_published=True,
        edited_at=now,
        edited_by=editor_id,
    )


def delete_draft(*, draft: Course) -> None:
    """Throw a draft away. Nobody can have begun with it."""
    draft.delete()


def draft_problems(draft: Course) -> list[str]:
    """Return what keeps a draft from being published, lesson by lesson.

    Lessons of courses with a level are held to the schema of course files; in others, whose
    lessons are talks alone, what the forms ask for is enough.
    """
    lessons = list(draft.lessons.prefetch_related("exercises"))
    if not lessons:
        return [_("The course has no lesson.")]
    if not draft.level:
        return []
    return [
        f"{lesson.title}: {problem}"
        for lesson in lessons
        for problem in lesson_problems(lesson)
    ]


def lesson_problems(lesson: Lesson) -> list[str]:
    """Return where a lesson is not as the schema of course files wants it."""
    try:
        LessonFile.model_validate(lesson_as_file(lesson))
    except ValidationError as error:
        return [words_of_fault(each) for each in error.errors()]
    return []


def lesson_as_file(lesson: Lesson) -> Mapping[str, object]:
    """Return a lesson as its file would hold it."""
    return {
        "key": lesson.key,
        "title": lesson.title,
        "level": lesson.level,
        "situation": lesson.situation,
        "can_do": lesson.goals,
        "dialogue": lesson.dialogue,
        "words": lesson.words,
        "patterns": lesson.patterns,
        "notes": lesson.explanations,
        "tutor": {
            "role": lesson.tutor_role,
            "opening_line": lesson.opening_line,
            "facts": lesson.tutor_facts,
            "elicit": lesson.target_phrases[:6],
        },
        "exercises": [exercise.data for exercise in lesson.exercises.all()],
    }


def _copied(course: Course, draft: Course, *, editor_id: int, now: datetime) -> Course:
    """Save ``draft`` as a course of its own, with units, lessons and exercises."""
    units = list(course.units.all())
    lessons = list(course.lessons.all())
    exercises = list(Exercise.objects.filter(lesson__course=course))
    draft.digest = ""
    draft.is_current = draft.is_published = False
    draft.is_draft = True
    draft.edited_at, draft.edited_by_id = now, editor_id
    _as_new(draft)
    draft.save()
    unit_of: dict[int | None, Unit | None] = {None: None}
    for unit in units:
        unit_of[unit.pk] = unit
        unit.course = draft
        unit.pk = None
    Unit.objects.bulk_create(units)
    lesson_of: dict[int, Lesson] = {}
    for lesson in lessons:
        lesson_of[lesson.pk] = lesson
        lesson.course, lesson.unit = draft, unit_of[lesson.unit_id]
        _as_new(lesson)
    Lesson.objects.bulk_create(lessons)
    for exercise in exercises:
        exercise.lesson = lesson_of[exercise.lesson_id]
        _as_new(exercise)
    Exercise.objects.bulk_create(exercises)
    return draft


def _as_new(row: Course | Lesson | Exercise) -> None:
    row.pk = None
    row.uuid = type(row)._meta.get_field("uuid").get_default()
    row._state.adding = True
