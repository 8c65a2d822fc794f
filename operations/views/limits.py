"""Limits of talking, and how much of them is used."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.permissions import signed_in_user
from schools.permissions import manageable_schools

from ..limits import site_use, use_of
from ..permissions import can_run_site, can_see_figures

MOST_SCHOOLS = 200


@login_required
@never_cache
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Show each school's use beside its limits."""
    user = signed_in_user(request)
    if not can_see_figures(user):
        raise Http404
    now = timezone.now()
    schools = manageable_schools(user).filter(is_active=True).order_by("name", "pk")
    is_operator = can_run_site(user)
    context = {
        "tab": "limits",
        "is_operator": is_operator,
        "rows": use_of(schools[:MOST_SCHOOLS], now=now),
        "site": site_use(now=now) if is_operator else None,
    }
    return render(request, "operations/limits.html", context)
