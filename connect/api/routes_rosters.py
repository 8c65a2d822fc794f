"""Schools, classes, and who is in them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from learners.models import User
from schools.models import Classroom, Enrolment, Membership
from schools.services.enrolments import end_enrolment, enrol

from .. import selectors
from ..models import Scope
from ..services.people import take_in_learner
from . import showing
from .access import Caller, TokenAuth, caller_of
from .paging import Page, PageOf, page_of
from .problems import ApiProblem, not_found, wrong_field
from .replies import answer_once
from .schemas import (
    ClassOut,
    EnrolmentIn,
    EnrolmentOut,
    IdempotencyKey,
    SchoolOut,
    answers,
)

router = Router(by_alias=True)
READ = TokenAuth(Scope.ROSTERS_READ)
WRITE = TokenAuth(Scope.ROSTERS_WRITE)


@router.get(
    "schools",
    auth=TokenAuth(),
    url_name="school-list",
    response=answers(Page[SchoolOut]),
)
def list_schools(request: HttpRequest) -> Any:
    """List the schools that the token opens: always exactly one. Any scope will do."""
    school = caller_of(request).school
    terms = list(selectors.list_terms(school=school))
    return {"items": [{**_school(school), "terms": terms}], "next": None}


@router.get(
    "classes", auth=READ, url_name="class-list", response=answers(Page[ClassOut])
)
def list_classes(
    request: HttpRequest,
    page: PageOf,
    archived: Annotated[bool | None, Query(description="only these")] = None,
) -> Any:
    """List the classes of the school."""
    school = caller_of(request).school
    found = selectors.list_classes(school=school, archived=archived)
    return page_of(found, page, showing.classes)


@router.get(
    "classes/{uuid:uuid}",
    auth=READ,
    url_name="class-detail",
    response=answers(ClassOut),
)
def get_class(request: HttpRequest, uuid: UUID) -> Any:
    """Show one class."""
    return showing.classes([classroom_of(caller_of(request), uuid)])[0]


@router.get(
    "classes/{uuid:uuid}/enrolments",
    auth=READ,
    url_name="enrolment-list",
    response=answers(Page[EnrolmentOut]),
)
def list_enrolments(
    request: HttpRequest,
    uuid: UUID,
    page: PageOf,
    ended: Annotated[bool | None, Query(description="only these")] = None,
) -> Any:
    """List the learners of a class."""
    caller = caller_of(request)
    classroom = classroom_of(caller, uuid)
    found = selectors.list_enrolments(classroom=classroom, ended=ended)
    answer = page_of(found, page, showing.enrolments(caller.school))
    caller.record(
        "roster.read",
        "enrolment-list",
        detail={"class": str(uuid), "learners": len(answer["items"])},
    )
    return answer


@router.post(
    "classes/{uuid:uuid}/enrolments",
    auth=WRITE,
    url_name="enrolment-create",
    response=answers(EnrolmentOut, status=201),
)
def create_enrolment(
    request: HttpRequest, uuid: UUID, data: EnrolmentIn, key: IdempotencyKey = None
) -> Any:
    """Enrol a learner; one who is enrolled already stays, one who left comes back.

    By `email` somebody new gets an account without a password. Somebody who has an account
    and has not joined the school is never enrolled over their head: send an invitation.
    """
    caller = caller_of(request)
    classroom = classroom_of(caller, uuid)
    if (data.learner is None) == (data.email is None):
        raise wrong_field(
            "body.learner",
            "learner.unclear",
            _("Name the learner by `learner` or by `email`, and not by both."),
        )

    def work() -> EnrolmentOut:
        learner = _learner(caller, data)
        enrolment = enrol(
            classroom=classroom, learner=learner, actor=caller.actor, now=caller.now
        )
        caller.record("api.used", "enrolment-create", subject=learner.uuid)
        return _shown(caller, enrolment)

    return answer_once(request, caller, key, work, status=201)


@router.delete(
    "enrolments/{uuid:uuid}",
    auth=WRITE,
    url_name="enrolment-end",
    response=answers(EnrolmentOut),
)
def delete_enrolment(request: HttpRequest, uuid: UUID) -> Any:
    """Take a learner out of a class; what they did in it stays. Twice is once."""
    caller = caller_of(request)
    enrolment = Enrolment.objects.filter(
        uuid=uuid, classroom__school=caller.school
    ).first()
    if enrolment is None:
        raise not_found()

    def work() -> EnrolmentOut:
        ended = end_enrolment(
            enrolment_id=enrolment.pk, actor=caller.actor, now=caller.now
        )
        caller.record("api.used", "enrolment-end", subject=ended.learner.uuid)
        return _shown(caller, ended)

    return answer_once(request, caller, None, work, status=200)


def classroom_of(caller: Caller, uuid: UUID) -> Classroom:
    """Return a class of the token's school. Raises ApiProblem (404)."""
    classroom = selectors.list_classes(school=caller.school).filter(uuid=uuid).first()
    if classroom is None:
        raise not_found()
    return classroom


def _learner(caller: Caller, data: EnrolmentIn) -> User:
    if data.email is not None or data.learner is None:
        return take_in_learner(
            school=caller.school,
            email=data.email or "",
            name=data.name.strip(),
            external_id=data.external_id.strip(),
            actor=caller.actor,
            now=caller.now,
        )
    member = (
        Membership.objects.select_related("user__profile")
        .filter(
            school=caller.school,
            user__uuid=data.learner,
            left_at=None,
            role=Membership.Role.LEARNER,
        )
        .first()
    )
    if member is None:
        raise ApiProblem(
            422,
            "learner.unknown",
            _("No learner of the school has this identifier."),
            fields={
                "body.learner": [_("No learner of the school has this identifier.")]
            },
        )
    return member.user


def _shown(caller: Caller, enrolment: Enrolment) -> EnrolmentOut:
    row = selectors.list_enrolments(classroom=enrolment.classroom).get(pk=enrolment.pk)
    return EnrolmentOut.model_validate(showing.enrolments(caller.school)([row])[0])


def _school(school: Any) -> dict[str, Any]:
    return {
        name: getattr(school, name) for name in ("uuid", "key", "name", "time_zone")
    }
