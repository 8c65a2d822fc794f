"""What is heard and said in reviews: the voice of a card, and the learner's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.conf import get_runner
from inference.errors import StageError
from learners.review_selectors import get_card
from learners.reviews.answers import suggest
from learners.services.reviews import MAX_HEARD_CHARS

from ..api_errors import RequestRefused
from ..lesson_exercise_voice import has_voice, say
from ..live.rate_limit import BucketPerUser
from ..review_cards_page import back_text, front_text
from ..turns.hearing import transcribe
from ..turns.interruption import Interruption
from .page_requests import refuse_fast, stage_failed, with_refusals
from .posted_sound import posted_clip
from .review_answers import posted_uuid
from .say_word import SPEEDS

if TYPE_CHECKING:
    from learners.models import ReviewCard

_voices = BucketPerUser(rate_per_s=1, burst=20)
_speeches = BucketPerUser(rate_per_s=1 / 3, burst=10)


@login_required
@require_POST
@with_refusals
async def review_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the sound of a ``part`` of a card: front, back, example, or word 0 or 1."""
    refuse_fast(_voices, user_id)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    card = await _card(request, user_id)
    text = _text(card, request.POST.get("part", ""))
    if not text or not has_voice(card.l2):
        raise RequestRefused(
            "review.no_voice", _("There is nothing to hear here."), status=400
        )
    try:
        said = await say(text, language=card.l2, speed=speed)
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})


@login_required
@require_POST
@with_refusals
async def review_speech(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return what was heard of a spoken answer, and the button that it suggests.

    Nothing is counted: that is done by the button that the learner presses.
    """
    refuse_fast(_speeches, user_id)
    card = await _card(request, user_id)
    try:
        heard = await transcribe(
            get_runner(),
            posted_clip(request),
            language=card.l2,
            cancelled=Interruption(),
        )
    except StageError as error:
        raise stage_failed(error) from error
    text = heard.transcript.text.strip()[:MAX_HEARD_CHARS]
    found = await sync_to_async(suggest)(card, text)
    return JsonResponse(
        {
            "heard": text,
            "outcome": found.outcome,
            "words": found.words,
            "rating": found.rating,
        }
    )


async def _card(request: HttpRequest, user_id: int) -> ReviewCard:
    uuid = posted_uuid(request, "card")
    try:
        return await sync_to_async(get_card)(learner_id=user_id, uuid=uuid)
    except ObjectDoesNotExist:
        raise RequestRefused(
            "review.gone", _("This card is not there any more."), status=404
        ) from None


def _text(card: ReviewCard, part: str) -> str:
    words = card.data.get("words", [])
    texts: dict[str, str] = {
        "front": front_text(card),
        "back": back_text(card),
        "example": str(card.data.get("example", "")),
        **{str(place): word for place, word in enumerate(words)},
    }
    return texts.get(part, "")
