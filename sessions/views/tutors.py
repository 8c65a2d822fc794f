"""The tutor that a learner talks with: choosing one, and pictures of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learners.avatar_selectors import chosen_avatar, get_avatar
from learners.permissions import (
    can_manage_lessons_media,
    can_take_lesson,
    signed_in_user,
)
from learners.services.avatars import choose_avatar

from ..clips.faces import head_file
from ..recordings import absolute_path
from ..tutor_choice import tutors_to_choose


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tutor_choice(request: HttpRequest) -> HttpResponse:
    """Show the tutors with their pictures, and take the choice; ``next`` leads back."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    onward = request.POST.get("next") or request.GET.get("next", "")
    own_site = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    tutors = tutors_to_choose()
    if request.method == "POST":
        key = request.POST.get("avatar", "")
        if key and key not in {tutor.key for tutor in tutors}:
            messages.error(request, _("This tutor is not there any more."))
            return redirect("sessions:tutor-choice")
        choose_avatar(user_id=user.pk, key=key)
        messages.success(request, _("Saved. Your next talk is with them."))
        return redirect(onward if own_site else "sessions:tutor-choice")
    return render(
        request,
        "sessions/tutor_choice.html",
        {
            "tutors": tutors,
            "chosen": chosen_avatar(user_id=user.pk),
            "next": onward if own_site else "",
            "manages": can_manage_lessons_media(user),
        },
    )


@login_required
@require_safe
def tutor_picture(request: HttpRequest, key: str) -> HttpResponseBase:
    """Send a picture of a tutor; one that is not offered, to whoever manages it."""
    try:
        avatar = get_avatar(key=key)
    except ObjectDoesNotExist:
        raise Http404 from None
    if not (avatar.is_active or can_manage_lessons_media(request.user)):
        raise Http404
    file = absolute_path(avatar.path) if avatar.path else head_file(key, "jpg")
    if file is None or not file.is_file():
        raise Http404
    content_type = "image/png" if avatar.path else "image/jpeg"
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
