"""Other rules for one learner: more time, more attempts, being excused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learners.models import User

from ..assignment_selectors import assigned_learner_ids
from ..models import Extension
from ..problem import WorkProblem
from .assignments import NotInClass, locked, record_of


class NoTimeWon(WorkProblem):
    """The other date is not later."""

    message = _("Choose a date after the one that counts for everybody.")


@transaction.atomic
def extend(
    *,
    assignment_id: int,
    learner: User,
    due_at: datetime | None,
    extra_attempts: int,
    is_excused: bool,
    reason: str,
    giver: User,
    now: datetime,
) -> Extension | None:
    """Give a learner other rules, in place of those they had; nothing takes them back.

    Raises NotInClass or NoTimeWon.
    """
    assignment = locked(assignment_id)
    if learner.pk not in set(assigned_learner_ids(assignment)):
        raise NotInClass
    if due_at and (assignment.due_at is None or due_at <= assignment.due_at):
        raise NoTimeWon
    record_of(
        assignment,
        "assignment.extended",
        giver.uuid,
        now,
        {
            "more_time": due_at is not None,
            "extra_attempts": extra_attempts,
            "excused": is_excused,
        },
        subject=learner.uuid,
    )
    if not (due_at or extra_attempts or is_excused):
        Extension.objects.filter(assignment=assignment, learner=learner).delete()
        return None
    extension, _made = Extension.objects.update_or_create(
        assignment=assignment,
        learner=learner,
        defaults={
            "due_at": due_at,
            "extra_attempts": extra_attempts,
            "is_excused": is_excused,
            "reason": reason,
            "given_by": giver,
            "given_at": now,
        },
    )
    return extension
