"""The classes of somebody who teaches, with what needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from schools.models import Classroom, ClassTeacher, Enrolment

from .names import names_in_school


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class as a list shows it."""

    classroom: Classroom
    n_learners: int
    teachers: tuple[str, ...]


def list_classes(
    classes: QuerySet[Classroom], *, archived: bool = False
) -> QuerySet[Classroom]:
    """Return open or archived ones of these classes, with their school and term."""
    rows = classes.filter(archived_at__isnull=not archived, school__is_active=True)
    return rows.select_related("school", "term").order_by("school__name", "name", "pk")


def class_cards(classes: Iterable[Classroom]) -> list[ClassCard]:
    """Return classes with how many learn in them and who teaches them."""
    classes = list(classes)
    counts = dict(
        Enrolment.objects.filter(classroom__in=classes, left_at=None)
        .order_by()
        .values_list("classroom")
        .annotate(n=Count("pk", filter=Q(learner__is_active=True)))
    )
    taught: dict[int, list[int]] = {}
    rows = ClassTeacher.objects.filter(classroom__in=classes)
    for class_id, teacher_id in rows.values_list("classroom_id", "teacher_id"):
        taught.setdefault(class_id, []).append(teacher_id)
    names: dict[tuple[int, int], str] = {}
    for school_id in {classroom.school_id for classroom in classes}:
        ids = {
            teacher_id
            for classroom in classes
            if classroom.school_id == school_id
            for teacher_id in taught.get(classroom.pk, ())
        }
        for user_id, name in names_in_school(school_id=school_id, user_ids=ids).items():
            names[school_id, user_id] = name
    return [
        ClassCard(
            classroom,
            counts.get(classroom.pk, 0),
            tuple(
                names[classroom.school_id, teacher_id]
                for teacher_id in taught.get(classroom.pk, ())
            ),
        )
        for classroom in classes
    ]
