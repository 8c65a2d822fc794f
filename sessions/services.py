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
from .own_brief import OwnBrief
from .signals import session_ended


def start_session(
    *,
    learner_id: int,
    lesson_uuid: UUID | None,
    exercise: UUID | None = None,
    own: OwnBrief | None = None,
    now: datetime,
) -> TutoringSession:
    """Begin a session on a lesson, on what ``own`` says, or on neither (free talk).

    ``exercise`` is the lesson's exercise that shall be talked through; ``own`` with a lesson
    says what differs from it. A lesson that the learner began is open to them, whatever
    became of it. Raises LearnerProfile.DoesNotExist or Lesson.DoesNotExist.
    """
    learner = get_learner_context(user_id=learner_id)
    lesson = (
        get_lesson_for(learner_id=learner_id, uuid=lesson_uuid) if lesson_uuid else None
    )
    l2, level = learner.l2, learner.level
    if lesson is not None:
        l2, level = lesson.course.l2, lesson.level
    elif own is not None:
        l2, level = own.l2 or l2, own.level or level
    return TutoringSession.objects.create(
        learner_id=learner_id,
        lesson_id=lesson.pk if lesson else None,
        exercise=exercise,
        own_brief=own.as_json() if own else None,
        l1=learner.l1,
        l2=l2,
        level=level,
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
    n_ended = active.update(
        status=TutoringSession.Status.ENDED,
        end_reason=TutoringSession.EndReason(reason),
        ended_at=now,
        last_seen_at=now,
    )
    if n_ended:
        _tell_ended(session_uuid, session.learner_id, reason)
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
    unseen = TutoringSession.objects.filter(
        status=TutoringSession.Status.ACTIVE, last_seen_at__lt=unseen_since
    )
    n_ended = 0
    for pk, uuid, learner_id in unseen.values_list("pk", "uuid", "learner_id"):
        # One that is joined at this moment is not ended.
        if unseen.filter(pk=pk).update(
            status=TutoringSession.Status.ENDED,
            end_reason=TutoringSession.EndReason.EXPIRED,
            ended_at=now,
        ):
            _tell_ended(uuid, learner_id, TutoringSession.EndReason.EXPIRED)
            n_ended += 1
    return n_ended


def _tell_ended(session_uuid: UUID, learner_id: int, reason: str) -> None:
    transaction.on_commit(
        lambda: session_ended.send_robust(
            sender=TutoringSession,
            session_uuid=session_uuid,
            learner_id=learner_id,
            reason=str(reason),
        )
    )


def _delete(recordings: QuerySet[Recording]) -> int:
    with transaction.atomic():
        return recordings.delete()[0]
