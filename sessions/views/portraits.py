"""Portraits of tutors: brought, switched off and deleted by teachers and administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from kombu.exceptions import OperationalError

from inference.conf import engine_name
from inference.stages.stage import EngineKind
from learners.avatar_selectors import get_avatar
from learners.permissions import (
    can_change_portrait,
    can_manage_lessons_media,
    signed_in_user,
)
from learners.portrait_picture import MAX_BYTES, PortraitRefused, read_portrait
from learners.services.avatars import (
    add_portrait,
    delete_portrait_avatar,
    set_avatar_active,
)

from ..portrait_forms import PortraitForm
from ..portraits.face_check import check_face
from ..portraits.orders import order_preparation
from ..portraits.showing import portrait_page

if TYPE_CHECKING:
    from learners.models import Avatar, User

# Which field a refusal belongs to; all others are about the picture.
_FIELD_OF = {"portrait.no_consent": "consents"}


@login_required
@require_safe
def portrait_list(request: HttpRequest) -> HttpResponse:
    """Show all portraits, how far each is, and what may be done with it."""
    user = _manager(request)
    shown = portrait_page(user=user, now=timezone.now())
    return render(request, "sessions/portrait_list.html", {"shown": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portrait_add(request: HttpRequest) -> HttpResponse:
    """Take a picture and what belongs to it; refuse it in words where it cannot be."""
    user = _manager(request)
    posted = request.method == "POST"
    form = PortraitForm(request.POST, request.FILES) if posted else PortraitForm()
    code = ""
    if posted and form.is_valid():
        try:
            avatar = _added(user, form.cleaned_data)
        except PortraitRefused as refused:
            code = refused.code
            form.add_error(_FIELD_OF.get(code, "picture"), refused.message)
        else:
            if not avatar.face_checked:
                messages.warning(
                    request,
                    _(
                        "Saved. It cannot be checked here whether it shows one face: "
                        "look at it yourself."
                    ),
                )
            else:
                messages.success(request, _("Saved."))
            _order(request, avatar)
            return redirect("sessions:portrait-list")
    context = {
        "form": form,
        "code": code,
        "is_checked": engine_name(EngineKind.FACE_FINDER) != "none",
    }
    status = 422 if form.errors else 200
    response = render(request, "sessions/portrait_form.html", context, status=status)
    if code:
        response["X-Error-Code"] = code
    return response


@login_required
@require_POST
def portrait_switch(request: HttpRequest, key: str) -> HttpResponse:
    """Offer a portrait to learners (``active`` is ``1``), or no more."""
    avatar = _own_portrait(request, key)
    is_active = request.POST.get("active") == "1"
    set_avatar_active(avatar_id=avatar.pk, is_active=is_active)
    messages.success(request, _("Saved."))
    if is_active:
        _order(request, avatar)
    return redirect("sessions:portrait-list")


@login_required
@require_POST
def portrait_prepare(request: HttpRequest, key: str) -> HttpResponse:
    """Have a portrait prepared that is not, or that failed."""
    _order(request, _own_portrait(request, key))
    return redirect("sessions:portrait-list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portrait_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, then delete a portrait with its videos and all that was made of it."""
    avatar = _own_portrait(request, key)
    if request.method != "POST":
        return render(request, "sessions/portrait_delete.html", {"avatar": avatar})
    delete_portrait_avatar(avatar_id=avatar.pk)
    messages.success(request, _("The portrait and all that was made of it is deleted."))
    return redirect("sessions:portrait-list")


def _manager(request: HttpRequest) -> User:
    """Return who asks. Raises Http404 for who does not manage portraits."""
    user = signed_in_user(request)
    if not can_manage_lessons_media(user):
        raise Http404
    return user


def _own_portrait(request: HttpRequest, key: str) -> Avatar:
    """Return a portrait that who asks may change. Raises Http404."""
    try:
        avatar = get_avatar(key=key)
    except ObjectDoesNotExist:
        raise Http404 from None
    if not can_change_portrait(signed_in_user(request), avatar):
        raise Http404
    return avatar


def _order(request: HttpRequest, avatar: Avatar) -> None:
    """Have a portrait prepared for talks; say so where that has to wait."""
    try:
        order_preparation(key=avatar.key, now=timezone.now())
    except OperationalError:
        messages.warning(
            request, _("It waits to be prepared: the workers cannot be reached.")
        )


def _added(user: User, values: dict[str, Any]) -> Avatar:
    """Keep what was posted. Raises PortraitRefused."""
    upload = values.pop("picture")
    picture = read_portrait(upload.read(MAX_BYTES + 1))
    return add_portrait(
        picture=picture,
        face_checked=check_face(picture),
        created_by_id=user.pk,
        now=timezone.now(),
        **values,
    )
