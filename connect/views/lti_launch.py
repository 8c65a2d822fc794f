"""Somebody arrives from a platform: asked about, checked, taken to where they belong."""

from __future__ import annotations

from django.contrib.auth import login as sign_in
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from lti_tool.models import Key, LtiUser

from ..lti import framing
from ..lti.arrivals import (
    begin,
    find_arrival,
    find_by_ticket,
    finish,
    keep_claims,
    use_ticket,
)
from ..lti.courses import CourseIsAsked, go_in
from ..lti.knowing import note_arrival
from ..lti.people import OwnerIsAsked, person_of, take_in
from ..lti.problems import LtiProblem
from ..lti.roles import CLAIM
from ..models import LtiLogin
from ..post import send_soon

ARRIVAL = "lti_arrival"
BACKEND = "learners.account_backends.PasswordBackend"


# A platform starts this from its own pages; there is nothing to be forged yet.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def lti_login(request: HttpRequest) -> HttpResponse:
    """Begin an arrival: ask the platform who this is."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    try:
        question = begin(
            {key: str(value) for key, value in asked.items()},
            launch_url=request.build_absolute_uri(reverse("connect:lti-launch")),
            in_frame=framing.is_in_frame(request),
            now=timezone.now(),
        )
    except LtiProblem as problem:
        return show_problem(request, problem)
    response = HttpResponse(status=302, headers={"Location": question.address})
    framing.set_cookie(response, request, question.cookie, question.value)
    return response


# The platform posts this; its signature and the cookie of the beginning are the proof.
@csrf_exempt
@require_POST
def lti_launch(request: HttpRequest) -> HttpResponse:
    """Check what the platform answered, and let them in or offer a window to do so."""
    now = timezone.now()
    login: LtiLogin | None = None
    try:
        login = find_arrival(request.POST.get("state", ""))
        claims = finish(
            login,
            request.POST.dict(),
            cookies=request.COOKIES,
            now=now,
        )
        kept = note_arrival(login.registration, claims, now=now)
        kept["presentation"] = claims.get(f"{CLAIM}launch_presentation", {})
        keep_claims(login, kept)
        if kept["is_deep_linking"] and not kept["teaches"]:
            raise LtiProblem("lti.teachers_only")
    except LtiProblem as problem:
        return show_problem(request, problem, login)
    if login.claims["is_deep_linking"]:
        from .lti_choose import show_choice  # noqa: PLC0415 the two show each other

        return show_choice(request, login)
    if login.in_frame or framing.is_in_frame(request):
        return show_window_offer(request, login)
    return _enter(request, login.ticket or "")


# The ticket is the proof, and only this site's own pages may send it: see ``_is_own``.
@csrf_exempt
@require_POST
def lti_enter(request: HttpRequest) -> HttpResponse:
    """Let in, in a window of its own, who was checked in a frame."""
    if not _is_own(request):
        return show_problem(request, LtiProblem("lti.ticket_used"))
    return _enter(request, request.POST.get("ticket", ""))


@require_safe
def lti_keys(request: HttpRequest) -> JsonResponse:
    """Give platforms the public keys by which they check what this site signs."""
    keys = [key.as_jwk() for key in Key.objects.filter(is_active=True)]
    return JsonResponse({"keys": keys})


def _enter(request: HttpRequest, ticket: str) -> HttpResponse:
    now = timezone.now()
    login: LtiLogin | None = None
    try:
        login = find_by_ticket(ticket, now=now)
        login = use_ticket(ticket, now=now)
        return go_on(request, login)
    except LtiProblem as problem:
        return show_problem(request, problem, login)


def go_on(request: HttpRequest, login: LtiLogin) -> HttpResponse:
    """Sign somebody in who arrived and take them to where they belong. Raises LtiProblem."""
    now = timezone.now()
    kept = login.claims
    platform = login.registration.platform
    if not platform.school.is_active:
        raise LtiProblem("lti.school_off")
    lti_user = LtiUser.objects.get(pk=kept["lti_user"])
    try:
        user = person_of(lti_user, now=now)
    except OwnerIsAsked:
        request.session[ARRIVAL] = str(login.uuid)
        account = reverse("connect:lti-account")
        if request.user.is_authenticated:
            return redirect(account)
        sign_in_page = reverse("account_login")
        return redirect(f"{sign_in_page}?{urlencode({'next': account})}")
    take_in(
        school=platform.school,
        user=user,
        teaches=kept["teaches"],
        name=lti_user.name,
        now=now,
    )
    sign_in(request, user, backend=BACKEND)
    try:
        address = go_in(kept, user, now=now)
    except CourseIsAsked:
        request.session[ARRIVAL] = str(login.uuid)
        return redirect("connect:lti-course")
    send_soon("arrival")
    return redirect(address)


def show_window_offer(
    request: HttpRequest, login: LtiLogin, *, reason: str = ""
) -> HttpResponse:
    """Offer to go on in a window of its own."""
    context = {"ticket": login.ticket, "reason": reason, "is_framed": True}
    response = render(request, "connect/lti_window.html", context)
    return framing.framable(response, framing.origins(login.registration, login.claims))


def show_problem(
    request: HttpRequest, problem: LtiProblem, login: LtiLogin | None = None
) -> HttpResponse:
    """Say in words what went wrong, with the code for whoever looks after the platform."""
    context = {"problem": problem, "is_framed": True}
    if problem.code == "lti.cookie_missing" and login is not None:
        again = urlencode(login.request)
        context["again"] = f"{reverse('connect:lti-login')}?{again}"
    response = render(
        request, "connect/lti_problem.html", context, status=problem.status
    )
    if login is None:
        return response
    return framing.framable(response, framing.origins(login.registration, login.claims))


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form; browsers say so with each POST."""
    origin = request.headers.get("Origin", "")
    own = f"{request.scheme}://{request.get_host()}"
    if origin in {"", "null"}:
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return origin == own
