"""Learning events as xAPI statements."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from schools.switches import XAPI, is_on

from ..models import Scope
from ..xapi.events import Span
from ..xapi.export import CursorUnknown, home_of, page
from .access import TokenAuth, caller_of
from .problems import ApiProblem, wrong_field
from .routes_rosters import classroom_of
from .schemas import Moment, answers

router = Router(by_alias=True)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class StatementsQuery(Schema):
    """Which statements."""

    class_: UUID | None = Field(None, alias="class", description="of this class")
    since: Moment | None = Field(None, description="from then on")
    until: Moment | None = Field(None, description="before that moment; null: now")
    cursor: str | None = Field(
        None,
        max_length=200,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next` of before",
    )
    limit: int = Field(100, ge=1, le=500, description="how many at most")


class StatementsOut(Schema):
    """Statements (xAPI 1.0.3), oldest first."""

    items: list[dict[str, Any]]
    next: str | None = Field(
        None, description="cursor of the next page, null: the last"
    )


@router.get(
    "statements",
    auth=TokenAuth(Scope.RESULTS_READ),
    url_name="statement-list",
    response=answers(StatementsOut),
)
def list_statements(
    request: HttpRequest, query: Annotated[StatementsQuery, Query()]
) -> Any:
    """List what learners did as xAPI statements, to be sent to a learning record store.

    The same event always has the same `id`, so that sending it twice does no harm.
    """
    caller = caller_of(request)
    if not is_on(XAPI, school_ids=[caller.school.pk]):
        raise ApiProblem(
            403, "xapi.off", _("Learning records are switched off for this school.")
        )
    classroom = classroom_of(caller, query.class_) if query.class_ else None
    span = Span(
        school=caller.school,
        classroom=classroom,
        since=query.since or EARLIEST,
        until=query.until or caller.now,
    )
    try:
        items, following = page(
            span, home=home_of(request), cursor=query.cursor, limit=query.limit
        )
    except CursorUnknown:
        raise wrong_field(
            "query.cursor",
            "cursor.unknown",
            _("This cursor is not known. Begin the list anew."),
        ) from None
    caller.record("records.read", "statement-list", detail={"statements": len(items)})
    return {"items": items, "next": following}
