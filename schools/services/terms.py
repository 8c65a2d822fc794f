"""Terms of a school."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..models import Classroom, School, Term
from ..problem import SchoolProblem
from .classrooms import archive_class


class TermNameTaken(SchoolProblem):
    """The school has a term of this name."""

    message = _("Your school has a term of this name already.")


def save_term(
    *,
    school: School,
    name: str,
    starts_on: date,
    ends_on: date,
    actor: UUID | None,
    now: datetime,
    term: Term | None = None,
) -> Term:
    """Add a term, or change ``term``. Raises TermNameTaken."""
    is_new = term is None
    term = term or Term(school=school)
    term.name, term.starts_on, term.ends_on = name, starts_on, ends_on
    try:
        with transaction.atomic():
            term.save()
            _record(term, "term.added" if is_new else "term.changed", actor, now)
    except IntegrityError:
        others = Term.objects.filter(school=school, name=name).exclude(pk=term.pk)
        if others.exists():
            raise TermNameTaken from None
        raise
    return term


@transaction.atomic
def remove_term(*, term_id: int, actor: UUID | None, now: datetime) -> None:
    """Take a term away; its classes stay, without a term."""
    term = Term.objects.select_for_update().select_related("school").get(pk=term_id)
    _record(term, "term.removed", actor, now)
    term.delete()


@transaction.atomic
def archive_term(*, term_id: int, actor: UUID | None, now: datetime) -> int:
    """Archive all classes of a term that is over; return how many."""
    term = Term.objects.select_for_update().select_related("school").get(pk=term_id)
    open_classes = Classroom.objects.filter(term=term, archived_at=None)
    n_archived = 0
    for classroom in open_classes:
        archive_class(classroom_id=classroom.pk, actor=actor, now=now)
        n_archived += 1
    _record(term, "term.archived", actor, now)
    return n_archived


def _record(term: Term, action: str, actor: UUID | None, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=term.school.uuid,
        target="term",
        target_uuid=term.uuid,
    )
