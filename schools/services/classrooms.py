"""Classes: made, changed, archived and restored; one with work in it is never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from ..audit import Detail, record
from ..models import Classroom, ClassTeacher, School, Term
from ..problem import SchoolProblem

if TYPE_CHECKING:
    from learners.models import User


class ClassNameTaken(SchoolProblem):
    """The school has an open class of this name."""

    message = _("Your school has a class of this name already. Choose another name.")


class ClassHasWork(SchoolProblem):
    """Work was set in the class, so it is archived instead of deleted."""

    message = _(
        "Work was set in this class, and deleting it would delete what learners did. "
        "Archive it instead: it leaves your list, and everything is kept."
    )


@dataclass(frozen=True, slots=True)
class ClassFields:
    """What a class is called and how it works."""

    name: str
    l2: str = "en"
    level: str = ""
    term: Term | None = None
    learner_minutes_a_day: int | None = None
    late_percent_a_day: int = 0


def make_class(
    *,
    school: School,
    fields: ClassFields,
    teacher: User | None,
    actor: UUID | None,
    now: datetime,
) -> Classroom:
    """Make a class, led by ``teacher``. Raises ClassNameTaken."""
    try:
        with transaction.atomic():
            classroom = Classroom.objects.create(
                school=school, created_at=now, **_values(fields)
            )
            if teacher is not None:
                ClassTeacher.objects.create(
                    classroom=classroom, teacher=teacher, is_lead=True, added_at=now
                )
            _record(classroom, "class.made", actor, now)
    except IntegrityError:
        _raise_if_taken(school, fields.name, 0)
        raise
    return classroom


def edit_class(
    *, classroom_id: int, fields: ClassFields, actor: UUID | None, now: datetime
) -> Classroom:
    """Change a class. Raises ClassNameTaken."""
    try:
        with transaction.atomic():
            classroom = _locked(classroom_id)
            changed = [
                name
                for name, value in _values(fields).items()
                if getattr(classroom, name) != value
            ]
            for name in changed:
                setattr(classroom, name, getattr(fields, name))
            if changed:
                classroom.save(update_fields=changed)
                detail = dict.fromkeys(changed, True)
                _record(classroom, "class.changed", actor, now, detail)
    except IntegrityError:
        _raise_if_taken(classroom.school, fields.name, classroom_id)
        raise
    return classroom


@transaction.atomic
def archive_class(*, classroom_id: int, actor: UUID | None, now: datetime) -> Classroom:
    """Put a class away with all that was done in it; twice is once."""
    classroom = _locked(classroom_id)
    if classroom.archived_at is None:
        classroom.archived_at = now
        classroom.save(update_fields=["archived_at"])
        _record(classroom, "class.archived", actor, now)
    return classroom


def restore_class(*, classroom_id: int, actor: UUID | None, now: datetime) -> Classroom:
    """Take a class out of the archive. Raises ClassNameTaken: another one is open."""
    try:
        with transaction.atomic():
            classroom = _locked(classroom_id)
            if classroom.archived_at is not None:
                classroom.archived_at = None
                classroom.save(update_fields=["archived_at"])
                _record(classroom, "class.restored", actor, now)
    except IntegrityError:
        _raise_if_taken(classroom.school, classroom.name, classroom_id)
        raise
    return classroom


def delete_class(*, classroom_id: int, actor: UUID | None, now: datetime) -> None:
    """Delete a class in which no work was ever set. Raises ClassHasWork."""
    try:
        with transaction.atomic():
            classroom = _locked(classroom_id)
            _record(classroom, "class.deleted", actor, now)
            classroom.delete()
    except ProtectedError:
        raise ClassHasWork from None


def _values(fields: ClassFields) -> dict[str, object]:
    return {name: getattr(fields, name) for name in ClassFields.__slots__}


def _locked(classroom_id: int) -> Classroom:
    return (
        Classroom.objects.select_for_update(of=("self",))
        .select_related("school")
        .get(pk=classroom_id)
    )


def _raise_if_taken(school: School, name: str, but: int) -> None:
    taken = Classroom.objects.filter(school=school, name=name, archived_at=None)
    if taken.exclude(pk=but).exists():
        raise ClassNameTaken from None


def _record(
    classroom: Classroom,
    action: str,
    actor: UUID | None,
    now: datetime,
    detail: Detail | None = None,
) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=classroom.school.uuid,
        target="class",
        target_uuid=classroom.uuid,
        detail=detail,
    )
