"""Figures of learning and of machines, as pages and as CSV."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.permissions import signed_in_user

from ..figures.filters import NO_COURSE, RANGES, Filter, NotYours, parse_filter
from ..figures.pages import PAGES, Page, PageName
from ..figures.refreshing import refresh_soon
from ..figures.shown import as_csv
from ..permissions import can_run_site, can_see_figures


@login_required
@never_cache
@require_safe
def figures(request: HttpRequest, name: str = PageName.LEARNING) -> HttpResponse:
    """Show one page of figures; ``?range= school= course= by= from= to=`` narrow it."""
    page, shown = _asked(request, name)
    found, left_out = page.figures(shown, timezone.now())
    if left_out:
        refresh_soon()
    context = _context(request, name, page, shown) | {
        "figures": found,
        "left_out": left_out,
    }
    return render(request, "operations/figures.html", context)


@login_required
@never_cache
@require_safe
def figure_csv(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Send the table of one figure."""
    page, shown = _asked(request, name)
    found, _left_out = page.figures(shown, timezone.now())
    for one in found:
        if one.key == key:
            answer = HttpResponse(as_csv(one), content_type="text/csv; charset=utf-8")
            file = f"{key}-{shown.first:%Y%m%d}-{shown.last:%Y%m%d}.csv"
            answer["Content-Disposition"] = f'attachment; filename="{file}"'
            return answer
    raise Http404


def _asked(request: HttpRequest, name: str) -> tuple[Page, Filter]:
    user = signed_in_user(request)
    if name not in PAGES or not can_see_figures(user):
        raise Http404
    page = PAGES[PageName(name)]
    if not page.for_managers and not can_run_site(user):
        raise Http404
    try:
        return page, parse_filter(user, request.GET, now=timezone.now())
    except NotYours:
        raise Http404 from None


def _context(
    request: HttpRequest, name: str, page: Page, shown: Filter
) -> dict[str, Any]:
    return {
        "page": page,
        "name": name,
        "tab": name,
        "shown": shown,
        "ranges": [
            (key, words, shown.query(range=key, by="")) for key, words in RANGES.items()
        ],
        "no_course": NO_COURSE,
        "is_operator": can_run_site(signed_in_user(request)),
    }
