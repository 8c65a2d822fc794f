"""Sends marks to the gradebooks of platforms, and tries again what did not arrive."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from lti_tool.models import LtiRegistration
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.service_connector import ServiceConnector

from inference.protocols import Cancelled

from ..lti.roles import AGS_LINE_ITEM, AGS_SCORE
from ..models import GradeMessage, LtiPlacement
from ..outbound import OutboundProblem, OutboundSession
from ..webhooks.sending import ATTEMPTS, CLAIMED_FOR, PAUSES

State = GradeMessage.State
LINE_ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round."""

    delivered: int = 0
    failed: int = 0


def send_due(
    *, now: datetime, most: int = 200, cancelled: Cancelled | None = None
) -> Sent:
    """Send the marks that are due, oldest first; one access token a platform and round."""
    due = GradeMessage.objects.filter(state=State.WAITING, next_try_at__lte=now)
    connectors: dict[int, ServiceConnector] = {}
    delivered = failed = 0
    ids = due.order_by("next_try_at", "id").values_list("pk", flat=True)
    for pk in list(ids[:most]):
        if cancelled is not None and cancelled.is_set():
            break
        outcome = _send(pk, connectors, now)
        delivered += outcome is True
        failed += outcome is False
    return Sent(delivered, failed)


def _send(
    pk: int, connectors: dict[int, ServiceConnector], now: datetime
) -> bool | None:
    message = _claimed(pk, now)
    if message is None:
        return None
    status, error = _tell(message, connectors)
    mine = GradeMessage.objects.filter(pk=pk, version=message.version)
    if not error:
        # A mark that came meanwhile is a newer version, and still waits.
        mine.update(
            state=State.SENT,
            sent_version=message.version,
            sent_at=timezone.now(),
            last_status=status,
            last_error="",
        )
        return True
    dead = message.attempts >= ATTEMPTS
    mine.update(
        state=State.DEAD if dead else State.WAITING,
        next_try_at=now if dead else now + PAUSES[message.attempts - 1],
        last_status=status,
        last_error=error,
    )
    return False


def _claimed(pk: int, now: datetime) -> GradeMessage | None:
    """Return a message that is due and that from now on nobody else sends."""
    message = (
        GradeMessage.objects.select_related(
            "lti_user",
            "submission__assignment",
            "placement__resource_link__context__deployment__registration",
        )
        .filter(pk=pk, state=State.WAITING, next_try_at__lte=now)
        .first()
    )
    if message is None:
        return None
    claimed = GradeMessage.objects.filter(
        pk=pk, version=message.version, attempts=message.attempts, state=State.WAITING
    ).update(attempts=F("attempts") + 1, next_try_at=now + CLAIMED_FOR)
    message.attempts += 1
    return message if claimed else None


def _tell(
    message: GradeMessage, connectors: dict[int, ServiceConnector]
) -> tuple[int | None, str]:
    """Return the status and a code of what went wrong, empty: nothing."""
    placement = message.placement
    registration = placement.resource_link.context.deployment.registration
    if not registration.is_active:
        return None, "platform.off"
    if AGS_SCORE not in placement.scopes:
        return None, "platform.takes_no_marks"
    try:
        connector = connectors.get(registration.pk) or _connector(registration)
        connectors[registration.pk] = connector
        line_item = placement.line_item_url or _new_line_item(placement, connector)
        service = AssignmentsGradesService(
            connector, {"scope": placement.scopes, "lineitem": line_item}
        )
        service.put_grade(grade_of(message))
    except OutboundProblem as problem:
        return None, problem.code
    except LtiServiceException as problem:
        return problem.response.status_code, "platform.refused"
    except (LtiException, KeyError, TypeError, ValueError):
        return None, "platform.answer"
    return 200, ""


def grade_of(message: GradeMessage) -> Grade:
    """Return what the platform is told: handed in, or marked with points."""
    grade = (
        Grade()
        .set_user_id(message.lti_user.sub)
        .set_timestamp(message.happened_at.isoformat(timespec="milliseconds"))
    )
    if message.points is None:
        return grade.set_activity_progress("Submitted").set_grading_progress(
            "PendingManual"
        )
    return (
        grade.set_score_given(message.points)
        .set_score_maximum(message.points_possible)
        .set_activity_progress("Completed")
        .set_grading_progress("FullyGraded")
    )


def _connector(registration: LtiRegistration) -> ServiceConnector:
    return ServiceConnector(registration.to_registration(), OutboundSession())


def _new_line_item(placement: LtiPlacement, connector: ServiceConnector) -> str:
    """Make a column in the platform's gradebook. Raises LtiException."""
    if not placement.line_items_url or AGS_LINE_ITEM not in placement.scopes:
        raise LtiException("no line item")
    assignment = placement.assignment
    body = {
        "label": assignment.title,
        "scoreMaximum": assignment.points,
        "resourceId": str(assignment.uuid),
        "resourceLinkId": placement.resource_link.id_on_platform,
    }
    answer: Any = connector.make_service_request(
        [AGS_LINE_ITEM],
        placement.line_items_url,
        is_post=True,
        data=json.dumps(body),
        content_type=LINE_ITEM_TYPE,
        accept=LINE_ITEM_TYPE,
    )["body"]
    placement.line_item_url = str(answer["id"])
    placement.save(update_fields=["line_item_url"])
    return placement.line_item_url
