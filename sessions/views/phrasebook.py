"""The phrasebook: what a learner met, to find and to hear again."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inference.errors import StageError
from learners.permissions import can_take_lesson, signed_in_user

from ..api_errors import RequestRefused
from ..lesson_exercise_voice import has_voice, say
from ..live.rate_limit import BucketPerUser
from ..phrasebook_page import LONGEST, phrasebook_context
from ..review_cards_page import review_language
from .page_requests import posted_text, refuse_fast, stage_failed, with_refusals
from .say_word import SPEEDS

_voices = BucketPerUser(rate_per_s=1, burst=20)


@login_required
@require_safe
def phrasebook(request: HttpRequest) -> HttpResponse:
    """Show what was met; ``?q=`` searches, ``?kind=`` leaves one kind."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    context = phrasebook_context(
        learner_id=user.pk,
        query=request.GET.get("q", ""),
        kind=request.GET.get("kind", ""),
        page=request.GET.get("page"),
    )
    return render(request, "learners/phrasebook.html", context)


@login_required
@require_POST
@with_refusals
async def phrase_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return the sound of a word or sentence in the language that is learned."""
    refuse_fast(_voices, user_id)
    text = posted_text(request, max_chars=LONGEST)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    l2 = await sync_to_async(review_language)(learner_id=user_id)
    if not has_voice(l2):
        raise RequestRefused(
            "phrase.no_voice", _("There is no voice for this language yet."), status=400
        )
    try:
        said = await say(text, language=l2, speed=speed)
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})
