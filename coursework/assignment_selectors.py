"""Reads of assignments: whose they are, who has them, who may see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from schools.models import Enrolment
from schools.selectors import classrooms_of_learner, learner_ids_of

from .models import Assignment, AssignmentTarget, Submission


def get_assignment(*, uuid: UUID) -> Assignment:
    """Return an assignment with its class and lesson. Raises Assignment.DoesNotExist."""
    return with_parts(Assignment.objects.all()).get(uuid=uuid)


def with_parts(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return assignments with all that pages name of them, in one query."""
    return assignments.select_related(
        "classroom__school", "lesson__course", "rubric", "group"
    )


def assigned_learner_ids(assignment: Assignment) -> QuerySet[Enrolment, int]:
    """Return the ids of the learners an assignment is for, who are in the class now."""
    enrolled = learner_ids_of(classroom_id=assignment.classroom_id)
    if assignment.group_id is not None:
        return enrolled.filter(learner__learner_groups=assignment.group_id)
    chosen = AssignmentTarget.objects.filter(assignment=assignment)
    if chosen.exists():
        return enrolled.filter(learner__in=chosen.values("learner"))
    return enrolled


def assignments_for(*, learner_id: int, now: datetime) -> QuerySet[Assignment]:
    """Return what a learner can see: what is set to them and open, or was done by them.

    What is scheduled or a draft is nobody's yet; what was archived stays with who did it.
    """
    targets = AssignmentTarget.objects.filter(assignment=OuterRef("pk"))
    own = Submission.objects.filter(assignment=OuterRef("pk"), learner=learner_id)
    set_to_them = Q(
        archived_at=None,
        classroom__in=classrooms_of_learner(learner_id=learner_id).values("pk"),
    ) & (
        Q(group__members=learner_id)
        | Q(group=None)
        & (~Exists(targets) | Exists(targets.filter(learner=learner_id)))
    )
    return with_parts(
        Assignment.objects.filter(
            set_to_them | Exists(own), published_at__isnull=False, opens_at__lte=now
        )
    ).distinct()


def has_begun(assignment: Assignment) -> bool:
    """Whether a learner began with it, so that changes could hurt them."""
    return Submission.objects.filter(assignment=assignment).exists()
