"""What counts on the whole site: settings, switches, announcements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.models import User
from learners.permissions import signed_in_user
from schools import site_settings, site_state
from schools.announcements import delete_announcement, save_announcement
from schools.models import Announcement, School
from schools.permissions import manageable_schools
from schools.switches import SWITCHES, UnknownSwitch, set_switch

from ..permissions import can_run_site, can_see_figures
from ..site_forms import AnnouncementForm, SettingsForm

DISMISSED_COOKIE = "dismissed"
_DISMISSED_AGE_S = 60 * 24 * 3600
_MOST_DISMISSED = 20


def _operator(request: HttpRequest) -> User:
    user = signed_in_user(request)
    if not can_run_site(user):
        raise Http404
    return user


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show and change the settings of the site."""
    user = _operator(request)
    form = SettingsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = site_settings.change(
            values=form.cleaned_data, by=user.uuid, now=timezone.now()
        )
        n = len(changed)
        words = ngettext("%(n)s setting is changed.", "%(n)s settings are changed.", n)
        messages.success(request, words % {"n": n} if n else _("Nothing was changed."))
        return redirect("operations:settings")
    context = {"tab": "settings", "is_operator": True, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "operations/settings.html", context, status=status)


@login_required
@never_cache
@require_safe
def switches(request: HttpRequest) -> HttpResponse:
    """Show what is on, for the site and for each school that one manages."""
    user = signed_in_user(request)
    if not can_see_figures(user):
        raise Http404
    is_operator = can_run_site(user)
    wanted = request.GET.get("school", "")
    schools = list(manageable_schools(user).order_by("name", "pk"))
    school = next((one for one in schools if str(one.uuid) == wanted), None)
    if school is None and not is_operator:
        school = schools[0]
    context = {
        "tab": "switches",
        "is_operator": is_operator,
        "schools": schools,
        "school": school,
        "rows": _switch_rows(school),
    }
    return render(request, "operations/switches.html", context)


def _switch_rows(school: School | None) -> list[dict[str, Any]]:
    decided = site_state.current().switches
    return [
        {
            "switch": one,
            "is_on": decided.get((one.key, school.pk if school else None), True),
            "site_off": school is not None and not decided.get((one.key, None), True),
        }
        for one in SWITCHES.values()
        if school is None or one.for_schools
    ]


@login_required
@require_POST
def switch_set(request: HttpRequest, key: str) -> HttpResponse:
    """Switch a part on or off; ``school`` names one that is managed, empty: the site."""
    user = signed_in_user(request)
    posted = request.POST.get("school", "")
    school = None
    if posted:
        managed = manageable_schools(user)
        school = next((one for one in managed if str(one.uuid) == posted), None)
    if school is None and (posted or not can_run_site(user)):
        raise Http404
    try:
        set_switch(
            key=key,
            on=request.POST.get("on") == "1",
            school=school,
            by=user.uuid,
            now=timezone.now(),
        )
    except UnknownSwitch:
        raise Http404 from None
    messages.success(request, _("Saved. It counts at once."))
    address = redirect("operations:switches")
    if school is not None:
        address["Location"] += f"?school={school.uuid}"
    return address


@login_required
@never_cache
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """List announcements, what is shown now first."""
    _operator(request)
    now = timezone.now()
    every = Announcement.objects.select_related("school")[:100]
    context = {
        "tab": "announcements",
        "is_operator": True,
        "now": now,
        "current": [one for one in every if one.ends_at > now],
        "past": [one for one in every if one.ends_at <= now],
    }
    return render(request, "operations/announcements.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_edit(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """Write an announcement, or change one."""
    user = _operator(request)
    one = None
    if uuid is not None:
        one = Announcement.objects.filter(uuid=uuid).first()
        if one is None:
            raise Http404
    form = AnnouncementForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        save_announcement(
            uuid=uuid, values=form.values(), by=user.uuid, now=timezone.now()
        )
        messages.success(request, _("Saved. Pages show it from its beginning on."))
        return redirect("operations:announcements")
    context = {"tab": "announcements", "is_operator": True, "form": form, "one": one}
    status = 422 if form.is_bound else 200
    return render(request, "operations/announcement_edit.html", context, status=status)


@login_required
@require_POST
def announcement_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an announcement away."""
    user = _operator(request)
    try:
        delete_announcement(uuid=uuid, by=user.uuid, now=timezone.now())
    except Announcement.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Deleted."))
    return redirect("operations:announcements")


@require_POST
def announcement_dismiss(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let this browser show an announcement no more."""
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = "/"
    answer = redirect(onward)
    kept = [one for one in request.COOKIES.get(DISMISSED_COOKIE, "").split(".") if one]
    kept = [str(uuid), *(one for one in kept if one != str(uuid))][:_MOST_DISMISSED]
    answer.set_cookie(
        DISMISSED_COOKIE,
        ".".join(kept),
        max_age=_DISMISSED_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer
