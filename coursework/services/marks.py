"""Marks: given, overruled, taken back. The teacher's mark wins and the draft stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from schools.audit import record

from ..models import MarkChange, Submission
from ..problem import WorkProblem
from ..signals import submission_marked
from .mark_points import (
    draft_levels,
    draft_shown,
    given_points,
    known_levels,
    points_of_levels,
)

if TYPE_CHECKING:
    from learners.models import User

REASON_MAX_CHARS = 300
# Marks that differ by less are the same mark.
SAME = 0.005
_ACTIONS = {
    MarkChange.Way.DRAFT_ACCEPTED: "mark.accepted",
    MarkChange.Way.MARKED: "mark.given",
    MarkChange.Way.OVERRULED: "mark.overruled",
    MarkChange.Way.CLEARED: "mark.cleared",
}


class SubmissionGone(WorkProblem):
    """Deleted while it was open, with its learner's account."""

    message = _(
        "This work is not here any more: everything of its learner was deleted meanwhile."
    )


class NotHandedIn(WorkProblem):
    """What is only begun is its learner's."""

    message = _("This was not handed in yet, so it cannot be marked.")


class ReasonNeeded(WorkProblem):
    """Whoever changes a mark, or goes far from the draft, says why."""

    message = _("Say in a few words why: the mark and the reason are both kept.")


class MarkedMeanwhile(WorkProblem):
    """Another teacher marked it since the page was opened; ``current`` is as it is now."""

    message = _("Somebody else marked this while you had it open.")

    def __init__(self, current: Submission) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True, slots=True)
class GivenMark:
    """What a teacher chose: points, or a level for each criterion, or both (points win).

    ``version`` is the submission's when the page was opened.
    """

    version: int
    points: float | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def mark_submission(
    *, submission_id: int, given: GivenMark, teacher: User, now: datetime
) -> Submission:
    """Give or change a mark. The same mark again changes nothing, so sending twice is safe.

    Raises SubmissionGone, NotHandedIn, MarkedMeanwhile, PointsOutOfRange, LevelsMissing,
    ReasonNeeded.
    """
    submission = locked_submission(submission_id)
    if submission.state == Submission.State.STARTED:
        raise NotHandedIn
    levels = known_levels(submission, given.levels)
    points = given_points(submission, given.points, levels)
    if _is_same(submission, points, levels):
        return submission
    if submission.version != given.version:
        raise MarkedMeanwhile(submission)
    reason = given.reason.strip()[:REASON_MAX_CHARS]
    if not reason and needs_reason(submission, points):
        raise ReasonNeeded
    _write(submission, points, levels, _way(submission, points), reason, teacher, now)
    return submission


@transaction.atomic
def clear_mark(
    *, submission_id: int, version: int, reason: str, teacher: User, now: datetime
) -> Submission:
    """Take a mark back. Raises SubmissionGone, MarkedMeanwhile or ReasonNeeded."""
    submission = locked_submission(submission_id)
    if submission.points is None:
        return submission
    if submission.version != version:
        raise MarkedMeanwhile(submission)
    if not reason.strip():
        raise ReasonNeeded
    way = MarkChange.Way.CLEARED
    _write(
        submission, None, {}, way, reason.strip()[:REASON_MAX_CHARS], teacher, now
    )  # fmt: skip
    return submission


def accept_draft(
    *,
    submission_id: int,
    version: int,
    shown: str,
    decided: Mapping[str, int],
    reason: str = "",
    teacher: User,
    now: datetime,
) -> bool:
    """Make the draft the mark; False where it was marked, drafted anew or deleted meanwhile.

    ``shown`` is ``draft_shown`` of what the teacher saw. ``decided`` are levels of criteria
    that could not be measured. False too where one of those has none.
    """
    with transaction.atomic():
        try:
            submission = locked_submission(submission_id)
        except SubmissionGone:
            return False
        draft = submission.draft_points
        if (
            submission.state != Submission.State.SUBMITTED
            or submission.points is not None
            or submission.version != version
            or draft_shown(submission) != shown
            or draft is None
        ):
            return False
        levels, points = draft_levels(submission), draft
        if not (submission.draft or {}).get("is_complete"):
            levels = levels | known_levels(submission, decided)
            try:
                points = points_of_levels(submission, levels)
            except WorkProblem:
                return False
        way = MarkChange.Way.DRAFT_ACCEPTED
        text = reason[:REASON_MAX_CHARS]
        _write(submission, round(points, 2), levels, way, text, teacher, now)
        return True


def needs_reason(submission: Submission, points: float) -> bool:
    """Whether a mark has to be explained: it changes one, or leaves the draft's interval."""
    if submission.points is not None:
        return abs(submission.points - points) >= SAME
    if submission.draft_points is None:
        return False
    reach = max(submission.draft_uncertainty or 0.0, SAME)
    return abs(submission.draft_points - points) > reach


def locked_submission(submission_id: int) -> Submission:
    """Return a submission that nobody else changes meanwhile, with what it belongs to.

    Raises SubmissionGone.
    """
    found = (
        Submission.objects.select_for_update(of=("self",))
        .select_related(
            "assignment__classroom__school", "assignment__rubric", "learner"
        )
        .filter(pk=submission_id)
        .first()
    )
    if found is None:
        raise SubmissionGone
    return found


def _is_same(submission: Submission, points: float, levels: Mapping[str, int]) -> bool:
    return (
        submission.points is not None
        and abs(submission.points - points) < SAME
        and dict(submission.criteria) == dict(levels)
    )


def _way(submission: Submission, points: float) -> MarkChange.Way:
    if submission.points is not None:
        return MarkChange.Way.OVERRULED
    if submission.draft_points is None:
        return MarkChange.Way.MARKED
    is_draft = abs(submission.draft_points - points) < SAME
    return MarkChange.Way.DRAFT_ACCEPTED if is_draft else MarkChange.Way.OVERRULED


def _write(
    submission: Submission,
    points: float | None,
    levels: Mapping[str, int],
    way: MarkChange.Way,
    reason: str,
    teacher: User,
    now: datetime,
) -> None:
    before = submission.points
    submission.points, submission.criteria = points, dict(levels)
    submission.marked_by, submission.marked_at = teacher, now
    submission.version += 1
    submission.save(
        update_fields=("points", "criteria", "marked_by", "marked_at", "version")
    )
    MarkChange.objects.create(
        submission=submission,
        way=way,
        points_before=before,
        points=points,
        criteria=dict(levels),
        reason=reason,
        by=teacher,
        at=now,
    )
    record(
        action=_ACTIONS[way],
        now=now,
        actor=teacher.uuid,
        school=submission.assignment.classroom.school.uuid,
        subject=submission.learner.uuid,
        target="submission",
        target_uuid=submission.uuid,
        detail={"points": points, "before": before, "draft": submission.draft_points},
    )
    pk = submission.pk
    transaction.on_commit(
        lambda: submission_marked.send_robust(sender=Submission, submission_id=pk)
    )
