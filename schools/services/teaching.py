"""Who teaches a class: the lead teacher and co-teachers, who may do the same."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..models import Classroom, ClassTeacher, Membership
from ..problem import SchoolProblem
from .members import STAFF

if TYPE_CHECKING:
    from learners.models import User


class NotATeacherHere(SchoolProblem):
    """Only the school's teachers and managers teach its classes."""

    message = _(
        "Nobody with this address teaches at your school. Invite them as a teacher first."
    )


class LastTeacher(SchoolProblem):
    """A class keeps a teacher."""

    message = _("This is the only teacher of the class. Add another one first.")


@transaction.atomic
def add_teacher(
    *, classroom: Classroom, teacher: User, actor: UUID | None, now: datetime
) -> ClassTeacher:
    """Have a teacher of the school teach a class. Raises NotATeacherHere."""
    belongs = Membership.objects.filter(
        school=classroom.school_id, user=teacher, role__in=STAFF, left_at=None
    )
    if not belongs.exists():
        raise NotATeacherHere
    is_first = not ClassTeacher.objects.filter(classroom=classroom).exists()
    row, is_new = ClassTeacher.objects.get_or_create(
        classroom=classroom,
        teacher=teacher,
        defaults={"added_at": now, "is_lead": is_first},
    )
    if is_new:
        _record(row, "class.teacher_added", actor, now)
    return row


@transaction.atomic
def remove_teacher(
    *, classroom: Classroom, teacher_id: int, actor: UUID | None, now: datetime
) -> None:
    """Have somebody no longer teach a class. Raises LastTeacher."""
    rows = list(
        ClassTeacher.objects.select_for_update(of=("self",))
        .filter(classroom=classroom)
        .select_related("teacher", "classroom__school")
    )
    going = next((row for row in rows if row.teacher_id == teacher_id), None)
    if going is None:
        return
    staying = [row for row in rows if row is not going]
    if not staying:
        raise LastTeacher
    going.delete()
    if going.is_lead:
        staying[0].is_lead = True
        staying[0].save(update_fields=["is_lead"])
    _record(going, "class.teacher_removed", actor, now)


def _record(row: ClassTeacher, action: str, actor: UUID | None, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=row.classroom.school.uuid,
        subject=row.teacher.uuid,
        target="class",
        target_uuid=row.classroom.uuid,
    )
