"""Reads the work that a request wants to set; nothing that cannot be done gets through."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from coursework.models import Assignment
from coursework.services.assignments import AssignmentFields
from lessons.models import Lesson
from lessons.sounds.contrast_files import defined_contrasts
from schools.models import Classroom, Enrolment

from .problems import wrong_field
from .schemas_work import AssignmentIn

Kind = Assignment.Kind
WITH_LESSON = (Kind.LESSON, Kind.LESSON_TALK, Kind.EXERCISES)


def read_assignment(
    data: AssignmentIn, *, classroom: Classroom, now: datetime
) -> AssignmentFields:
    """Return the fields of an assignment. Raises ApiProblem, naming the field."""
    opens_at = data.opens_at or now
    _check_dates(data, opens_at, now)
    return AssignmentFields(
        title=_given(data.title, "title"),
        kind=data.kind,
        opens_at=opens_at,
        lesson=_lesson(data, classroom) if data.kind in WITH_LESSON else None,
        contrast=_contrast(data, classroom) if data.kind == Kind.DRILL else "",
        scenario=_given(data.scenario, "scenario")
        if data.kind in {Kind.ROLE_PLAY, Kind.TALK}
        else "",
        tutor_role=_given(data.tutor_role, "tutor_role")
        if data.kind == Kind.ROLE_PLAY
        else "",
        instructions=data.instructions.strip(),
        due_at=data.due_at,
        closes_at=data.closes_at,
        max_attempts=data.max_attempts,
        min_minutes=data.min_minutes,
        goals=tuple(data.goals),
        points=data.points,
        weight=data.weight,
        learners=_learners(data.learners, classroom),
    )


def _given(text: str, field: str) -> str:
    if not text.strip():
        raise wrong_field(
            f"body.{field}", "field.needed", _("This kind of work needs it.")
        )
    return text.strip()


def _check_dates(data: AssignmentIn, opens_at: datetime, now: datetime) -> None:
    if data.due_at is not None and data.due_at <= max(opens_at, now):
        raise wrong_field(
            "body.due_at",
            "date.over",
            _("It has to be due after it opens, and not in the past."),
        )
    if data.closes_at is not None and data.closes_at <= (data.due_at or opens_at):
        raise wrong_field(
            "body.closes_at", "date.over", _("It has to close after it is due.")
        )


def _lesson(data: AssignmentIn, classroom: Classroom) -> Lesson:
    if data.lesson is None:
        raise wrong_field(
            "body.lesson", "field.needed", _("This kind of work needs it.")
        )
    usable = Q(course__school=None) | Q(course__school=classroom.school_id)
    lesson = Lesson.objects.filter(
        usable, uuid=data.lesson, course__is_published=True
    ).first()
    if lesson is None:
        raise wrong_field(
            "body.lesson", "lesson.unknown", _("The school has no such lesson.")
        )
    return lesson


def _contrast(data: AssignmentIn, classroom: Classroom) -> str:
    if data.contrast not in defined_contrasts(classroom.l2):
        raise wrong_field(
            "body.contrast",
            "contrast.unknown",
            _("There is no drill of these sounds in the language of the class."),
        )
    return data.contrast


def _learners(wanted: list[UUID], classroom: Classroom) -> tuple[int, ...]:
    if not wanted:
        return ()
    found = Enrolment.objects.filter(
        classroom=classroom, left_at=None, learner__uuid__in=wanted
    ).values_list("learner_id", flat=True)
    if len(found) != len(set(wanted)):
        raise wrong_field(
            "body.learners", "learner.unknown", _("Somebody is not in this class.")
        )
    return tuple(found)
