"""Learning platforms: registered, switched, their courses and rosters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ..forms import DeploymentForm, PlatformForm
from ..lti.roster_orders import ask_for_roster
from ..models import GradeMessage, LtiCourse, LtiPlatform
from ..outbound import OutboundProblem
from ..outbound_words import words_of
from ..permissions import (
    connectable_schools,
    manageable_courses,
    manageable_platforms,
)
from ..roster_shown import course_rows
from ..services import platforms
from .tokens import manager

URL_FIELDS = ("auth_url", "token_url", "keyset_url")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def platform_list(request: HttpRequest) -> HttpResponse:
    """Show the platforms people arrive from; register one on POST."""
    user = manager(request)
    schools = connectable_schools(user)
    form = PlatformForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        try:
            platform = platforms.register_platform(
                school=form.cleaned_data["school"],
                fields=form.platform(),
                by=user,
                now=timezone.now(),
            )
        except OutboundProblem as problem:
            form.add_error(None, words_of(problem.code))
        except platforms.PlatformKnown as taken:
            form.add_error("client_id", str(taken))
        else:
            messages.success(
                request, _("Registered. Open a link in a course to try it.")
            )
            return redirect("connect:platform-detail", platform.uuid)
    known = manageable_platforms(user).select_related("registration", "school")
    context = {
        "tab": "platforms",
        "form": form,
        "platforms": known.order_by("school__name", "created_at"),
        "addresses": own_addresses(request),
        "several": schools.count() > 1,
    }
    return render(
        request,
        "connect/platform_list.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def platform_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a platform with its courses and what became of marks."""
    platform = _platform(request, uuid)
    dead = GradeMessage.State.DEAD
    waiting = GradeMessage.State.WAITING
    courses = (
        LtiCourse.objects.filter(
            context__deployment__registration=platform.registration_id
        )
        .select_related("context", "classroom")
        .order_by("context__title", "pk")
    )
    rows = course_rows(courses)
    marks = GradeMessage.objects.filter(
        placement__resource_link__context__deployment__registration=(
            platform.registration_id
        )
    ).aggregate(
        sent=Count("pk", Q(state=GradeMessage.State.SENT)),
        waiting=Count("pk", Q(state=waiting)),
        dead=Count("pk", Q(state=dead)),
    )
    context = {
        "tab": "platforms",
        "platform": platform,
        "registration": platform.registration,
        "deployments": platform.registration.deployments.filter(is_active=True),
        "form": DeploymentForm(),
        "courses": rows,
        "is_reading": any(row.is_waiting for row in rows),
        "marks": marks,
        "addresses": own_addresses(request),
    }
    return render(request, "connect/platform_detail.html", context)


@login_required
@require_POST
def platform_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do what ``action`` says: switch on or off, or add a deployment."""
    platform = _platform(request, uuid)
    user, now = manager(request), timezone.now()
    action = request.POST.get("action")
    if action in {"on", "off"}:
        platforms.switch_platform(
            platform=platform, is_active=action == "on", by=user, now=now
        )
    elif action == "deployment":
        form = DeploymentForm(request.POST)
        if form.is_valid():
            platforms.add_deployment(
                platform=platform,
                deployment_id=form.cleaned_data["deployment_id"],
                by=user,
                now=now,
            )
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("That did not work. Nothing was changed."))
    return redirect("connect:platform-detail", platform.uuid)


@login_required
@require_POST
def roster_read(request: HttpRequest, course_id: int) -> HttpResponse:
    """Have it read who is in a course; its page says what came of it."""
    user = manager(request)
    courses = manageable_courses(user).select_related(
        "context__deployment__registration__platform", "classroom__school"
    )
    try:
        course = courses.get(pk=course_id)
    except LtiCourse.DoesNotExist:
        raise Http404 from None
    ask_for_roster(course=course, by=user, now=timezone.now())
    platform = course.context.deployment.registration.platform
    return redirect("connect:platform-detail", platform.uuid)


def own_addresses(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a platform asks of a tool, each with its name there."""

    def absolute(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    return [
        (_("Tool URL and redirection URI"), absolute("connect:lti-launch")),
        (_("Initiate login URL"), absolute("connect:lti-login")),
        (_("Public keyset URL"), absolute("connect:lti-keys")),
        (_("Deep linking URL"), absolute("connect:lti-launch")),
    ]


def _platform(request: HttpRequest, uuid: UUID) -> LtiPlatform:
    try:
        return (
            manageable_platforms(manager(request))
            .select_related("registration", "school")
            .get(uuid=uuid)
        )
    except LtiPlatform.DoesNotExist:
        raise Http404 from None
