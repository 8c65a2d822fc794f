"""What is done to sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from learners.course_selectors import get_lesson_for
from learners.selectors import get_learner_context
from learners.services.review_cards import refresh_cards_soon

from .models import Recording, TutoringSession


def start_session(
    *,
    learner_id: int,
    lesson_uuid: UUID | None,
    exercise: UUID | None = None,
    now: datetime,
) -> TutoringSession:
    """Begin a session on a lesson, or on none (free talk).

    ``exercise`` is the lesson's exercise that shall be talked through. A lesson that the
    learner began is open to them, whatever became of it. Raises LearnerProfile.DoesNotExist
    or Lesson.DoesNotExist.
    """
    learner = get_learner_context(user_id=learner_id)
    lesson = (
        get_lesson_for(learner_id=learner_id, uuid=lesson_uuid) if lesson_uuid else None
    )
    return TutoringSession.objects.create(
        learner_id=learner_id,
        lesson_id=lesson.pk if lesson else None,
        exercise=exercise,
        l1=learner.l1,
        l2=lesson.course.l2 if lesson else learner.l2,
        level=lesson.level if lesson else learner.level,
        recording_consent=learner.stores_recordings,
        started_at=now,
        last_seen_at=now,
    )


def end_session(*, session_uuid: UUID, reason: str, now: datetime) -> None:
    """End a session; one that is over stays as it is. What came up becomes cards.

    ``reason`` is a TutoringSession.EndReason.
    """
    active = TutoringSession.objects.filter(
        uuid=session_uuid, status=TutoringSession.Status.ACTIVE
    )
    session = active.first()
    if session is None:
        return
    active.update(
        status=TutoringSession.Status.ENDED,
        end_reason=TutoringSession.EndReason(reason),
        ended_at=now,
        last_seen_at=now,
    )
    refresh_cards_soon(learner_id=session.learner_id, l2=session.l2, now=now)


def delete_recordings(*, learner_id: int) -> int:
    """Delete all stored sound of a learner's own voice; return how many recordings.

    The files go with their rows, see ``sessions.receivers``.
    """
    talked = Q(
        utterance__speaker="LEARNER",
        utterance__turn__session__learner_id=learner_id,
    )
    return _delete(Recording.objects.filter(talked | Q(reading__learner_id=learner_id)))


def purge_recordings(*, now: datetime) -> int:
    """Delete recordings whose time is over; return how many."""
    return _delete(Recording.objects.filter(delete_after__lte=now))


def expire_sessions(*, unseen_since: datetime, now: datetime) -> int:
    """End sessions that nobody came back to; return how many."""
    return TutoringSession.objects.filter(
        status=TutoringSession.Status.ACTIVE, last_seen_at__lt=unseen_since
    ).update(
        status=TutoringSession.Status.ENDED,
        end_reason=TutoringSession.EndReason.EXPIRED,
        ended_at=now,
    )


def _delete(recordings: QuerySet[Recording]) -> int:
    with transaction.atomic():
        return recordings.delete()[0]
