"""Reads of invitations."""

from __future__ import annotations

from django.db.models import QuerySet

from .invitation_codes import digest, typed_code
from .models import Invitation


def find_by_token(token: str) -> Invitation | None:
    """Return the invitation of a link, whatever its state."""
    return _all().filter(token_digest=digest(token)).first()


def find_by_code(typed: str) -> Invitation | None:
    """Return the invitation of what somebody typed, whatever its state."""
    code = typed_code(typed)
    return _all().filter(code=code).first() if code else None


def list_invitations(
    *, school_id: int, classroom_id: int | None = None
) -> QuerySet[Invitation]:
    """Return those of a school, or of one of its classes, that were not withdrawn."""
    rows = _all().filter(school_id=school_id, revoked_at=None)
    return rows.filter(classroom_id=classroom_id) if classroom_id else rows


def _all() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        "school", "classroom__school", "created_by__profile"
    )
