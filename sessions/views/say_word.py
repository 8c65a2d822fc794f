"""The tutor says a word or a phrase, for who practises it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from inference.conf import get_runner
from inference.errors import StageError

from ..api_errors import RequestRefused
from ..live.rate_limit import BucketPerUser
from ..live.spoken_words import spoken_words
from ..turns.interruption import Interruption
from .page_requests import posted_text, refuse_fast, stage_failed, with_refusals

MAX_WORD_CHARS = 80
SPEEDS = {"1.0": 1.0, "0.6": 0.6}

_words = BucketPerUser(rate_per_s=2, burst=20)


@login_required
@require_POST
@with_refusals
async def say_word(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the tutor's voice as a WAV with its phonemes, as JSON."""
    refuse_fast(_words, user_id)
    text = posted_text(request, max_chars=MAX_WORD_CHARS)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", "Choose normal or slow, please.", status=400
        )
    try:
        said = await spoken_words.say(
            get_runner(), text, speed=speed, cancelled=Interruption()
        )
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse(said)
