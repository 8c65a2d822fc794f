"""Reads who is in a course of a platform into its class (Names and Role Provisioning)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin

from django.db import transaction
from pylti1p3.exception import LtiException
from pylti1p3.service_connector import ServiceConnector
from requests.utils import parse_header_links

from learners.models import User
from schools.audit import record
from schools.models import Enrolment
from schools.problem import SchoolProblem
from schools.services.enrolments import end_enrolment, enrol

from ..models import LtiCourse, LtiIdentity
from ..outbound import OutboundProblem, OutboundSession
from .knowing import note_person
from .people import OwnerIsAsked, person_of, take_in
from .problems import LtiProblem
from .roles import NRPS_SCOPE, learns, teaches

MEMBERS_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MOST_PAGES: Final = 100


class RosterUnreadable(Exception):
    """The platform did not give its list; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class RosterRead:
    """What reading a course did. ``to_sign_in`` have an account and must connect it."""

    enrolled: int = 0
    ended: int = 0
    unchanged: int = 0
    to_sign_in: int = 0
    refused: int = 0
    teachers: int = 0
    present: set[int] = field(default_factory=set)


def read_roster(course: LtiCourse, *, by: User, now: datetime) -> RosterRead:
    """Enrol the learners of a course, and end the enrolment of those who left it there.

    Only those whom the platform sent are taken out: who joined the class otherwise stays.
    Teachers come by themselves, with their first visit. Raises RosterUnreadable; then
    nothing has changed.
    """
    members = list(_members(course))
    done = RosterRead()
    with transaction.atomic():
        for member in members:
            _take(member, course, done, now)
        _end_others(course, done, by, now)
        course.roster_read_at = now
        course.save(update_fields=["roster_read_at"])
        record(
            action="lti.roster_read",
            now=now,
            actor=by.uuid,
            school=course.classroom.school.uuid,
            target="class",
            target_uuid=course.classroom.uuid,
            detail={"enrolled": done.enrolled, "ended": done.ended},
        )
    return done


def _take(
    member: dict[str, Any], course: LtiCourse, done: RosterRead, now: datetime
) -> None:
    roles = member.get("roles")
    roles = [str(role) for role in roles] if isinstance(roles, list) else []
    sub = member.get("user_id")
    if not isinstance(sub, str) or not 0 < len(sub) <= 255:
        done.refused += 1
        return
    if teaches(roles) or not learns(roles):
        done.teachers += teaches(roles)
        return
    if member.get("status", "Active") != "Active":
        return
    registration = course.context.deployment.registration
    person = note_person(
        registration, sub=sub, name=member.get("name"), email=member.get("email")
    )
    try:
        user = person_of(person, now=now)
        take_in(
            school=course.classroom.school,
            user=user,
            teaches=False,
            name=person.name,
            now=now,
        )
        was = Enrolment.objects.filter(
            classroom=course.classroom, learner=user, left_at=None
        ).exists()
        enrol(classroom=course.classroom, learner=user, actor=None, now=now)
    except OwnerIsAsked:
        done.to_sign_in += 1
        return
    except (LtiProblem, SchoolProblem):
        done.refused += 1
        return
    done.present.add(user.pk)
    done.unchanged += was
    done.enrolled += not was


def _end_others(course: LtiCourse, done: RosterRead, by: User, now: datetime) -> None:
    sent = LtiIdentity.objects.filter(
        lti_user__registration=course.context.deployment.registration_id
    ).values("user_id")
    gone = Enrolment.objects.filter(
        classroom=course.classroom, left_at=None, learner__in=sent
    ).exclude(learner__in=done.present)
    for enrolment in gone:
        end_enrolment(enrolment_id=enrolment.pk, actor=by.uuid, now=now)
        done.ended += 1


def _members(course: LtiCourse) -> Iterator[dict[str, Any]]:
    """Yield the members of a course, page by page. Raises RosterUnreadable."""
    address: str | None = course.context.memberships_url
    if not address:
        raise RosterUnreadable("roster.not_offered")
    registration = course.context.deployment.registration
    try:
        connector = ServiceConnector(registration.to_registration(), OutboundSession())
        for _page in range(MOST_PAGES):
            answer: Any = connector.make_service_request(
                [NRPS_SCOPE],
                address,
                accept=MEMBERS_TYPE,
                case_insensitive_headers=True,
            )
            members = answer["body"]["members"]
            yield from (member for member in members if isinstance(member, dict))
            address = _next(address, answer["headers"].get("link", ""))
            if address is None:
                return
    except OutboundProblem as problem:
        raise RosterUnreadable(problem.code) from None
    except (LtiException, KeyError, TypeError, ValueError):
        raise RosterUnreadable("platform.answer") from None
    raise RosterUnreadable("roster.endless")


def _next(address: str, link: str) -> str | None:
    """Return the address of the next page, as it is written: its case may matter."""
    for entry in parse_header_links(link) if link else ():
        if entry.get("rel") == "next":
            return urljoin(address, str(entry["url"]))
    return None
