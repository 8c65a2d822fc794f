"""What webhooks tell: identifiers, times and numbers, never names or what was said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from coursework.models import Assignment, Submission
from schools.models import Enrolment, School

from ..models import WebhookDelivery, WebhookEndpoint, WebhookEvent


def queue_event(
    *, event: WebhookEvent, school: School, data: dict[str, Any], now: datetime
) -> list[WebhookDelivery]:
    """Write a message for each endpoint of the school that wants to know; send nothing."""
    return [
        queue_message(endpoint=endpoint, event=event, data=data, now=now)
        for endpoint in WebhookEndpoint.objects.filter(school=school, is_active=True)
        if event in endpoint.events
    ]


def queue_message(
    *,
    endpoint: WebhookEndpoint,
    event: WebhookEvent,
    data: dict[str, Any],
    now: datetime,
) -> WebhookDelivery:
    """Write a message for one endpoint."""
    return WebhookDelivery.objects.create(
        endpoint=endpoint,
        event=event,
        payload={"type": event.value, "timestamp": now.isoformat(), "data": data},
        next_try_at=now,
        created_at=now,
    )


def assignment_data(assignment: Assignment) -> dict[str, Any]:
    """Return what is told of set work."""
    return {
        "school": str(assignment.classroom.school.uuid),
        "class": str(assignment.classroom.uuid),
        "assignment": str(assignment.uuid),
        "kind": assignment.kind,
        "opens_at": _moment(assignment.opens_at),
        "due_at": _moment(assignment.due_at),
        "points_possible": assignment.points,
    }


def submission_data(submission: Submission) -> dict[str, Any]:
    """Return what is told of work that was handed in."""
    assignment = submission.assignment
    return {
        "school": str(assignment.classroom.school.uuid),
        "class": str(assignment.classroom.uuid),
        "assignment": str(assignment.uuid),
        "submission": str(submission.uuid),
        "learner": str(submission.learner.uuid),
        "attempt": submission.attempt,
        "state": submission.state,
        "submitted_at": _moment(submission.submitted_at),
        "late_s": submission.late_s,
        "spoken_s": submission.spoken_s,
        "points": submission.points,
        "points_possible": assignment.points,
    }


def enrolment_data(enrolment: Enrolment) -> dict[str, Any]:
    """Return what is told of a learner in a class."""
    return {
        "school": str(enrolment.classroom.school.uuid),
        "class": str(enrolment.classroom.uuid),
        "enrolment": str(enrolment.uuid),
        "learner": str(enrolment.learner.uuid),
        "enrolled_at": _moment(enrolment.enrolled_at),
        "ended_at": _moment(enrolment.left_at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
