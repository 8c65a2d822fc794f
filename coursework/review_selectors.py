"""Reads of what was handed in: the queue of a class, and one submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from learners.permissions import AnyUser

from .drafts.trouble import urgency
from .models import Comment, MarkChange, Submission
from .permissions import reviewable_submissions

# A draft is accepted with others only where its interval is at most so much of the points.
SMALL_UNCERTAINTY = 0.12
# What a teacher needs for one: to read and hear what is in doubt, or to glance.
LOOK_S = 45
GLANCE_S = 4
HEARD_OF_TALK = 0.5


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One submission that waits for a teacher.

    ``doubt`` is the draft's uncertainty as a share of the points, 1 without a draft.
    ``can_be_accepted``: what could be measured is sure, and nothing is troubling;
    ``to_decide`` are the criteria that could not, by key: a person gives their levels.
    """

    submission: Submission
    urgency: int
    doubt: float
    can_be_accepted: bool
    to_decide: tuple[str, ...] = ()

    @property
    def trouble_or_accepted(self) -> bool:
        """Whether there is another reason to see it than doubt, or none at all."""
        return self.can_be_accepted or bool(self.submission.trouble)

    @property
    def seconds(self) -> int:
        """How long a look at it may take."""
        if self.can_be_accepted:
            return GLANCE_S
        return round(LOOK_S + HEARD_OF_TALK * self.submission.spoken_s)


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the replies to it, in the order in which they came."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


def get_submission(*, user: AnyUser, classroom: UUID, uuid: UUID) -> Submission:
    """Return what this person may review, with all it belongs to.

    Raises Submission.DoesNotExist, also for what is not theirs and for their own.
    """
    return (
        reviewable_submissions(user)
        .filter(uuid=uuid, assignment__classroom__uuid=classroom)
        .exclude(learner_id=user.pk)
        .select_related(
            "assignment__classroom__school",
            "assignment__rubric",
            "assignment__lesson",
            "learner__profile",
            "marked_by__profile",
        )
        .get()
    )


def list_threads(*, submission: Submission) -> list[Thread]:
    """Return the threads about a submission, by moment; first those about all of it."""
    rows = submission.comments.select_related("author__profile").order_by(
        "created_at", "id"
    )
    threads: dict[int, Thread] = {}
    replies: list[Comment] = []
    for comment in rows:
        if comment.parent_id is None:
            threads[comment.pk] = Thread(comment)
        else:
            replies.append(comment)
    for reply in replies:
        if reply.parent_id in threads:
            threads[reply.parent_id].replies.append(reply)
    return sorted(
        threads.values(),
        key=lambda one: -1 if one.comment.at_ms is None else one.comment.at_ms,
    )


def list_mark_changes(*, submission: Submission) -> QuerySet[MarkChange]:
    """Return the history of a mark, latest first."""
    return submission.mark_changes.select_related("by__profile")


def waiting(
    *, user: AnyUser, classroom_id: int, assignment: UUID | None = None
) -> list[QueueItem]:
    """Return what waits in a class, what needs a teacher most first.

    By trouble, then by doubt, then what waits longest. What is marked but not given back
    is among it: it needs one more key.
    """
    found = (
        reviewable_submissions(user)
        .filter(assignment__classroom_id=classroom_id, state=Submission.State.SUBMITTED)
        .exclude(learner_id=user.pk)
        .select_related("assignment__rubric", "learner__profile")
    )
    if assignment is not None:
        found = found.filter(assignment__uuid=assignment)
    items = [queue_item(one) for one in found]
    return sorted(
        items,
        key=lambda one: (
            one.submission.points is not None,
            -one.urgency,
            one.can_be_accepted,
            -round(one.doubt, 3),
            one.submission.submitted_at or one.submission.started_at,
            one.submission.pk,
        ),
    )


def queue_item(submission: Submission) -> QueueItem:
    """Return what is known of how much a submission needs a teacher."""
    draft = submission.draft or {}
    points = submission.assignment.points
    doubt = known = 1.0
    if submission.draft_uncertainty is not None:
        doubt = submission.draft_uncertainty / points
        found = draft.get("known_uncertainty")
        known = 1.0 if found is None else found / points
    return QueueItem(
        submission=submission,
        urgency=urgency(submission.trouble),
        doubt=doubt,
        can_be_accepted=(
            submission.points is None
            and submission.draft_points is not None
            and not submission.trouble
            and known <= SMALL_UNCERTAINTY
        ),
        to_decide=tuple(
            one["key"]
            for one in draft.get("criteria", [])
            if "missing" in one and one.get("weight") and one.get("of")
        ),
    )


def next_after(items: list[QueueItem], submission: Submission) -> Submission | None:
    """Return what comes after a submission in the queue, from its top at the end."""
    others = [one.submission for one in items if one.submission.pk != submission.pk]
    places = [one.submission.pk for one in items]
    if submission.pk not in places:
        return others[0] if others else None
    at = places.index(submission.pk)
    return others[at % len(others)] if others else None
