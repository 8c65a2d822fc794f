"""A teacher chooses work that the platform places in the course."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from lti_tool.models import LtiContext, LtiUser

from coursework.models import Assignment
from learners.models import User
from lessons.levels import TAUGHT_LANGUAGES
from schools.models import Classroom

from ..lti import framing, linking
from ..lti.arrivals import find_by_ticket, use_ticket
from ..lti.courses import connect_course, connectable_classrooms, make_classroom
from ..lti.people import OwnerIsAsked, person_of, take_in
from ..lti.problems import LtiProblem
from ..models import LtiCourse, LtiLogin
from .lti_launch import show_problem, show_window_offer


# The ticket is the proof: in a page of a page no cookie of this site is there to be used.
@csrf_exempt
@require_POST
def lti_choose(request: HttpRequest) -> HttpResponse:
    """Take the choice of a class for the course, or of work, and send it back."""
    now = timezone.now()
    login: LtiLogin | None = None
    try:
        login = find_by_ticket(request.POST.get("ticket", ""), now=now)
        user = _teacher(login)
        if "classroom" in request.POST:
            _connect(request, login, user)
            return show_choice(request, login)
        return _answer(request, login)
    except LtiProblem as problem:
        return show_problem(request, problem, login)
    except OwnerIsAsked:
        assert login is not None  # noqa: S101 only an arrival asks
        return show_window_offer(request, login, reason="account")


def show_choice(request: HttpRequest, login: LtiLogin) -> HttpResponse:
    """Show what can be placed in the course; first its class, where there is none yet."""
    try:
        user = _teacher(login)
    except LtiProblem as problem:
        return show_problem(request, problem, login)
    except OwnerIsAsked:
        return show_window_offer(request, login, reason="account")
    context: dict[str, Any] = {
        "ticket": login.ticket,
        "is_framed": True,
        "lti_context": LtiContext.objects.filter(pk=login.claims["context"]).first(),
    }
    course = _course(login)
    if course is None:
        school = login.registration.platform.school
        context["classrooms"] = connectable_classrooms(user, school)
        context["languages"] = TAUGHT_LANGUAGES
        page = "connect/lti_course.html"
    else:
        context["classroom"] = course.classroom
        context["assignments"] = linking.linkable_assignments(course.classroom)
        page = "connect/lti_choose.html"
    response = render(request, page, context)
    return framing.framable(response, framing.origins(login.registration, login.claims))


def _answer(request: HttpRequest, login: LtiLogin) -> HttpResponse:
    course = _course(login)
    if course is None:
        raise LtiProblem("lti.course_not_connected")
    kept, registration = login.claims, login.registration
    launch_url = request.build_absolute_uri(reverse("connect:lti-launch"))
    chosen = request.POST.get("choice", "")
    if chosen == "class":
        answer = linking.answer_with_class(
            course.classroom,
            registration=registration,
            kept=kept,
            launch_url=launch_url,
        )
    elif chosen == "nothing":
        answer = linking.answer_with_nothing(registration=registration, kept=kept)
    else:
        try:
            assignment = linking.linkable_assignments(course.classroom).get(uuid=chosen)
        except (ValidationError, Assignment.DoesNotExist):
            raise LtiProblem("lti.work_missing") from None
        answer = linking.answer_with(
            assignment, registration=registration, kept=kept, launch_url=launch_url
        )
    use_ticket(login.ticket or "", now=timezone.now())
    response = render(
        request, "connect/lti_send.html", {"answer": answer, "is_framed": True}
    )
    return framing.framable(
        response,
        framing.origins(registration, kept),
        posts_to=answer.address,
    )


def _teacher(login: LtiLogin) -> User:
    """Return who chooses. Raises LtiProblem and OwnerIsAsked."""
    kept = login.claims
    if not kept.get("is_deep_linking") or not kept["teaches"]:
        raise LtiProblem("lti.teachers_only")
    if kept["context"] is None:
        raise LtiProblem("lti.claims_missing")
    now = timezone.now()
    lti_user = LtiUser.objects.get(pk=kept["lti_user"])
    user = person_of(lti_user, now=now)
    school = login.registration.platform.school
    if not school.is_active:
        raise LtiProblem("lti.school_off")
    take_in(school=school, user=user, teaches=True, name=lti_user.name, now=now)
    return user


def _course(login: LtiLogin) -> LtiCourse | None:
    courses = LtiCourse.objects.select_related("classroom__school")
    return courses.filter(context=login.claims["context"]).first()


def _connect(request: HttpRequest, login: LtiLogin, user: User) -> None:
    context = LtiContext.objects.get(pk=login.claims["context"])
    school = login.registration.platform.school
    classroom = chosen_classroom(request, context, user, login)
    if classroom.school_id != school.pk:
        raise LtiProblem("lti.work_missing")
    connect_course(context=context, classroom=classroom, user=user, now=timezone.now())


def chosen_classroom(
    request: HttpRequest, context: LtiContext, user: User, login: LtiLogin
) -> Classroom:
    """Return the class that a form names, or a new one. Raises LtiProblem."""
    school = login.registration.platform.school
    chosen = request.POST.get("classroom", "")
    if chosen == "new":
        tags = {language.tag for language in TAUGHT_LANGUAGES}
        l2 = request.POST.get("l2", "en")
        return make_classroom(
            context=context,
            school=school,
            user=user,
            l2=l2 if l2 in tags else "en",
            now=timezone.now(),
        )
    try:
        return connectable_classrooms(user, school).get(uuid=UUID(chosen))
    except (ValueError, Classroom.DoesNotExist):
        raise LtiProblem("lti.work_missing") from None
