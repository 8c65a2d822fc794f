"""Seeing the site as somebody else: whom, why, and the end of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.models import User
from learners.permissions import signed_in_user
from schools.acting import SESSION_KEY

from ..impersonation import LASTS, NotAllowed, begin, end
from ..permissions import can_run_site, can_see_figures, people_to_see_as
from ..see_as_forms import SeeAsForm

A_PAGE = 20
MAX_SEARCH_CHARS = 100


@login_required
@never_cache
@require_safe
def see_as(request: HttpRequest) -> HttpResponse:
    """List as whom one may see the site; ``?search=`` by name or address."""
    user = signed_in_user(request)
    if not can_see_figures(user):
        raise Http404
    search = request.GET.get("search", "").replace("\x00", "").strip()
    search = search[:MAX_SEARCH_CHARS]
    people = people_to_see_as(user).select_related("profile").order_by("email")
    if search:
        people = people.filter(
            Q(email__icontains=search) | Q(profile__display_name__icontains=search)
        )
    context = {
        "tab": "see-as",
        "is_operator": can_run_site(user),
        "page": Paginator(people, A_PAGE).get_page(request.GET.get("page")),
        "search": search,
    }
    return render(request, "operations/see_as.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def see_as_begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask why, then show the site as this person sees it."""
    user = signed_in_user(request)
    person = people_to_see_as(user).select_related("profile").filter(uuid=uuid).first()
    if person is None:
        raise Http404
    form = SeeAsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _begun(request, user, person, form.cleaned_data["reason"])
    context = {
        "tab": "see-as",
        "is_operator": can_run_site(user),
        "person": person,
        "form": form,
        "minutes": LASTS.total_seconds() // 60,
    }
    status = 422 if form.is_bound else 200
    return render(request, "operations/see_as_begin.html", context, status=status)


def _begun(request: HttpRequest, user: User, person: User, reason: str) -> HttpResponse:
    try:
        begun = begin(actor=user, person=person, reason=reason, now=timezone.now())
    except NotAllowed:
        raise Http404 from None
    request.session[SESSION_KEY] = str(begun.uuid)
    return redirect("today")


@login_required
@require_POST
def see_as_end(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    found = getattr(request, "impersonation", None)
    request.session.pop(SESSION_KEY, None)
    if found is not None:
        end(found, now=timezone.now(), why="actor")
    messages.success(request, _("You see the site as yourself again."))
    return redirect("operations:see-as")


@login_required
@never_cache
@require_safe
def see_as_over(request: HttpRequest) -> HttpResponse:
    """Say that the time is over."""
    if not can_see_figures(signed_in_user(request)):
        raise Http404
    messages.info(request, _("The time is over: you see the site as yourself again."))
    return redirect("operations:see-as")
