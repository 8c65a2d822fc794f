"""Practice: the page, making exercises for it, and marking what is answered."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learners.exercise_tasks import result
from learners.permissions import can_take_lesson, signed_in_user
from learners.services.exercise_making import make_exercises
from learners.services.exercises import (
    ExerciseProblem,
    answer_exercise,
    get_for_learner,
    note_role_play,
)

from ..api_errors import RequestRefused
from ..live.rate_limit import BucketPerUser
from ..models import TutoringSession
from ..practice_page import practice_context
from ..selectors import get_session, list_sessions
from ..services import start_session
from .page_requests import refuse_fast, with_refusals

STATUS = {"exercise.gone": 404}

_answers = BucketPerUser(rate_per_s=2, burst=20)
_makings = BucketPerUser(rate_per_s=1 / 5, burst=5)


@login_required
@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """Show a few exercises; ``?talk=``: first those of a talk; ``?again=``: done ones."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        talk = UUID(request.GET["talk"]) if "talk" in request.GET else None
    except ValueError:
        raise Http404 from None
    context = practice_context(
        learner_id=user.pk, talk=talk, again="again" in request.GET
    )
    return render(request, "sessions/practice.html", context)


@login_required
@require_POST
def practice_make(request: HttpRequest) -> HttpResponse:
    """Make exercises from what is known, and from the posted talk (else the latest)."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    if not _makings.take(user.pk):
        messages.info(request, _("That was quick. Wait a few seconds, then try again."))
        return redirect("sessions:practice")
    talk = _own_talk(request, user.pk)
    batch = make_exercises(
        learner_id=user.pk,
        lesson_id=talk.lesson_id if talk else None,
        session=talk.uuid if talk else None,
        made_by=user.pk,
        now=timezone.now(),
    )
    if not batch.made:
        messages.info(
            request,
            _(
                "There is nothing new to practise yet. A talk with your tutor brings more."
            ),
        )
    address = reverse("sessions:practice")
    return redirect(f"{address}?talk={talk.uuid}" if talk else address)


@login_required
@require_POST
@with_refusals
async def practice_answer(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Mark an answer, keep it, and return the mark as JSON."""
    refuse_fast(_answers, user_id)
    exercise_uuid = posted_exercise(request)
    try:
        answered = await sync_to_async(answer_exercise)(
            learner_id=user_id,
            exercise_uuid=exercise_uuid,
            answer=request.POST.get("answer", "").replace("\x00", ""),
            spoken=request.POST.get("spoken") == "true",
            hinted=request.POST.get("hinted") == "true",
            now=timezone.now(),
        )
    except ExerciseProblem as problem:
        raise refused(problem) from problem
    return JsonResponse(result(answered.exercise, answered.mark))


@login_required
@require_POST
def role_play_start(request: HttpRequest) -> HttpResponse:
    """Begin the talk that a role play asks for."""
    user = signed_in_user(request)
    try:
        exercise_uuid = posted_exercise(request)
        item = get_for_learner(learner_id=user.pk, exercise_uuid=exercise_uuid)
        if item.kind != item.Kind.ROLE_PLAY or item.lesson is None:
            raise Http404
        now = timezone.now()
        session = start_session(
            learner_id=user.pk, lesson_uuid=item.lesson.uuid, now=now
        )
        note_role_play(
            learner_id=user.pk,
            exercise_uuid=exercise_uuid,
            session=session.uuid,
            now=now,
        )
    except (ExerciseProblem, RequestRefused, ObjectDoesNotExist):
        raise Http404 from None
    return redirect("sessions:session-live", session.uuid)


def posted_exercise(request: HttpRequest) -> UUID:
    """Return the field ``exercise``. Raises RequestRefused ``exercise.gone``."""
    try:
        return UUID(request.POST.get("exercise", ""))
    except ValueError:
        raise RequestRefused(
            "exercise.gone", _("This exercise is not known."), status=404
        ) from None


def refused(problem: ExerciseProblem) -> RequestRefused:
    """Return the refusal for what cannot be done with an exercise."""
    status = STATUS.get(problem.code, 400)
    return RequestRefused(problem.code, problem.message, status=status)


def _own_talk(request: HttpRequest, learner_id: int) -> TutoringSession | None:
    posted = request.POST.get("talk", "")
    if not posted:
        return list_sessions(learner_id=learner_id).first()
    try:
        session = get_session(uuid=UUID(posted))
    except (ValueError, TutoringSession.DoesNotExist):
        raise Http404 from None
    if session.learner_id != learner_id:
        raise Http404
    return session
