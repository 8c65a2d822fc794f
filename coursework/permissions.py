"""Who may do what with set work: one function a question, asked by every view."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from learners.models import User
from schools.models import School
from schools.permissions import staffed_schools, teachable_classrooms

from .assignment_selectors import assignments_for
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


def can_hear_submission(user: AnyUser, submission: Submission) -> bool:
    """Whether they may hear the talk that was handed in, as far as its sound is kept.

    Handing in shares a talk with the teachers of the class, its sound included; the talks
    that somebody did not hand in stay their own (``learners.permissions``).
    """
    return submission.session is not None and can_see_submission(user, submission)


def can_read_comments(user: AnyUser, submission: Submission) -> bool:
    """Whether they may read and answer comments: teachers, and the learner once it is back."""
    if not can_see_submission(user, submission):
        return False
    is_back = submission.state == Submission.State.RETURNED
    return is_back or submission.learner_id != user.pk


def usable_rubrics(user: AnyUser) -> QuerySet[Rubric]:
    """Return the rubrics of the library and of the schools of their classes."""
    schools = teachable_classrooms(user).values("school_id")
    return Rubric.objects.filter(archived_at=None).filter(
        school_id__in=schools
    ) | Rubric.objects.filter(archived_at=None, school=None)


def rubrics_of_school(user: AnyUser, school: School) -> QuerySet[Rubric]:
    """Return the rubrics they may look at in a school they teach in, archived ones too."""
    if not staffed_schools(user).filter(pk=school.pk).exists():
        return Rubric.objects.none()
    return Rubric.objects.filter(Q(school=school) | Q(school=None))


def can_hear_instructions(
    user: AnyUser, assignment: Assignment, *, now: datetime
) -> bool:
    """Whether they may hear a teacher's spoken instructions: who has or teaches the work."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if can_edit_assignment(user, assignment):
        return True
    own = assignments_for(learner_id=user.pk, now=now)
    return own.filter(pk=assignment.pk).exists()
