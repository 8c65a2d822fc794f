"""Groups of a class, for work that is not for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..models import Classroom, Enrolment, LearnerGroup
from ..problem import SchoolProblem


class GroupNameTaken(SchoolProblem):
    """The class has a group of this name."""

    message = _("This class has a group of this name already.")


class GroupHasWork(SchoolProblem):
    """Work was set for the group."""

    message = _(
        "Work was set for this group, so it stays. You can change who is in it."
    )


def save_group(
    *,
    classroom: Classroom,
    name: str,
    learner_ids: Iterable[int],
    actor: UUID | None,
    now: datetime,
    group: LearnerGroup | None = None,
) -> LearnerGroup:
    """Make a group, or change ``group``; only who is in the class now can be in it.

    Raises GroupNameTaken.
    """
    is_new = group is None
    group = group or LearnerGroup(classroom=classroom)
    group.name = name
    try:
        with transaction.atomic():
            group.save()
            members = Enrolment.objects.filter(
                classroom=classroom, left_at=None, learner__in=list(learner_ids)
            ).values_list("learner_id", flat=True)
            group.members.set(members)
            _record(group, "group.made" if is_new else "group.changed", actor, now)
    except IntegrityError:
        others = LearnerGroup.objects.filter(classroom=classroom, name=name)
        if others.exclude(pk=group.pk).exists():
            raise GroupNameTaken from None
        raise
    return group


def delete_group(*, group_id: int, actor: UUID | None, now: datetime) -> None:
    """Delete a group; its learners stay in the class. Raises GroupHasWork."""
    try:
        with transaction.atomic():
            group = LearnerGroup.objects.select_related("classroom__school").get(
                pk=group_id
            )
            _record(group, "group.deleted", actor, now)
            group.delete()
    except ProtectedError:
        raise GroupHasWork from None


def _record(
    group: LearnerGroup, action: str, actor: UUID | None, now: datetime
) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=group.classroom.school.uuid,
        target="group",
        target_uuid=group.uuid,
    )
