"""Deep linking: a teacher chooses work that the platform places in the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from lti_tool.models import LtiRegistration
from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.lineitem import LineItem

from coursework.models import Assignment
from schools.models import Classroom


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the platform: a form to this address with this token."""

    address: str
    token: str


def linkable_assignments(classroom: Classroom) -> QuerySet[Assignment]:
    """Return the work of a class that can be placed in its course."""
    return Assignment.objects.filter(
        classroom=classroom, archived_at=None
    ).select_related("lesson")


def answer_with(
    assignment: Assignment,
    *,
    registration: LtiRegistration,
    kept: Mapping[str, Any],
    launch_url: str,
) -> Answer:
    """Return the answer that places a piece of work, with a column for its marks."""
    resource = (
        DeepLinkResource()
        .set_title(assignment.title)
        .set_url(launch_url)
        .set_target("window")
        .set_custom_params({"assignment": str(assignment.uuid)})
        .set_lineitem(
            LineItem()
            .set_label(assignment.title)
            .set_score_maximum(assignment.points)
            .set_resource_id(str(assignment.uuid))
        )
    )
    return _answer([resource], registration, kept)


def answer_with_class(
    classroom: Classroom,
    *,
    registration: LtiRegistration,
    kept: Mapping[str, Any],
    launch_url: str,
) -> Answer:
    """Return the answer that places a link to the class, without marks."""
    resource = (
        DeepLinkResource()
        .set_title(classroom.name)
        .set_url(launch_url)
        .set_target("window")
    )
    return _answer([resource], registration, kept)


def answer_with_nothing(
    *, registration: LtiRegistration, kept: Mapping[str, Any]
) -> Answer:
    """Return the answer of somebody who chose nothing."""
    return _answer([], registration, kept)


def _answer(
    resources: list[DeepLinkResource],
    registration: LtiRegistration,
    kept: Mapping[str, Any],
) -> Answer:
    link = DeepLink(
        registration.to_registration(), kept["deployment"], kept["deep_linking"]
    )
    message = link.get_message_jwt(resources)
    # The standard has it sent back as it came, or not at all.
    if message["https://purl.imsglobal.org/spec/lti-dl/claim/data"] is None:
        del message["https://purl.imsglobal.org/spec/lti-dl/claim/data"]
    address = str(kept["deep_linking"].get("deep_link_return_url", ""))
    token: str = link.encode_jwt(message)  # type: ignore[no-untyped-call]
    return Answer(address=address, token=token)
