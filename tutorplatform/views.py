"""Pages that join the apps: home, today, health."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.permissions import can_take_lesson, signed_in_user

from .components_page import components_context
from .readiness import readiness
from .today_page import today_context


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is; a person who is signed in goes to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "pages/home.html")


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Offer the next talk; whoever has no profile yet takes the first steps."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:onboarding")
    context = today_context(
        learner_id=user.pk,
        daily_minutes=user.profile.daily_minutes or 0,
        now=timezone.now(),
    )
    return render(request, "pages/today.html", context)


@require_safe
@login_required
def components(request: HttpRequest) -> HttpResponse:
    """Show what pages are made of to those who run the site."""
    if not signed_in_user(request).is_staff:
        raise Http404
    context = components_context(today=timezone.localdate())
    return render(request, "pages/components.html", context)


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Say that this process is alive: whoever restarts it asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether talks can begin here: 200, else 503 with what is missing."""
    found = readiness()
    is_ready = not any(part.problem for part in found)
    return JsonResponse(
        {
            "ready": is_ready,
            "parts": {part.name: part.problem or "ok" for part in found},
        },
        status=200 if is_ready else 503,
    )
