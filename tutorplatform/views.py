"""Pages that join the apps: home, today, health."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.exercise_selectors import count_practice
from learners.permissions import can_take_lesson, signed_in_user
from learners.selectors import get_learner_context
from lessons.selectors import get_next_lesson
from sessions.selectors import list_sessions

N_RECENT_SESSIONS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is; a person who is signed in goes to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "pages/home.html")


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Offer the next talk; whoever has no profile yet fills it in first."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    learner = get_learner_context(user_id=user.pk)
    sessions = list_sessions(learner_id=user.pk)
    recent = list(sessions[:N_RECENT_SESSIONS])
    talked_ids = set(
        sessions.filter(turns__index__gt=0).values_list("lesson_id", flat=True)
    )
    return render(
        request,
        "pages/today.html",
        {
            "learner": learner,
            "lesson": get_next_lesson(
                l2=learner.l2, level=learner.level, talked_ids=talked_ids
            ),
            "is_new": not recent,
            "recent_sessions": recent,
            "n_exercises": count_practice(
                learner_id=user.pk, l2=learner.l2.split("-")[0]
            ),
        },
    )


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Say whether this process can serve: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": "failing"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
