"""What views that answer a page's script share: who asks, limits, and refusals as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Protocol

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from inference.errors import StageError
from learners.permissions import can_take_lesson

from ..api_errors import RequestRefused
from ..live.rate_limit import BucketPerUser
from ..turns.messages import MESSAGES

# What UTF-8 (half surrogates) and PostgreSQL (NUL) cannot carry.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
RETRY_AFTER_S = 5


class LearnersView(Protocol):
    """An asynchronous view that is told who asks."""

    def __call__(
        self, request: HttpRequest, *, user_id: int
    ) -> Coroutine[Any, Any, JsonResponse]:
        """Answer the request. Raises RequestRefused."""
        ...


def with_refusals(
    view: LearnersView,
) -> Callable[[HttpRequest], Coroutine[Any, Any, HttpResponseBase]]:
    """Give the view its learner; put what it refuses into JSON."""

    @wraps(view)
    async def answered(request: HttpRequest) -> HttpResponseBase:
        user = await request.auser()
        try:
            if user.pk is None or not await sync_to_async(can_take_lesson)(user):
                raise RequestRefused(
                    "request.no_profile",
                    _("Tell us first which language you want to speak."),
                    status=403,
                )
            return await view(request, user_id=user.pk)
        except RequestRefused as refused:
            return refused.response()

    return answered


def posted_text(
    request: HttpRequest, *, max_chars: int, field: str = "text", optional: bool = False
) -> str:
    """Return a field's text, one space between words. Raises RequestRefused."""
    text = " ".join(_NO_TEXT.sub("", request.POST.get(field, "")).split())
    if not text and not optional:
        raise RequestRefused("text.empty", _("Write something first."), status=400)
    if len(text) > max_chars:
        raise RequestRefused(
            "text.too_long",
            _("Please keep it under %(most)s characters.") % {"most": max_chars},
            status=400,
        )
    return text


def refuse_fast(buckets: BucketPerUser, user_id: int) -> None:
    """Take one of the user's tokens. Raises RequestRefused if there is none."""
    if not buckets.take(user_id):
        raise RequestRefused(
            "request.too_fast",
            _("That was quick. Wait a few seconds, then try again."),
            status=429,
            retry_after_s=RETRY_AFTER_S,
        )


def stage_failed(error: StageError) -> RequestRefused:
    """Return the refusal for an engine that failed."""
    return RequestRefused(error.code, _(MESSAGES[error.code]), status=503)
