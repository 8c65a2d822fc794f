"""Marks of the gradebook that a teacher sets by hand; each is added, none is changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from schools.audit import record
from schools.models import Classroom

from ..models import Assignment, MarkOverride
from ..problem import WorkProblem
from .mark_points import PointsOutOfRange
from .marks import REASON_MAX_CHARS, ReasonNeeded

if TYPE_CHECKING:
    from learners.models import User


class ChangedMeanwhile(WorkProblem):
    """Another teacher set this mark since the page was opened; ``current`` is the latest."""

    message = _("Somebody else changed this mark while you had it open.")

    def __init__(self, current: MarkOverride | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def override_mark(
    *,
    assignment_id: int,
    learner: User,
    points: float | None,
    reason: str,
    after: int,
    teacher: User,
    now: datetime,
) -> MarkOverride:
    """Set what counts for a learner, or with ``points`` none take that back.

    ``after`` is the id of the latest override when the page was opened, 0 for none. Raises
    PointsOutOfRange, ReasonNeeded, ChangedMeanwhile.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("classroom__school")
        .get(pk=assignment_id)
    )
    if points is not None and not 0 <= points <= assignment.points:
        raise PointsOutOfRange(most=assignment.points)
    if not reason.strip():
        raise ReasonNeeded
    latest = assignment.overrides.filter(learner=learner).first()
    if (latest.pk if latest else 0) != after:
        raise ChangedMeanwhile(latest)
    added = MarkOverride.objects.create(
        assignment=assignment,
        learner=learner,
        points=None if points is None else round(points, 2),
        reason=reason.strip()[:REASON_MAX_CHARS],
        by=teacher,
        at=now,
    )
    record(
        action="gradebook.overridden" if points is not None else "gradebook.restored",
        now=now,
        actor=teacher.uuid,
        school=assignment.classroom.school.uuid,
        subject=learner.uuid,
        target="assignment",
        target_uuid=assignment.uuid,
        detail={"points": points},
    )
    return added


@transaction.atomic
def choose_counted_attempt(
    *, classroom: Classroom, counted: str, teacher: User, now: datetime
) -> None:
    """Say which of several attempts counts in a class."""
    chosen = Classroom.CountedAttempt(counted)
    changed = (
        Classroom.objects.filter(pk=classroom.pk)
        .exclude(counted_attempt=chosen)
        .update(counted_attempt=chosen)
    )
    if changed:
        record(
            action="class.changed",
            now=now,
            actor=teacher.uuid,
            school=classroom.school.uuid,
            target="class",
            target_uuid=classroom.uuid,
            detail={"counted_attempt": chosen.value},
        )
