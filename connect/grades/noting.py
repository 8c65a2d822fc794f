"""Notes that a platform should know something new of a learner's work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from lti_tool.models import LtiUser

from coursework.gradebook.arithmetic import Attempt, CellInput, cell
from coursework.models import Assignment, Extension, MarkOverride, Submission

from ..models import GradeMessage, LtiPlacement

# How far back a mark is looked for of which nobody was told, and when it is overdue.
LATELY = timedelta(days=2)
A_MOMENT = timedelta(minutes=1)


def note_submission(*, submission: Submission, now: datetime) -> list[GradeMessage]:
    """Write what each platform with a link to this work is to know; send nothing."""
    assignment, learner_id = submission.assignment, submission.learner_id
    points = visible_points(assignment, learner_id)
    noted = []
    placements = LtiPlacement.objects.filter(assignment=assignment).select_related(
        "resource_link__context__deployment"
    )
    for placement in placements:
        registration = placement.resource_link.context.deployment.registration_id
        people = LtiUser.objects.filter(
            registration=registration, identity__user=learner_id
        )
        noted += [
            _note(placement, person, submission, points, now) for person in people
        ]
    return noted


def catch_up(*, now: datetime) -> int:
    """Note work that came back lately and of which no platform was told; return how much.

    Whoever gives it back notes it a moment later, and a process may end in between.
    """
    lately = Submission.objects.filter(
        state=Submission.State.RETURNED,
        returned_at__gt=now - LATELY,
        returned_at__lt=now - A_MOMENT,
        assignment__lti_placements__isnull=False,
        learner__lti_identities__isnull=False,
    )
    told = GradeMessage.objects.filter(
        placement__assignment=OuterRef("assignment"),
        lti_user__identity__user=OuterRef("learner"),
        happened_at__gte=OuterRef("returned_at"),
    )
    missing = lately.exclude(Exists(told)).select_related("assignment").distinct()
    return sum(
        bool(note_submission(submission=submission, now=now)) for submission in missing
    )


def visible_points(assignment: Assignment, learner_id: int) -> float | None:
    """Return the mark that counts, of what the learner can see; None: nothing yet.

    What a teacher has not given back stays here, too: platforms show marks at once.
    """
    rows = Submission.objects.filter(
        assignment=assignment, learner=learner_id, state=Submission.State.RETURNED
    )
    attempts = tuple(Attempt(row.attempt, row.points, row.late_s) for row in rows)
    if not attempts:
        return None
    override = MarkOverride.objects.filter(
        assignment=assignment, learner=learner_id
    ).first()
    excused = Extension.objects.filter(
        assignment=assignment, learner=learner_id, is_excused=True
    )
    classroom = assignment.classroom
    found = cell(
        CellInput(
            of=assignment.points,
            attempts=attempts,
            is_excused=excused.exists(),
            override=override.points if override else None,
        ),
        counted=classroom.counted_attempt,
        late_percent_a_day=classroom.late_percent_a_day,
    )
    return None if found.points is None else float(found.points)


@transaction.atomic
def _note(
    placement: LtiPlacement,
    person: LtiUser,
    submission: Submission,
    points: float | None,
    now: datetime,
) -> GradeMessage:
    message, is_new = GradeMessage.objects.select_for_update().get_or_create(
        placement=placement,
        lti_user=person,
        defaults={
            "submission": submission,
            "points": points,
            "points_possible": submission.assignment.points,
            "next_try_at": now,
            "happened_at": now,
        },
    )
    if not is_new:
        message.submission = submission
        message.points = points
        message.points_possible = submission.assignment.points
        message.state = GradeMessage.State.WAITING
        message.version += 1
        message.attempts = 0
        message.next_try_at = message.happened_at = now
        message.save()
    return message
