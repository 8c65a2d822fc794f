"""The tutor says a word or a phrase, for who practises it."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.conf import get_runner
from inference.errors import StageError
from learners.selectors import get_learner_context
from lessons.levels import TAUGHT_LANGUAGES

from ..api_errors import RequestRefused
from ..live.rate_limit import BucketPerUser
from ..live.spoken_words import spoken_words
from ..turns.interruption import Interruption
from .page_requests import posted_text, refuse_fast, stage_failed, with_refusals

MAX_WORD_CHARS = 80
SPEEDS = {"1.0": 1.0, "0.6": 0.6}
LANGUAGES = frozenset(language.tag for language in TAUGHT_LANGUAGES)

_words = BucketPerUser(rate_per_s=2, burst=20)


@login_required
@require_POST
@with_refusals
async def say_word(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the tutor's voice as a WAV with its phonemes, as JSON.

    ``language`` may be posted; without it the text is in the language that is learned.
    """
    refuse_fast(_words, user_id)
    text = posted_text(request, max_chars=MAX_WORD_CHARS)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    language = request.POST.get("language", "") or await sync_to_async(_l2)(user_id)
    if language.split("-")[0] not in LANGUAGES:
        raise RequestRefused(
            "request.language", _("That language cannot be heard here yet."), status=400
        )
    try:
        said = await spoken_words.say(
            get_runner(),
            text,
            language=language,
            speed=speed,
            cancelled=Interruption(),
        )
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse(said)


def _l2(user_id: int) -> str:
    return get_learner_context(user_id=user_id).l2
