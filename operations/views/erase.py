"""Deleting one's own account, and thinking better of it."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learners.permissions import signed_in_user

from ..erasure.erasing import LastAdministrator
from ..erasure.requests import (
    erasure_of,
    may_take_back,
    request_erasure,
    take_back_erasure,
)
from ..models import ErasureRequest
from ..privacy_forms import EraseForm, posted

_SIDE = ErasureRequest.Side.LEARNER


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; on POST the account waits to be deleted."""
    user = signed_in_user(request)
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            request_erasure(
                user=user, side=_SIDE, asked_by=user.uuid, now=timezone.now()
            )
        except LastAdministrator:
            form.add_error(
                None,
                _(
                    "Nobody else runs this site. Make somebody else an administrator first."
                ),
            )
        else:
            return redirect("privacy:erase")
    erasure = erasure_of(user=user)
    return render(
        request,
        "operations/erase.html",
        {
            "form": form,
            "erasure": erasure,
            "can_keep": erasure is not None and may_take_back(erasure, side=_SIDE),
            "grace_days": settings.PRIVACY["ERASURE_GRACE_DAYS"],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def erase_keep(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    user = signed_in_user(request)
    erasure = erasure_of(user=user)
    if erasure is not None:
        if not may_take_back(erasure, side=_SIDE):
            raise Http404
        take_back_erasure(request=erasure, by=user.uuid, now=timezone.now())
    messages.success(request, _("Your account stays."))
    return redirect("learners:profile-edit")
