"""Who may do what with set work: one function a question, asked by every view."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from learners.models import User
from schools.permissions import teachable_classrooms

from .models import Assignment, Rubric, Submission

AnyUser = User | AnonymousUser


def teachable_assignments(user: AnyUser) -> QuerySet[Assignment]:
    """Return the assignments they may open, change and mark: those of their classes."""
    return Assignment.objects.filter(
        classroom__in=teachable_classrooms(user).values("pk")
    )


def reviewable_submissions(user: AnyUser) -> QuerySet[Submission]:
    """Return what was handed in to their classes; what is only begun is the learner's."""
    return Submission.objects.filter(
        assignment__in=teachable_assignments(user).values("pk")
    ).exclude(state=Submission.State.STARTED)


def can_edit_assignment(user: AnyUser, assignment: Assignment) -> bool:
    """Whether they may change an assignment, extend it and see who has done it."""
    return teachable_assignments(user).filter(pk=assignment.pk).exists()


def can_review_submission(user: AnyUser, submission: Submission) -> bool:
    """Whether they may read, hear, comment and mark it. Nobody marks their own."""
    if submission.learner_id == user.pk:
        return False
    return reviewable_submissions(user).filter(pk=submission.pk).exists()


def can_see_submission(user: AnyUser, submission: Submission) -> bool:
    """Whether they may see what was done: the learner, and who may review it."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return submission.learner_id == user.pk or can_review_submission(user, submission)


def usable_rubrics(user: AnyUser) -> QuerySet[Rubric]:
    """Return the rubrics of the library and of the schools of their classes."""
    schools = teachable_classrooms(user).values("school_id")
    return Rubric.objects.filter(archived_at=None).filter(
        school_id__in=schools
    ) | Rubric.objects.filter(archived_at=None, school=None)
