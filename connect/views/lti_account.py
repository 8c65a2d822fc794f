"""Steps that need a sign-in: connecting an account, and a course with a class."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from lti_tool.models import LtiContext, LtiUser

from learners.permissions import signed_in_user
from lessons.levels import TAUGHT_LANGUAGES

from ..lti.courses import connect_course, connectable_classrooms
from ..lti.people import checked_person, connect_own_account
from ..lti.problems import LtiProblem
from ..models import LtiIdentity, LtiLogin
from .lti_choose import chosen_classroom
from .lti_launch import ARRIVAL, go_on, show_problem

# Signing in may take a while.
GOES_ON_FOR = timedelta(hours=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lti_account(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody from a platform is who is signed in; connect them on POST."""
    user = signed_in_user(request)
    login: LtiLogin | None = None
    try:
        login = _arrival(request)
        checked_person(user)
        lti_user = LtiUser.objects.get(pk=login.claims["lti_user"])
        if request.method == "POST":
            connect_own_account(lti_user, user, now=timezone.now())
            if login.claims["is_deep_linking"]:
                return render(request, "connect/lti_connected.html")
            return go_on(request, login)
    except LtiProblem as problem:
        return show_problem(request, problem, login)
    context = {"platform": login.registration.platform, "lti_user": lti_user}
    return render(request, "connect/lti_account.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lti_course(request: HttpRequest) -> HttpResponse:
    """Ask a teacher which class a course is; connect them on POST."""
    user = signed_in_user(request)
    login: LtiLogin | None = None
    try:
        login = _arrival(request)
        mine = LtiIdentity.objects.filter(
            lti_user=login.claims["lti_user"], user=user
        ).exists()
        if not mine or not login.claims["teaches"]:
            raise LtiProblem("lti.ticket_used")
        context = LtiContext.objects.get(pk=login.claims["context"])
        school = login.registration.platform.school
        if request.method == "POST":
            classroom = chosen_classroom(request, context, user, login)
            connect_course(
                context=context, classroom=classroom, user=user, now=timezone.now()
            )
            return go_on(request, login)
    except LtiProblem as problem:
        return show_problem(request, problem, login)
    shown = {
        "lti_context": context,
        "classrooms": connectable_classrooms(user, school),
        "languages": TAUGHT_LANGUAGES,
    }
    return render(request, "connect/lti_course.html", shown)


def _arrival(request: HttpRequest) -> LtiLogin:
    """Return the arrival of this browser. Raises LtiProblem."""
    try:
        uuid = UUID(request.session.get(ARRIVAL, ""))
    except ValueError:
        raise LtiProblem("lti.ticket_used") from None
    found = (
        LtiLogin.objects.select_related("registration__platform__school")
        .filter(uuid=uuid, created_at__gt=timezone.now() - GOES_ON_FOR)
        .first()
    )
    if found is None:
        raise LtiProblem("lti.too_late")
    return found
