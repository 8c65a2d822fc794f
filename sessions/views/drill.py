"""Drills of two sounds that fall together: hear and choose, then say."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inference.conf import get_runner
from inference.errors import StageError
from learners.permissions import can_take_lesson, signed_in_user
from learners.services.sound_plan import record_heard, record_said

from ..api_errors import RequestRefused
from ..assessment_words import assessment_words
from ..drill_marks import heard_result, said_result, target_right
from ..drill_page import (
    HEARD,
    SAID,
    DrillTask,
    TaskGone,
    UnknownContrast,
    drill_context,
    read_task,
)
from ..live.rate_limit import BucketPerUser
from ..live.spoken_words import spoken_words
from ..turns.interruption import Interruption
from ..turns.reading import judge_reading
from ..wire.pronunciation import assessment_json
from .page_requests import refuse_fast, stage_failed, with_refusals
from .posted_sound import kept_reading, posted_clip
from .say_word import SPEEDS

_answers = BucketPerUser(rate_per_s=2, burst=20)
_voices = BucketPerUser(rate_per_s=1, burst=20)
_speeches = BucketPerUser(rate_per_s=1 / 4, burst=8)


@login_required
@require_safe
@never_cache
def drill(request: HttpRequest, key: str = "") -> HttpResponse:
    """Show a drill: of the contrast in the address, else of the plan's next one."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        context = drill_context(learner_id=user.pk, key=key, now=timezone.now())
    except UnknownContrast:
        raise Http404 from None
    return render(request, "sessions/drill.html", context)


@login_required
@require_POST
@with_refusals
async def drill_answer(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Mark which word was heard, keep it, and return the mark as JSON."""
    refuse_fast(_answers, user_id)
    task = _posted_task(request, HEARD)
    chosen = request.POST.get("answer", "")
    if chosen not in (task.pair.word, task.pair.other):
        raise RequestRefused(
            "drill.choice", _("Choose one of the two words."), status=400
        )
    right = await sync_to_async(record_heard)(
        learner_id=user_id,
        language=task.language,
        contrast=task.contrast,
        pair=task.pair,
        said=task.spoken,
        chosen=chosen,
        client_key=task.key,
        now=timezone.now(),
    )
    return JsonResponse(heard_result(task, right=right))


@login_required
@require_POST
@with_refusals
async def drill_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the word of a task as sound alone."""
    refuse_fast(_voices, user_id)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    task = _posted_task(request)
    try:
        said = await spoken_words.say(
            get_runner(),
            task.spoken,
            language=task.language,
            speed=speed,
            cancelled=Interruption(),
        )
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})


@login_required
@require_POST
@with_refusals
async def drill_speech(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Judge and keep a word that was said.

    What was not heard well enough to be judged is no attempt: ``result`` is null then.
    """
    refuse_fast(_speeches, user_id)
    task = _posted_task(request, SAID)
    clip = posted_clip(request)
    try:
        reading = await judge_reading(
            get_runner(),
            clip,
            task.spoken,
            language=task.language,
            cancelled=Interruption(),
        )
    except StageError as error:
        raise stage_failed(error) from error
    assessment = reading.assessment
    answer = {
        "heard": reading.heard,
        "pronunciation": assessment_json(
            assessment, message=assessment_words(assessment)
        ),
        "result": None,
    }
    if assessment.judged:
        kept = await sync_to_async(kept_reading)(
            user_id, task.spoken, task.language, reading, clip
        )
        right = target_right(task, assessment)
        await sync_to_async(record_said)(
            learner_id=user_id,
            language=task.language,
            contrast=task.contrast,
            pair=task.pair,
            right=right,
            reading=UUID(kept["attempt"]) if kept["attempt"] else None,
            client_key=task.key,
            now=timezone.now(),
        )
        answer["result"] = said_result(task, right)
    return JsonResponse(answer)


def _posted_task(request: HttpRequest, kind: str = "") -> DrillTask:
    try:
        task = read_task(request.POST.get("exercise", ""))
    except TaskGone:
        raise RequestRefused(
            "exercise.gone", _("This drill is over. Load the page again."), status=404
        ) from None
    if kind and task.kind != kind:
        raise RequestRefused(
            "drill.kind", _("This one is answered in another way."), status=400
        )
    return task
