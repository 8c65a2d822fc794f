"""Work of a class that was due and is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from schools.models import Classroom

from ..models import Assignment, Extension, Submission
from .heat import Learner
from .ranking import LateWork

# What was due long ago is history.
OLDEST = timedelta(days=60)


def late_work(
    classroom: Classroom, learners: Sequence[Learner], *, now: datetime
) -> dict[int, list[LateWork]]:
    """Return what each learner has not handed in, by the rules of their own extension."""
    rows = list(
        Assignment.objects.filter(
            classroom=classroom,
            archived_at=None,
            published_at__lte=now,
            due_at__lt=now,
            due_at__gte=now - OLDEST,
        )
        .order_by("due_at", "id")
        # A row for each learner that it names, or who is in its group, else one.
        .values_list(
            "pk",
            "uuid",
            "title",
            "due_at",
            "group_id",
            "group__members",
            "targets__learner",
        )
    )
    if not rows:
        return {}
    ids = {row[0] for row in rows}
    done = set(
        Submission.objects.filter(assignment__in=ids)
        .exclude(state=Submission.State.STARTED)
        .values_list("assignment", "learner")
    )
    extended = {
        (assignment, learner): (due_at, excused)
        for assignment, learner, due_at, excused in Extension.objects.filter(
            Q(due_at__isnull=False) | Q(is_excused=True), assignment__in=ids
        ).values_list("assignment", "learner", "due_at", "is_excused")
    }
    everybody = {learner.id for learner in learners}
    found: dict[int, list[LateWork]] = defaultdict(list)
    for pk, uuid, title, due_at, group_id, member, target in rows:
        for learner_id in _whose(group_id, member, target, everybody):
            later, excused = extended.get((pk, learner_id), (None, False))
            due = later or due_at
            if due is None or due >= now or excused or (pk, learner_id) in done:
                continue
            found[learner_id].append(LateWork(str(uuid), title, due))
    return found


def _whose(
    group_id: int | None, member: int | None, target: int | None, everybody: set[int]
) -> set[int]:
    if group_id is not None:
        return everybody & {member}
    return everybody if target is None else everybody & {target}
