"""Lists in pages: ``cursor`` is where the next one begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from .problems import wrong_field

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item", bound=Schema)


class PageQuery(Schema):
    """Which page of a list."""

    cursor: UUID | None = Field(
        None, description="`next` of the page before; left out: from the beginning"
    )
    limit: int = Field(50, ge=1, le=200, description="how many at most")


class Page(Schema, Generic[Item]):
    """A page of a list; `next` is the cursor of the following one, null at the end."""

    items: list[Item]
    next: UUID | None = Field(
        None, description="cursor of the next page, null: the last"
    )


PageOf = Annotated[PageQuery, Query()]


def page_of(
    rows: QuerySet[Row],
    query: PageQuery,
    show: Callable[[Sequence[Row]], list[Any]],
) -> dict[str, Any]:
    """Return a page of rows in the order of their making, shown by ``show``.

    New rows come at the end, so that who follows the cursor misses none and gets none
    twice. Raises ApiProblem for a cursor that is not one.
    """
    rows = rows.order_by("pk")
    if query.cursor is not None:
        after = rows.model._default_manager.filter(uuid=query.cursor).values("pk")[:1]
        known = list(after)
        if not known:
            raise wrong_field(
                "query.cursor",
                "cursor.unknown",
                _("This cursor is not known. Begin the list anew."),
            )
        rows = rows.filter(pk__gt=known[0]["pk"])
    found = list(rows[: query.limit + 1])
    shown = found[: query.limit]
    more = len(found) > query.limit
    return {
        "items": show(shown),
        "next": getattr(shown[-1], "uuid", None) if more else None,
    }
