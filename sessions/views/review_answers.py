"""What the page of reviews sends: answers, answers taken back, cards set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learners.services.reviews import (
    MAX_HEARD_CHARS,
    Answer,
    ReviewProblem,
    record_review,
    suspend_card,
    undo_review,
)

from ..api_errors import RequestRefused
from ..live.rate_limit import BucketPerUser
from ..review_cards_page import answered_json
from .page_requests import posted_text, refuse_fast, with_refusals

STATUS = {"review.gone": 404, "review.changed": 409, "review.aside": 409}
_MAX_MS = 10**12

# What waited for a connection comes all at once.
_answers = BucketPerUser(rate_per_s=2, burst=60)


@login_required
@require_POST
@with_refusals
async def review_answer(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Count an answer once and return the card after it."""
    refuse_fast(_answers, user_id)
    card_uuid, key = posted_uuid(request, "card"), posted_uuid(request, "key")
    answer = Answer(
        rating=_number(request, "rating"),
        version=request.POST.get("version", "")[:40],
        client_key=key,
        ago=timedelta(milliseconds=_number(request, "ago_ms")),
        took=timedelta(milliseconds=_number(request, "took_ms")),
        spoken=request.POST.get("spoken") == "true",
        heard=posted_text(
            request, max_chars=MAX_HEARD_CHARS, field="heard", optional=True
        ),
    )

    def recorded() -> dict[str, object]:
        card = record_review(
            learner_id=user_id, card_uuid=card_uuid, answer=answer, now=timezone.now()
        )
        return answered_json(card, learner_id=user_id)

    return await _answered(recorded)


@login_required
@require_POST
@with_refusals
async def review_undo(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Take back the latest answer to a card and return the card as it was."""
    refuse_fast(_answers, user_id)
    card_uuid, key = posted_uuid(request, "card"), posted_uuid(request, "key")

    def undone() -> dict[str, object]:
        card = undo_review(
            learner_id=user_id, card_uuid=card_uuid, client_key=key, now=timezone.now()
        )
        return answered_json(card, learner_id=user_id)

    return await _answered(undone)


@login_required
@require_POST
@with_refusals
async def review_aside(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Set a card aside; with ``aside=false`` take it back in."""
    refuse_fast(_answers, user_id)
    card_uuid = posted_uuid(request, "card")
    aside = request.POST.get("aside") != "false"

    def put() -> dict[str, object]:
        suspend_card(
            learner_id=user_id, card_uuid=card_uuid, aside=aside, now=timezone.now()
        )
        return {"aside": aside}

    return await _answered(put)


def posted_uuid(request: HttpRequest, field: str) -> UUID:
    """Return a field as an id. Raises RequestRefused ``review.gone``."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        raise RequestRefused(
            "review.gone", _("This card is not known."), status=404
        ) from None


def refused(problem: ReviewProblem) -> RequestRefused:
    """Return the refusal for what cannot be done with a card."""
    status = STATUS.get(problem.code, 400)
    return RequestRefused(problem.code, problem.message, status=status)


async def _answered(work: Callable[[], dict[str, object]]) -> JsonResponse:
    try:
        return JsonResponse(await sync_to_async(work)())
    except ReviewProblem as problem:
        raise refused(problem) from problem


def _number(request: HttpRequest, field: str) -> int:
    """Return a whole number; what is none, or absurd, is -1."""
    try:
        value = int(request.POST.get(field, ""))
    except ValueError:
        return -1
    return value if abs(value) < _MAX_MS else -1
