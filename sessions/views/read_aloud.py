"""Reading aloud: the page for any text, judging a reading, playing a kept one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inference.conf import get_runner
from inference.errors import StageError
from learners.permissions import can_review_session, can_take_lesson, signed_in_user

from ..api_errors import RequestRefused
from ..assessment_words import assessment_words
from ..live.rate_limit import BucketPerUser
from ..models import ReadAloudAttempt, Recording
from ..ranged_file import ranged_file_response
from ..read_aloud_page import page_context
from ..recordings import absolute_path
from ..selectors import get_read_aloud_recording
from ..turns.interruption import Interruption
from ..turns.reading import judge_reading
from ..wire.pronunciation import assessment_json
from .page_requests import posted_text, refuse_fast, stage_failed, with_refusals
from .posted_sound import kept_reading, posted_clip

MAX_TEXT_CHARS = 1200
LANGUAGES = ("en", "es", "fr", "de")

_readings = BucketPerUser(rate_per_s=1 / 4, burst=8)


@login_required
@require_safe
def read_aloud(request: HttpRequest) -> HttpResponse:
    """Show the page: a text of one's own, or the phrases of a lesson (``?lesson=``)."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        context = page_context(
            learner_id=user.pk,
            lesson=request.GET.get("lesson", ""),
            text=request.GET.get("text", "")[:MAX_TEXT_CHARS],
            languages=LANGUAGES,
            max_text_chars=MAX_TEXT_CHARS,
        )
    except (ObjectDoesNotExist, ValueError):
        raise Http404 from None
    return render(request, "sessions/read_aloud.html", context)


@login_required
@require_POST
@with_refusals
async def read_aloud_assess(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Judge a recording of a text, keep the result, and return it as JSON."""
    refuse_fast(_readings, user_id)
    text = posted_text(request, max_chars=MAX_TEXT_CHARS)
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        raise RequestRefused(
            "request.language", _("That language cannot be read here yet."), status=400
        )
    clip = posted_clip(request)
    try:
        reading = await judge_reading(
            get_runner(), clip, text, language=language, cancelled=Interruption()
        )
    except StageError as error:
        raise stage_failed(error) from error
    kept = await sync_to_async(kept_reading)(user_id, text, language, reading, clip)
    answer: dict[str, Any] = {
        **assessment_json(
            reading.assessment, message=assessment_words(reading.assessment)
        ),
        "heard": reading.heard,
        **kept,
    }
    return JsonResponse(answer)


@login_required
@require_safe
def read_aloud_audio(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Play a kept reading to those who may review what this learner said."""
    try:
        recording, learner_id = get_read_aloud_recording(attempt_uuid=uuid)
        if not can_review_session(request.user, learner_id):
            raise Http404
        path = absolute_path(recording.path)
        return ranged_file_response(request, path, content_type="audio/flac")
    except (
        ReadAloudAttempt.DoesNotExist,
        Recording.DoesNotExist,
        FileNotFoundError,
    ):
        raise Http404 from None
