"""Set work: listed, made, published."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from coursework.models import Assignment
from coursework.services.assignments import create_assignment, publish_assignment
from learners.models import User

from .. import selectors
from ..models import Scope
from . import showing_work
from .access import Caller, TokenAuth, caller_of
from .paging import Page, PageOf, page_of
from .problems import ApiProblem, not_found
from .replies import answer_once
from .routes_rosters import classroom_of
from .schemas import IdempotencyKey, answers
from .schemas_work import AssignmentIn, AssignmentOut
from .work_reading import read_assignment

router = Router(by_alias=True)
READ = TokenAuth(Scope.ASSIGNMENTS_READ)
WRITE = TokenAuth(Scope.ASSIGNMENTS_WRITE)


@router.get(
    "assignments",
    auth=READ,
    url_name="assignment-list",
    response=answers(Page[AssignmentOut]),
)
def list_assignments(
    request: HttpRequest,
    page: PageOf,
    class_: Annotated[
        UUID | None, Query(alias="class", description="only of this class")
    ] = None,
) -> Any:
    """List the work that is set in the school, drafts too."""
    caller = caller_of(request)
    found = selectors.list_assignments(school=caller.school, classroom=class_)
    return page_of(found, page, showing_work.assignments(caller.now))


@router.get(
    "assignments/{uuid:uuid}",
    auth=READ,
    url_name="assignment-detail",
    response=answers(AssignmentOut),
)
def get_assignment(request: HttpRequest, uuid: UUID) -> Any:
    """Show one piece of set work."""
    caller = caller_of(request)
    return _shown(caller, _assignment(caller, uuid))


@router.post(
    "classes/{uuid:uuid}/assignments",
    auth=WRITE,
    url_name="assignment-create",
    response=answers(AssignmentOut, status=201),
)
def create(
    request: HttpRequest, uuid: UUID, data: AssignmentIn, key: IdempotencyKey = None
) -> Any:
    """Set work in a class, as a draft or for learners to see."""
    caller = caller_of(request)
    classroom = classroom_of(caller, uuid)
    fields = read_assignment(data, classroom=classroom, now=caller.now)
    author = _author(caller)

    def work() -> AssignmentOut:
        assignment = create_assignment(
            classroom=classroom,
            fields=fields,
            publish=data.publish,
            author_id=author.pk,
            actor=author.uuid,
            now=caller.now,
        )
        detail = {"assignment": str(assignment.uuid)}
        caller.record("api.used", "assignment-create", detail=detail)
        return _as_schema(caller, assignment)

    return answer_once(request, caller, key, work, status=201)


@router.post(
    "assignments/{uuid:uuid}/publish",
    auth=WRITE,
    url_name="assignment-publish",
    response=answers(AssignmentOut),
)
def publish(request: HttpRequest, uuid: UUID, key: IdempotencyKey = None) -> Any:
    """Let learners see a draft, from its `opens_at` on. Twice is once."""
    caller = caller_of(request)
    assignment = _assignment(caller, uuid)
    author = _author(caller)

    def work() -> AssignmentOut:
        published = publish_assignment(
            assignment_id=assignment.pk, actor=author.uuid, now=caller.now
        )
        detail = {"assignment": str(published.uuid)}
        caller.record("api.used", "assignment-publish", detail=detail)
        return _as_schema(caller, published)

    return answer_once(request, caller, key, work, status=200)


def _assignment(caller: Caller, uuid: UUID) -> Assignment:
    found = selectors.list_assignments(school=caller.school).filter(uuid=uuid).first()
    if found is None:
        raise not_found()
    return found


def _author(caller: Caller) -> User:
    """Return whoever made the token: set work has somebody who answers for it."""
    author = caller.token.created_by
    if author is None:
        raise ApiProblem(
            409,
            "token.nobody",
            _("Whoever made this token is gone. Make a new one to set work."),
        )
    return author


def _shown(caller: Caller, assignment: Assignment) -> dict[str, Any]:
    return showing_work.assignments(caller.now)([assignment])[0]


def _as_schema(caller: Caller, assignment: Assignment) -> AssignmentOut:
    row = selectors.list_assignments(school=caller.school).get(pk=assignment.pk)
    return AssignmentOut.model_validate(_shown(caller, row))
