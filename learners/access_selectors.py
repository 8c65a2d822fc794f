"""Reads of who opened a learner's talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from .models import TalkAccess, User


@dataclass(frozen=True, slots=True)
class TalkOpened:
    """That one person opened one page of a talk: how often, and when last."""

    reader: str
    page: str
    session: UUID
    session_started_at: datetime
    times: int
    last_at: datetime


def list_talks_opened(*, learner_id: int, limit: int) -> list[TalkOpened]:
    """Return who else opened a learner's talks, latest first."""
    rows = (
        TalkAccess.objects.filter(learner_id=learner_id)
        .order_by()
        .values("reader", "page", "session", "session_started_at")
        .annotate(times=Count("pk"), last_at=Max("opened_at"))
        .order_by("-last_at", "session", "reader")[:limit]
    )
    found = list(rows)
    readers = User.objects.select_related("profile").in_bulk(
        {row["reader"] for row in found if row["reader"] is not None}
    )
    return [
        TalkOpened(
            reader=_name(readers.get(row["reader"])),
            page=str(TalkAccess.Page(row["page"]).label),
            session=row["session"],
            session_started_at=row["session_started_at"],
            times=row["times"],
            last_at=row["last_at"],
        )
        for row in found
    ]


def _name(reader: User | None) -> str:
    """Return who it was in words; learners are told no e-mail address."""
    if reader is None:
        return _("Somebody whose account is gone")
    profile = getattr(reader, "profile", None)
    role = str(reader.get_role_display())
    return f"{profile.display_name} ({role.lower()})" if profile else role
