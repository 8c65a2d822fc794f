"""Reads of sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from .models import ReadAloudAttempt, Recording, Turn, TutoringSession, Utterance
from .models.pronunciation import latest_value
from .review import SessionReview, TurnReview, UtteranceReview


def get_session(*, uuid: UUID) -> TutoringSession:
    """Return a session with lesson and learner. Raises TutoringSession.DoesNotExist."""
    sessions = TutoringSession.objects.select_related("lesson", "learner__profile")
    return sessions.get(uuid=uuid)


def list_sessions(*, learner_id: int) -> QuerySet[TutoringSession]:
    """Return a learner's sessions, latest first, with ``n_turns`` (learner's turns)."""
    return (
        TutoringSession.objects.filter(learner_id=learner_id)
        .select_related("lesson", "lesson__course")
        .annotate(n_turns=Count("turns", filter=Q(turns__index__gt=0)))
        .order_by("-started_at", "-id")  # grouping drops the model's own order
    )


def list_latest_talks(
    *, since: datetime, learner_id: int | None = None
) -> list[TutoringSession]:
    """Return each learner's latest session that began since then, or one learner's."""
    sessions = TutoringSession.objects.filter(started_at__gte=since)
    if learner_id is not None:
        sessions = sessions.filter(learner_id=learner_id)
    latest: dict[int, TutoringSession] = {}
    for session in sessions.order_by("learner_id", "-started_at", "-id"):
        latest.setdefault(session.learner_id, session)
    return list(latest.values())


def spoken_in(*, sessions: Collection[UUID]) -> set[UUID]:
    """Return those of the sessions in which the learner said or wrote something."""
    return set(
        TutoringSession.objects.filter(
            uuid__in=sessions,
            turns__utterances__speaker=Utterance.Speaker.LEARNER,
        ).values_list("uuid", flat=True)
    )


def get_recording(*, session_uuid: UUID, turn: int, speaker: str) -> Recording:
    """Return the latest recording of a speaker's turn. Raises Recording.DoesNotExist."""
    recording = (
        Recording.objects.filter(
            utterance__turn__session__uuid=session_uuid,
            utterance__turn__index=turn,
            utterance__speaker=speaker,
        )
        .order_by("-utterance__attempt")
        .first()
    )
    if recording is None:
        raise Recording.DoesNotExist
    return recording


def count_recordings(*, learner_id: int) -> int:
    """Return how many recordings of the learner's own voice are stored."""
    talked = Q(
        utterance__speaker=Utterance.Speaker.LEARNER,
        utterance__turn__session__learner_id=learner_id,
    )
    return Recording.objects.filter(talked | Q(reading__learner_id=learner_id)).count()


def get_read_aloud_recording(*, attempt_uuid: UUID) -> tuple[Recording, int]:
    """Return the sound of a reading and whose it is.

    Raises ReadAloudAttempt.DoesNotExist or Recording.DoesNotExist.
    """
    attempt = ReadAloudAttempt.objects.get(uuid=attempt_uuid)
    return Recording.objects.get(reading=attempt), attempt.learner_id


def get_review(*, session_uuid: UUID) -> SessionReview:
    """Return all of a session. Raises TutoringSession.DoesNotExist."""
    session = get_session(uuid=session_uuid)
    return review_of(session, list_turns(session=session))


def list_turns(*, session: TutoringSession) -> QuerySet[Turn]:
    """Return a session's turns in order, with all that was said in them and how."""
    utterances = Utterance.objects.select_related("recording").prefetch_related(
        "assessments"
    )
    return session.turns.order_by("index").prefetch_related(
        Prefetch("utterances", queryset=utterances)
    )


def review_of(session: TutoringSession, turns: Iterable[Turn]) -> SessionReview:
    """Return a session with turns of ``list_turns`` as plain values."""
    return SessionReview(
        uuid=session.uuid,
        learner_id=session.learner_id,
        lesson_title=session.title or None,
        level=session.level,
        status=session.status,
        started_at=session.started_at,
        ended_at=session.ended_at,
        turns=tuple(_turn_review(turn) for turn in turns),
    )


def _turn_review(turn: Turn) -> TurnReview:
    return TurnReview(
        index=turn.index,
        state=turn.state,
        started_at=turn.started_at,
        utterances=tuple(
            _utterance_review(utterance) for utterance in turn.utterances.all()
        ),
        timings=turn.timings,
        engines=turn.engines,
        errors=turn.errors,
    )


def _utterance_review(utterance: Utterance) -> UtteranceReview:
    return UtteranceReview(
        speaker=utterance.speaker,
        source=utterance.source,
        attempt=utterance.attempt,
        text=utterance.text,
        heard_as=utterance.heard_as,
        heard_text=utterance.heard_text,
        confidence=utterance.confidence,
        words=utterance.words,
        cues=utterance.cues,
        duration_ms=utterance.duration_ms,
        has_recording=hasattr(utterance, "recording"),
        assessment=latest_value(utterance.assessments.all()),
    )
