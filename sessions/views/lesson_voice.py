"""The voice for what stands on a lesson's page."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.errors import StageError
from learners.course_selectors import get_lesson_for
from lessons.spoken_parts import spoken_parts

from ..api_errors import RequestRefused
from ..lesson_exercise_voice import has_voice, say
from ..live.rate_limit import BucketPerUser
from .page_requests import refuse_fast, stage_failed, with_refusals
from .say_word import SPEEDS

# A whole dialogue is fetched line by line, each while the one before is heard.
_voices = BucketPerUser(rate_per_s=2, burst=30)


@login_required
@require_POST
@with_refusals
async def lesson_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the sound of a ``part`` of a ``lesson``, see ``spoken_parts``."""
    refuse_fast(_voices, user_id)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    text, language = await sync_to_async(_part)(request, user_id)
    if not has_voice(language):
        raise RequestRefused(
            "lesson.no_voice", _("There is no voice for this language yet."), status=404
        )
    try:
        said = await say(text, language=language, speed=speed)
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})


def _part(request: HttpRequest, user_id: int) -> tuple[str, str]:
    try:
        uuid = UUID(request.POST.get("lesson", ""))
        lesson = get_lesson_for(learner_id=user_id, uuid=uuid)
        text = spoken_parts(lesson)[request.POST.get("part", "")]
    except (ValueError, ObjectDoesNotExist, KeyError):
        raise RequestRefused(
            "lesson.gone", _("This lesson is not there any more."), status=404
        ) from None
    return text, lesson.course.l2
