"""Tokens of the REST API: made, found by their secret, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from schools.audit import record
from schools.models import School

from ..models import ApiToken

if TYPE_CHECKING:
    from learners.models import User

# What every secret begins with, so that programs that look for leaked secrets know one.
MARK: Final = "tutor_"
SHOWN_LETTERS: Final = 12
# ``last_used_at`` is not worth a write for each request.
USE_KEPT_FOR = timedelta(minutes=1)


def make_token(
    *,
    school: School,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None,
    by: User | None,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Make a token; return it with its secret, which nobody can read again."""
    secret = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            school=school,
            name=name,
            prefix=secret[:SHOWN_LETTERS],
            digest=digest(secret),
            scopes=sorted(scopes),
            created_by=by,
            created_at=now,
            expires_at=expires_at,
        )
        _record("token.made", token, by, now)
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: int, by: User | None, now: datetime) -> ApiToken:
    """End a token at once, also for a request that is under way; twice is once."""
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        _record("token.revoked", token, by, now)
    return token


def find_token(*, secret: str) -> ApiToken | None:
    """Return the token of a secret, also one that has ended."""
    known = ApiToken.objects.select_related("school", "created_by")
    return known.filter(digest=digest(secret)).first()


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Write down that a token is in use, once a minute."""
    if token.last_used_at is None or now - token.last_used_at >= USE_KEPT_FOR:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _record(action: str, token: ApiToken, by: User | None, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=by.uuid if by else None,
        school=token.school.uuid,
        target="token",
        target_uuid=token.uuid,
        detail={"scopes": " ".join(token.scopes)},
    )
