"""Writes down who opened or heard what somebody handed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from learners.services.talk_access import record_talk_access
from schools.audit import record
from schools.models import AuditEntry

from ..models import Submission

if TYPE_CHECKING:
    from learners.models import User
    from sessions.models import TutoringSession

# Playing a talk asks for many pieces of sound: together they are one hearing.
ONE_HEARING = timedelta(hours=1)


def record_opening(
    *,
    submission: Submission,
    session: TutoringSession | None,
    reader: User,
    now: datetime,
) -> None:
    """Write down that a submission was opened; learners see it in their profile.

    Opening a talk leaves an entry in the audit log by itself; work without one gets its own.
    """
    if reader.pk == submission.learner_id:
        return
    if session is not None:
        record_talk_access(
            reader_id=reader.pk,
            learner_id=submission.learner_id,
            session=session.uuid,
            session_started_at=session.started_at,
            page="REPLAY",
            now=now,
        )
    else:
        _record("submission.opened", submission, reader, now)


def record_hearing(*, submission: Submission, reader: User, now: datetime) -> None:
    """Write down that the sound of a submission was played, once for each hearing."""
    if reader.pk == submission.learner_id:
        return
    known = AuditEntry.objects.filter(
        action="submission.heard",
        actor=reader.uuid,
        target_uuid=submission.uuid,
        at__gt=now - ONE_HEARING,
    )
    if not known.exists():
        _record("submission.heard", submission, reader, now)


def _record(action: str, submission: Submission, reader: User, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=reader.uuid,
        school=submission.assignment.classroom.school.uuid,
        subject=submission.learner.uuid,
        target="submission",
        target_uuid=submission.uuid,
    )
