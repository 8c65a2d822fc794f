"""The audit log: a page and a file. Opening it stands in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.models import User
from learners.permissions import signed_in_user
from schools import audit
from schools.permissions import manageable_schools

from ..audit_forms import AuditFilter
from ..audit_log import A_PAGE, file_rows, filtered, lines, people_named
from ..audit_words import ACTIONS
from ..permissions import can_run_site, can_see_figures, visible_entries


@login_required
@never_cache
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """Show who saw or changed what of whom, latest first."""
    user, form = _asked(request)
    rows = []
    if form.is_valid():
        rows = list(filtered(visible_entries(user), form)[: A_PAGE + 1])
        if request.method == "GET":
            _write_down(user, form, "audit.opened")
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "tab": "audit",
        "is_operator": can_run_site(user),
        "form": form,
        "lines": lines(rows[:A_PAGE]),
        "actions": sorted(ACTIONS),
        "query": query.urlencode(),
        "older": rows[A_PAGE - 1].pk if len(rows) > A_PAGE else None,
        "is_filtered": any(value for key, value in query.items()),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "operations/audit.html", context, status=status)


@login_required
@never_cache
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the same entries as a file, with identifiers instead of names."""
    user, form = _asked(request)
    if not form.is_valid():
        raise Http404
    if request.method == "GET":
        _write_down(user, form, "audit.exported")
    entries = filtered(visible_entries(user), form)
    answer = StreamingHttpResponse(
        _csv_lines(file_rows(entries)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def _asked(request: HttpRequest) -> tuple[User, AuditFilter]:
    user = signed_in_user(request)
    if not can_see_figures(user):
        raise Http404
    schools = manageable_schools(user).order_by("name", "pk")
    return user, AuditFilter(request.GET, schools=schools)


def _write_down(user: User, form: AuditFilter, action: str) -> None:
    values = form.cleaned_data
    school = values["school"]
    if school is None and not can_run_site(user):
        school = manageable_schools(user).order_by("pk").first()
    people = people_named(values["person"]) if values["person"] else []
    audit.record(
        action=action,
        now=timezone.now(),
        actor=user.uuid,
        school=school.uuid if school else None,
        subject=people[0] if len(people) == 1 else None,
        target="audit_log",
    )


class _Echo:
    """Gives back what is written, for a writer of CSV that streams."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def _csv_lines(rows: Iterator[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


def _plain(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{cell}"
    return cell
