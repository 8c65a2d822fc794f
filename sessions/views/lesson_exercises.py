"""The exercises of a lesson: the page, what is answered there, and talks they become."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.exercise_problem import ExerciseProblem
from learners.lesson_exercises import exercise_of_learner, lesson_of_learner
from learners.permissions import can_take_lesson, signed_in_user
from learners.services.exercises import MAX_ANSWER_CHARS
from learners.services.lesson_attempts import (
    answer_lesson_exercise,
    begin_round,
    leave_for_later,
    note_talk,
)
from tutor.exercises.course import TALKS

from ..api_errors import RequestRefused
from ..lesson_exercise_page import lesson_exercises_context
from ..lesson_exercise_results import result
from ..live.rate_limit import BucketPerUser
from ..services import start_session
from .page_requests import posted_text, refuse_fast, with_refusals
from .practice import posted_exercise, refused

_answers = BucketPerUser(rate_per_s=2, burst=20)


@login_required
@never_cache
@require_safe
def lesson_exercises(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the exercises of a lesson, from where the learner was."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        messages.info(request, _("Tell us first which language you want to speak."))
        return redirect("learners:profile-edit")
    try:
        lesson = lesson_of_learner(learner_id=user.pk, uuid=uuid)
    except ExerciseProblem:
        raise Http404 from None
    only = request.GET.get("only", "")
    context = lesson_exercises_context(
        learner_id=user.pk,
        lesson=lesson,
        only=set(only.split(",")) if only else (),
        now=timezone.now(),
    )
    return render(request, "sessions/lesson_exercises.html", context)


@login_required
@require_POST
def lesson_exercises_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the exercises of a lesson anew."""
    user = signed_in_user(request)
    try:
        lesson = lesson_of_learner(learner_id=user.pk, uuid=uuid)
    except ExerciseProblem:
        raise Http404 from None
    begin_round(learner_id=user.pk, lesson=lesson, now=timezone.now())
    return redirect("sessions:lesson-exercises", uuid)


@login_required
@require_POST
@with_refusals
async def lesson_exercise_answer(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Mark an answer, keep it, and return the mark as JSON."""
    refuse_fast(_answers, user_id)
    try:
        answered = await sync_to_async(answer_lesson_exercise)(
            learner_id=user_id,
            exercise_uuid=posted_exercise(request),
            client_key=posted_key(request),
            answer=posted_text(
                request, max_chars=MAX_ANSWER_CHARS, field="answer", optional=True
            ),
            spoken=request.POST.get("spoken") == "true",
            hinted=request.POST.get("hinted") == "true",
            now=timezone.now(),
        )
    except ExerciseProblem as problem:
        raise refused(problem) from problem
    return JsonResponse(result(answered))


@login_required
@require_POST
@with_refusals
async def lesson_exercise_leave(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Keep that an exercise was left for later."""
    refuse_fast(_answers, user_id)
    try:
        await sync_to_async(leave_for_later)(
            learner_id=user_id,
            exercise_uuid=posted_exercise(request),
            client_key=posted_key(request),
            now=timezone.now(),
        )
    except ExerciseProblem as problem:
        raise refused(problem) from problem
    return JsonResponse({"left": True})


@login_required
@require_POST
def lesson_exercise_talk(request: HttpRequest) -> HttpResponse:
    """Begin the talk that an exercise asks for."""
    user = signed_in_user(request)
    try:
        key = posted_key(request)
        row = exercise_of_learner(learner_id=user.pk, uuid=posted_exercise(request))
        if row.type not in TALKS:
            raise Http404
        now = timezone.now()
        session = start_session(
            learner_id=user.pk, lesson_uuid=row.lesson.uuid, exercise=row.uuid, now=now
        )
        note_talk(
            learner_id=user.pk, row=row, client_key=key, session=session.uuid, now=now
        )
    except (ExerciseProblem, RequestRefused, ObjectDoesNotExist):
        raise Http404 from None
    return redirect("sessions:session-live", session.uuid)


def posted_key(request: HttpRequest) -> UUID:
    """Return the field ``key``, the browser's for one showing of an exercise.

    Raises RequestRefused ``exercise.no_key``.
    """
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise RequestRefused(
            "exercise.no_key", _("This page is out of date. Load it again, please."),
            status=400,
        ) from None  # fmt: skip
