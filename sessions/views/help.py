"""Help while talking, for the learner of a session: words, lines, phrases, corrections."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from learners.services.kept_words import MOST_KEPT, TooManyWords
from tutor.learner import Learner, Level

from ..api_errors import RequestRefused
from ..help.corrections import correction_json, find_mistake, list_corrections
from ..help.desk import Asker, HelpRefused
from ..help.front import help_desk
from ..help.keeping import is_kept, keep, remove
from ..live.rate_limit import BucketPerUser
from ..models import TutoringSession
from ..selectors import get_session
from .page_requests import RETRY_AFTER_S, posted_text, refuse_fast, with_refusals

MAX_WORD_CHARS = 60
MAX_LINE_CHARS = 600
MAX_PHRASE_CHARS = 200
TOO_MANY_WORDS = gettext_lazy(
    "You keep %(most)s words. Remove some before you keep more."
)
REFUSALS = {
    "help.off": (403, gettext_lazy("This help is not offered for your language here.")),
    "help.busy": (
        503,
        gettext_lazy("The tutor is answering first. Ask again in a moment."),
    ),
    "help.timeout": (503, gettext_lazy("That took too long. Ask again in a moment.")),
    "help.failed": (503, gettext_lazy("The tutor cannot help with this right now.")),
}

# Looking up costs nothing; the model is for a few questions at once, then one every
# three seconds.
_looked_up = BucketPerUser(rate_per_s=3, burst=40)
_asked = BucketPerUser(rate_per_s=1 / 3, burst=10)


class HelpView(Protocol):
    """An asynchronous view that is told who asks, in which session."""

    def __call__(
        self, request: HttpRequest, asker: Asker
    ) -> Coroutine[Any, Any, JsonResponse]:
        """Answer the request. Raises RequestRefused or HelpRefused."""
        ...


def _in_own_session(
    view: HelpView,
) -> Callable[..., Coroutine[Any, Any, HttpResponseBase]]:
    """Give the view its asker; put what is refused into JSON.

    Another person's session is as unknown as one that never was.
    """

    @wraps(view)
    async def answered(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
        async def asked(request: HttpRequest, *, user_id: int) -> JsonResponse:
            session = await sync_to_async(_own_session)(user_id, uuid)
            asker = Asker(
                user_id=user_id,
                session=uuid,
                learner=_learner(session),
                spend=lambda: refuse_fast(_asked, user_id),
            )
            try:
                return await view(request, asker)
            except HelpRefused as refused:
                raise _in_words(refused) from refused

        return await with_refusals(asked)(request)

    return answered


def _own_session(user_id: int, uuid: UUID) -> TutoringSession:
    try:
        session = get_session(uuid=uuid)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    if session.learner_id != user_id:
        raise Http404
    return session


def _learner(session: TutoringSession) -> Learner:
    return Learner(session.l1, session.l2, Level(session.level))


def _in_words(refused: HelpRefused) -> RequestRefused:
    status, message = REFUSALS[refused.code]
    later = RETRY_AFTER_S if status == 503 else None
    return RequestRefused(refused.code, message, status=status, retry_after_s=later)


@login_required
@require_POST
@_in_own_session
async def word(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return meaning, sounds and level of a word, as far as data have them."""
    refuse_fast(_looked_up, asker.user_id)
    text = posted_text(request, max_chars=MAX_WORD_CHARS)
    found = await help_desk().look_up(asker, text)
    kept = await sync_to_async(is_kept)(asker, text)
    return JsonResponse({**found, "kept": kept})


@login_required
@require_POST
@_in_own_session
async def keep_word(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Keep a word among the learner's own, or with ``keep`` "0" no longer."""
    refuse_fast(_looked_up, asker.user_id)
    text = posted_text(request, max_chars=MAX_WORD_CHARS)
    sentence = _sentence(request)
    found = await sync_to_async(help_desk().known_meaning)(asker, text, sentence)
    if not found.word:
        raise RequestRefused("words.none", gettext("This is not a word."), status=400)
    if request.POST.get("keep") == "0":
        return JsonResponse(await sync_to_async(remove)(asker, found))
    try:
        kept = await sync_to_async(keep)(asker, found, text, sentence=sentence)
    except TooManyWords:
        raise RequestRefused(
            "words.full", TOO_MANY_WORDS % {"most": MOST_KEPT}, status=409
        ) from None
    return JsonResponse(kept)


@login_required
@require_POST
@_in_own_session
async def meaning(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return what a word means, by the model where data do not know it."""
    text = posted_text(request, max_chars=MAX_WORD_CHARS)
    return JsonResponse(await help_desk().meaning(asker, text, _sentence(request)))


@login_required
@require_POST
@_in_own_session
async def translation(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return a line in the first language, or a word of the posted sentence."""
    sentence = _sentence(request)
    limit = MAX_WORD_CHARS if sentence else MAX_LINE_CHARS
    text = posted_text(request, max_chars=limit)
    return JsonResponse(await help_desk().translation(asker, text, sentence))


@login_required
@require_POST
@_in_own_session
async def how_to_say(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return how to say something in the language learned; the tutor hears nothing of it."""
    text = posted_text(request, max_chars=MAX_PHRASE_CHARS)
    return JsonResponse(await help_desk().how_to_say(asker, text))


@login_required
@require_safe
@_in_own_session
async def corrections(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return what the tutor corrected, in all turns or in ``?turn=``, with why."""
    found = await sync_to_async(list_corrections)(
        session_uuid=asker.session,
        learner=asker.learner,
        turn=_turn(request.GET.get("turn")) if "turn" in request.GET else None,
    )
    return JsonResponse({"corrections": [correction_json(one) for one in found]})


@login_required
@require_POST
@_in_own_session
async def explanation(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Return why a mistake of a turn is one, by the model where data do not explain it."""
    try:
        finding, sentence = await sync_to_async(find_mistake)(
            session_uuid=asker.session,
            turn=_turn(request.POST.get("turn")),
            said=request.POST.get("said", ""),
            better=request.POST.get("better", ""),
        )
    except LookupError:
        raise Http404 from None
    return JsonResponse(await help_desk().explanation(asker, finding, sentence))


def _sentence(request: HttpRequest) -> str:
    return posted_text(
        request, max_chars=MAX_LINE_CHARS, field="sentence", optional=True
    )


def _turn(sent: str | None) -> int:
    if sent is None or not sent.isascii() or not sent.isdigit() or len(sent) > 6:
        raise Http404
    return int(sent)
