"""Learners in classes: enrolled, moved, archived. Their work stays where it was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..models import Classroom, Enrolment, LearnerGroup, Membership
from ..problem import SchoolProblem
from ..signals import enrolment_began, enrolment_ended

if TYPE_CHECKING:
    from learners.models import User


class ClassIsArchived(SchoolProblem):
    """Nobody joins a class that was put away."""

    message = _("This class is archived. Restore it first.")


class OtherSchool(SchoolProblem):
    """A learner moves between classes of one school."""

    message = _("That class belongs to another school.")


class NotOfTheSchool(SchoolProblem):
    """Only members of a school are in its classes."""

    message = _("This person does not belong to the school.")


@transaction.atomic
def enrol(
    *, classroom: Classroom, learner: User, actor: UUID | None, now: datetime
) -> Enrolment:
    """Have a member of the school be in a class; who left it comes back.

    Raises ClassIsArchived and NotOfTheSchool.
    """
    if classroom.archived_at is not None:
        raise ClassIsArchived
    belongs = Membership.objects.filter(
        school=classroom.school_id, user=learner, left_at=None
    )
    if not belongs.exists():
        raise NotOfTheSchool
    enrolment, is_new = Enrolment.objects.select_for_update().get_or_create(
        classroom=classroom, learner=learner, defaults={"enrolled_at": now}
    )
    returns = enrolment.left_at is not None
    if returns:
        enrolment.left_at = None
        enrolment.save(update_fields=["left_at"])
    if is_new or returns:
        _record(enrolment, "enrolment.began", actor, now)
        _tell(enrolment_began, enrolment)
    return enrolment


@transaction.atomic
def end_enrolment(*, enrolment_id: int, actor: UUID | None, now: datetime) -> Enrolment:
    """Take a learner out of a class and its groups; what they did in it stays."""
    enrolment = _locked(enrolment_id)
    if enrolment.left_at is None:
        enrolment.left_at = now
        enrolment.save(update_fields=["left_at"])
        for group in LearnerGroup.objects.filter(
            classroom=enrolment.classroom_id, members=enrolment.learner_id
        ):
            group.members.remove(enrolment.learner_id)
        _record(enrolment, "enrolment.ended", actor, now)
        _tell(enrolment_ended, enrolment)
    return enrolment


@transaction.atomic
def move_learner(
    *, enrolment_id: int, to: Classroom, actor: UUID | None, now: datetime
) -> Enrolment:
    """Move a learner to another class of the school.

    Raises OtherSchool and ClassIsArchived; then they stay where they are.
    """
    old = _locked(enrolment_id)
    if old.classroom.school_id != to.school_id:
        raise OtherSchool
    new = enrol(classroom=to, learner=old.learner, actor=actor, now=now)
    if new.pk != old.pk:
        end_enrolment(enrolment_id=old.pk, actor=actor, now=now)
    return new


def _locked(enrolment_id: int) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("classroom__school", "learner")
        .get(pk=enrolment_id)
    )


def _tell(signal: Signal, enrolment: Enrolment) -> None:
    transaction.on_commit(
        lambda: signal.send_robust(Enrolment, enrolment_ids=[enrolment.pk])
    )


def _record(
    enrolment: Enrolment, action: str, actor: UUID | None, now: datetime
) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=enrolment.classroom.school.uuid,
        subject=enrolment.learner.uuid,
        target="class",
        target_uuid=enrolment.classroom.uuid,
    )
