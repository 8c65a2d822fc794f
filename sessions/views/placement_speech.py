"""A sentence read aloud and a minute of talk, for a placement. Both may be left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inference.conf import get_runner
from inference.errors import StageError
from learners.permissions import signed_in_user
from learners.placement_selectors import SpeechTask, find_speech_task
from learners.services.placement import PlacementProblem, add_reading, add_talk

from ..api_errors import RequestRefused
from ..assessment_words import assessment_words
from ..live.rate_limit import BucketPerUser
from ..placement_page import reading_context, reading_sentence, talk_context
from ..turns.hearing import transcribe
from ..turns.interruption import Interruption
from ..turns.reading import judge_reading
from .page_requests import refuse_fast, stage_failed, with_refusals
from .posted_sound import kept_reading, posted_clip
from .read_aloud import LANGUAGES

_Told = TypeVar("_Told")

_speeches = BucketPerUser(rate_per_s=1 / 4, burst=8)


@login_required
@require_safe
def placement_reading(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the sentence to read aloud; where none can be judged, go on to the talk."""
    task = find_speech_task(learner_id=signed_in_user(request).pk, uuid=uuid)
    if task is None:
        return redirect("learners:placement")
    if task.language not in LANGUAGES or not reading_sentence(task):
        return redirect("sessions:placement-talk", uuid)
    return render(request, "sessions/placement_reading.html", reading_context(task))


@login_required
@require_safe
def placement_talk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what to talk about for a minute."""
    task = find_speech_task(learner_id=signed_in_user(request).pk, uuid=uuid)
    if task is None:
        return redirect("learners:placement")
    return render(request, "sessions/placement_talk.html", talk_context(task))


@login_required
@require_POST
async def placement_reading_assess(
    request: HttpRequest, uuid: UUID
) -> HttpResponseBase:
    """Judge the sentence, keep it as a reading, and let it count a little."""

    @with_refusals
    async def judged(request: HttpRequest, *, user_id: int) -> JsonResponse:
        task = await _open_task(user_id, uuid)
        text = reading_sentence(task)
        clip = posted_clip(request)
        try:
            reading = await judge_reading(
                get_runner(),
                clip,
                text,
                language=task.language,
                cancelled=Interruption(),
            )
        except StageError as error:
            raise stage_failed(error) from error
        scores = reading.assessment.scores
        if not reading.assessment.judged or scores is None:
            words = assessment_words(reading.assessment)
            return JsonResponse({"counted": False, "message": words})
        kept = await sync_to_async(kept_reading)(
            user_id, text, task.language, reading, clip
        )
        await _told(
            add_reading,
            learner_id=user_id,
            test_uuid=uuid,
            reading=UUID(kept["attempt"]) if kept["attempt"] else None,
            score=scores.total,
        )
        return JsonResponse({"counted": True, "message": ""})

    return await judged(request)


@login_required
@require_POST
async def placement_talk_assess(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Write down a minute of talk and let its words count a little; no sound is kept."""

    @with_refusals
    async def heard(request: HttpRequest, *, user_id: int) -> JsonResponse:
        task = await _open_task(user_id, uuid)
        clip = posted_clip(request)
        try:
            said = await transcribe(
                get_runner(), clip, language=task.language, cancelled=Interruption()
            )
        except StageError as error:
            raise stage_failed(error) from error
        text = said.transcript.text.strip()
        counted = await _told(add_talk, learner_id=user_id, test_uuid=uuid, text=text)
        words = "" if counted else _("We heard too little to learn from it. Try again?")
        return JsonResponse({"counted": counted, "message": words, "heard": text})

    return await heard(request)


async def _told(service: Callable[..., _Told], **values: Any) -> _Told:
    """Call a service of placements at this moment. Raises RequestRefused."""
    try:
        return await sync_to_async(service)(now=timezone.now(), **values)
    except PlacementProblem as problem:
        raise RequestRefused(problem.code, str(problem), status=409) from problem
    except ObjectDoesNotExist as gone:
        raise _gone() from gone


async def _open_task(user_id: int, uuid: UUID) -> SpeechTask:
    refuse_fast(_speeches, user_id)
    task = await sync_to_async(find_speech_task)(learner_id=user_id, uuid=uuid)
    if task is None:
        raise _gone()
    return task


def _gone() -> RequestRefused:
    return RequestRefused(
        "placement.gone", _("This placement is not there any more."), status=404
    )
