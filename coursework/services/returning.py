"""Gives work back: its learner sees mark and comments from then on, and gets one mail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from schools.audit import record

from ..models import Submission
from ..problem import WorkProblem
from ..signals import submission_returned
from .marks import locked_submission
from .return_mails import note_returned

if TYPE_CHECKING:
    from learners.models import User


class NotMarked(WorkProblem):
    """There is nothing to see yet."""

    message = _("Give it a mark first: then it can go back.")


def return_submission(
    *, submission_id: int, teacher: User, now: datetime
) -> Submission:
    """Let the learner see mark and comments; what is back already stays as it is.

    Raises NotMarked or SubmissionGone.
    """
    with transaction.atomic():
        submission = locked_submission(submission_id)
        if submission.state == Submission.State.RETURNED:
            return submission
        if submission.points is None:
            raise NotMarked
        submission.state = Submission.State.RETURNED
        submission.returned_at = now
        submission.save(update_fields=("state", "returned_at"))
        note_returned(submission=submission, now=now)
        record(
            action="submission.returned",
            now=now,
            actor=teacher.uuid,
            school=submission.assignment.classroom.school.uuid,
            subject=submission.learner.uuid,
            target="submission",
            target_uuid=submission.uuid,
            detail={"points": submission.points},
        )
        pk = submission.pk
        transaction.on_commit(
            lambda: submission_returned.send_robust(sender=Submission, submission_id=pk)
        )
    return submission
