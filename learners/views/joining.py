"""Joining a class or a school: by a code, by a link; and leaving a class."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schools.invitation_selectors import find_by_code, find_by_token
from schools.models import Enrolment, Invitation, Membership
from schools.problem import SchoolProblem
from schools.services.enrolments import end_enrolment
from schools.services.invitations import (
    ForSomebodyElse,
    InvitationClosed,
    PlaceClosed,
    accept_invitation,
    is_for_somebody_else,
    is_there_already,
)

from ..class_forms import CodeForm
from ..models import User
from ..permissions import signed_in_user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that is known leads to what joining means."""
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if not _may_guess(request):
            return _too_often(request)
        if form.is_valid():
            invitation = find_by_code(form.cleaned_data["code"])
            if invitation is not None:
                return redirect("learners:join-link", invitation.token)
            form.add_error("code", _("No class has this code. Look at it once more."))
    return render(
        request, "schools/join.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say which school and class, and who will see what; joining is one more click."""
    invitation = find_by_token(token)
    if invitation is None:
        return render(request, "schools/join_unknown.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    if user is not None and is_there_already(invitation, user):
        messages.info(request, _("You are in it already."))
        return redirect(_place(invitation, user))
    if request.method == "POST" and user is not None:
        try:
            accept_invitation(
                invitation_id=invitation.pk, user=user, now=timezone.now()
            )
        except SchoolProblem as problem:
            return _page(request, invitation, str(problem))
        name = (invitation.classroom or invitation.school).name
        messages.success(request, _("Welcome to %(name)s.") % {"name": name})
        return redirect(_place(invitation, user))
    return _page(request, invitation, _refusal(invitation, user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then take oneself out of a class."""
    user = signed_in_user(request)
    enrolment = (
        Enrolment.objects.filter(learner=user, left_at=None, classroom__uuid=uuid)
        .select_related("classroom__school")
        .first()
    )
    if enrolment is None:
        raise Http404
    if request.method == "POST":
        end_enrolment(enrolment_id=enrolment.pk, actor=user.uuid, now=timezone.now())
        messages.success(request, _("You left the class. Your own work stays yours."))
        return redirect("learners:profile-edit")
    context = {"classroom": enrolment.classroom}
    return render(request, "schools/class_leave.html", context)


def _page(request: HttpRequest, invitation: Invitation, refused: str) -> HttpResponse:
    back = urlencode({"next": request.path})
    return render(
        request,
        "schools/join_link.html",
        {
            "invitation": invitation,
            "school": invitation.school,
            "classroom": invitation.classroom,
            "is_learner": invitation.role == Membership.Role.LEARNER,
            "refused": refused,
            "sign_up": f"{reverse('account_signup')}?{back}",
            "sign_in": f"{reverse('account_login')}?{back}",
        },
        status=409 if refused else 200,
    )


def _refusal(invitation: Invitation, user: User | None) -> str:
    """Return why it cannot be used, empty if it can."""
    state = invitation.state(timezone.now())
    classroom = invitation.classroom
    if state != Invitation.State.OPEN:
        return str(InvitationClosed(state))
    if not invitation.school.is_active or (classroom and classroom.archived_at):
        return str(PlaceClosed.message)
    if user is not None and is_for_somebody_else(invitation, user):
        return str(ForSomebodyElse.message)
    return ""


def _place(invitation: Invitation, user: User) -> str:
    """Return where somebody goes who is in it now."""
    if invitation.role == Membership.Role.LEARNER:
        return reverse("today")
    if invitation.classroom is not None:
        return reverse("learners:class-detail", args=[invitation.classroom.uuid])
    return reverse("learners:class-list")


def _may_guess(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="join"))


def _too_often(request: HttpRequest) -> HttpResponse:
    words = _("That were many tries. Wait a minute, then try again.")
    return render(
        request,
        "schools/join.html",
        {"form": CodeForm(), "refused": words},
        status=429,
    )
