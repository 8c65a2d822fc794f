"""Writes: checked once more, done in one transaction, and a repeated one only answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema, Status

from coursework.problem import WorkProblem
from schools.problem import SchoolProblem

from ..models import ApiReply, ApiToken
from .access import Caller, check_usable
from .problems import ApiProblem, wrong_field

KEPT_FOR: Final = timedelta(days=1)
REPEATED: Final = "Idempotency-Replayed"


@transaction.atomic
def answer_once(
    request: HttpRequest,
    caller: Caller,
    key: str | None,
    work: Callable[[], Schema],
    *,
    status: int,
) -> Status[dict[str, Any]]:
    """Do ``work`` and return its answer, or the answer of the first request with this key.

    The token's row is locked: of two requests with one key the second waits for the first,
    and a token that was revoked meanwhile does nothing more. Raises ApiProblem.
    """
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("school")
        .get(pk=caller.token.pk)
    )
    check_usable(token, now=caller.now)
    fingerprint = _fingerprint(request)
    if key:
        known = ApiReply.objects.filter(
            token=token, key=key, created_at__gt=caller.now - KEPT_FOR
        ).first()
        if known is not None:
            return _again(request, known, fingerprint)
    try:
        body = json.loads(work().model_dump_json(by_alias=True))
    except (SchoolProblem, WorkProblem) as problem:
        code = _code(type(problem).__name__)
        raise ApiProblem(409, code, str(problem)) from problem
    if key:
        ApiReply.objects.update_or_create(
            token=token,
            key=key,
            defaults={
                "fingerprint": fingerprint,
                "status": status,
                "body": body,
                "created_at": caller.now,
            },
        )
    return Status(status, body)


def forget_replies(*, now: datetime) -> int:
    """Delete the answers that are kept no longer; return how many."""
    n_deleted, _by_model = ApiReply.objects.filter(
        created_at__lt=now - KEPT_FOR
    ).delete()
    return n_deleted


def _again(
    request: HttpRequest, known: ApiReply, fingerprint: str
) -> Status[dict[str, Any]]:
    if known.fingerprint != fingerprint:
        raise wrong_field(
            "header.Idempotency-Key",
            "idempotency_key.reused",
            _("This key was sent with another request before. Choose a new one."),
        )
    request.api_headers = {REPEATED: "true"}  # type: ignore[attr-defined]
    return Status(known.status, known.body)


def _fingerprint(request: HttpRequest) -> str:
    what = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(what).hexdigest()


def _code(name: str) -> str:
    """Return ``class_is_archived`` for ClassIsArchived."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
