"""Who opened another person's talk: written down, shown to its learner, forgotten in time."""

from __future__ import annotations

from collections.abc import Mapping
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


def record_talks_read(
    *,
    reader_id: int,
    learner_id: int,
    sessions: Mapping[UUID, datetime],
    page: str,
    now: datetime,
) -> None:
    """Write down that somebody saw parts of several talks, given with their beginnings."""
    if reader_id == learner_id:
        return
    TalkAccess.objects.bulk_create(
        TalkAccess(
            reader_id=reader_id,
            learner_id=learner_id,
            session=session,
            session_started_at=started_at,
            page=TalkAccess.Page(page),
            opened_at=now,
        )
        for session, started_at in sessions.items()
    )


def purge_talk_accesses(*, now: datetime) -> int:
    """Forget what is a year old; return how many rows."""
    old = now - timedelta(days=KEPT_DAYS)
    return TalkAccess.objects.filter(opened_at__lt=old).delete()[0]
