"""Learning records (xAPI) as a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import islice

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from schools.audit import record

from ..forms import RecordsForm
from ..permissions import connectable_schools
from ..xapi.events import Span
from ..xapi.export import home_of, lines
from .tokens import manager

LINES_A_PART = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_list(request: HttpRequest) -> HttpResponseBase:
    """Ask which learning records are wanted; send them as lines of JSON on POST."""
    user = manager(request)
    schools = connectable_schools(user)
    today = timezone.now().date()
    first = {"first_day": today - timedelta(days=30), "last_day": today}
    form = RecordsForm(request.POST or None, schools=schools, initial=first)
    if request.method != "POST" or not form.is_valid():
        context = {"tab": "records", "form": form, "several": schools.count() > 1}
        status = 422 if form.errors else 200
        return render(request, "connect/record_list.html", context, status=status)
    school, classroom = form.cleaned_data["school"], form.cleaned_data["classroom"]
    since, until = form.moments()
    record(
        action="records.exported",
        now=timezone.now(),
        actor=user.uuid,
        school=school.uuid,
        target="class" if classroom else "school",
        target_uuid=classroom.uuid if classroom else school.uuid,
        detail={"since": since.isoformat(), "until": until.isoformat()},
    )
    span = Span(school=school, classroom=classroom, since=since, until=until)
    parts = _parts(lines(span, home=home_of(request)))
    response = StreamingHttpResponse(
        _awaited(parts) if isinstance(request, ASGIRequest) else parts,
        content_type="application/x-ndjson",
    )
    name = f"xapi-{school.key}-{since:%Y-%m-%d}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _parts(rows: Iterator[str]) -> Iterator[str]:
    while part := "".join(islice(rows, LINES_A_PART)):
        yield part


async def _awaited(parts: Iterator[str]) -> AsyncIterator[str]:
    """Yield parts without holding up the event loop or keeping all of them."""

    def following() -> str | None:
        return next(parts, None)

    while (part := await sync_to_async(following)()) is not None:
        yield part
