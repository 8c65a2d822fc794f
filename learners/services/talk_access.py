"""Who opened another person's talk: written down, shown to its learner, forgotten in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ..models import TalkAccess

KEPT_DAYS = 365


def record_talk_access(
    *,
    reader_id: int,
    learner_id: int,
    session: UUID,
    session_started_at: datetime,
    page: str,
    now: datetime,
) -> None:
    """Write down that somebody opened a talk; opening one's own is nobody's business.

    ``page`` is a TalkAccess.Page.
    """
    if reader_id == learner_id:
        return
    TalkAccess.objects.create(
        reader_id=reader_id,
        learner_id=learner_id,
        session=session,
        session_started_at=session_started_at,
        page=TalkAccess.Page(page),
        opened_at=now,
    )


def purge_talk_accesses(*, now: datetime) -> int:
    """Forget what is a year old; return how many rows."""
    old = now - timedelta(days=KEPT_DAYS)
    return TalkAccess.objects.filter(opened_at__lt=old).delete()[0]
