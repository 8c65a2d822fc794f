"""What is done to sessions, and the daily purge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from inference.types.audio import AudioClip
from learners.models import LearnerProfile, User
from learners.services.course_progress import start_course
from learners.services.profiles import set_recording_consent
from lessons.models import Lesson
from sessions.models import Recording, Turn, TutoringSession, Utterance
from sessions.recordings import absolute_path, recording_path, write_clip
from sessions.services import (
    delete_recordings,
    end_session,
    expire_sessions,
    purge_recordings,
    start_session,
)
from tests.factories.learners import UserFactory
from tests.factories.lessons import LessonFactory

from .conftest import make_learner

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def record(
    session: TutoringSession,
    *,
    index: int = 1,
    speaker: str = "LEARNER",
    delete_after: datetime | None = None,
) -> Path:
    """Store sound of a speaker; return its file."""
    turn, _ = Turn.objects.get_or_create(session=session, index=index, started_at=NOW)
    utterance = Utterance.objects.create(turn=turn, speaker=speaker, source="SPEECH")
    path = recording_path(
        session_uuid=session.uuid, turn=index, speaker=speaker, attempt=0
    )
    n_bytes = write_clip(AudioClip(bytes(3200), 16_000), path)
    Recording.objects.create(
        utterance=utterance,
        path=path,
        sample_rate_hz=16_000,
        duration_ms=100,
        n_bytes=n_bytes,
        created_at=NOW,
        delete_after=delete_after,
    )
    return absolute_path(path)


def another(learner: User, *, now: datetime = NOW) -> TutoringSession:
    """Start a free talk."""
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=now)


def test_a_free_talk_takes_language_and_level_of_the_learner(learner: User) -> None:
    session = another(learner)
    assert (session.l1, session.l2, session.level) == ("es", "en", "A2")
    assert (session.status, session.lesson) == ("ACTIVE", None)
    assert not session.recording_consent


def test_a_lesson_decides_language_and_level(learner: User) -> None:
    lesson: Lesson = LessonFactory.create(level="B2", course__l2="fr")
    # Who began a course goes on with it, whether it is offered or not.
    start_course(learner_id=learner.pk, course=lesson.course, now=NOW)
    session = start_session(learner_id=learner.pk, lesson_uuid=lesson.uuid, now=NOW)
    assert (session.l1, session.l2, session.level) == ("es", "fr", "B2")
    assert session.lesson == lesson


def test_the_consent_of_the_start_is_noted(learner: User) -> None:
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=7, now=timezone.now()
    )
    assert another(learner).recording_consent


def test_who_or_what_is_unknown_starts_nothing(learner: User) -> None:
    stranger: User = UserFactory.create()
    with pytest.raises(LearnerProfile.DoesNotExist):
        another(stranger)
    with pytest.raises(Lesson.DoesNotExist):
        start_session(learner_id=learner.pk, lesson_uuid=uuid4(), now=NOW)
    assert not TutoringSession.objects.exists()


def test_a_session_ends_once(learner: User) -> None:
    session = another(learner)
    other = another(learner)
    for reason, now in (("EXPIRED", NOW + DAY), ("LEARNER", NOW + 2 * DAY)):
        end_session(session_uuid=session.uuid, reason=reason, now=now)
    session.refresh_from_db()
    assert (session.status, session.end_reason) == ("ENDED", "EXPIRED")
    assert session.ended_at == session.last_seen_at == NOW + DAY
    other.refresh_from_db()
    assert other.status == "ACTIVE"


def test_a_reason_nobody_knows_is_refused(tutoring: TutoringSession) -> None:
    with pytest.raises(ValueError, match="BORED"):
        end_session(session_uuid=tutoring.uuid, reason="BORED", now=NOW)


def test_a_session_is_over_exactly_when_it_has_an_end(
    tutoring: TutoringSession,
) -> None:
    with pytest.raises(IntegrityError, match="ended_at_iff_ended"):
        TutoringSession.objects.filter(pk=tutoring.pk).update(ended_at=NOW)


def test_deleting_recordings_takes_ones_own_voice_only(learner: User) -> None:
    mine, theirs = another(learner), another(make_learner())
    voice = [record(mine, index=i) for i in (1, 2)]
    tutor = record(mine, speaker="TUTOR")
    stranger = record(theirs)
    assert delete_recordings(learner_id=learner.pk) == 2
    assert [path.exists() for path in (*voice, tutor, stranger)] == [
        *(False, False),
        *(True, True),
    ]
    assert Utterance.objects.filter(speaker="LEARNER").count() == 3
    assert delete_recordings(learner_id=learner.pk) == 0


def test_recordings_whose_time_is_over_are_purged(tutoring: TutoringSession) -> None:
    over = record(tutoring, index=1, delete_after=NOW)
    later = record(tutoring, index=2, delete_after=NOW + DAY)
    kept = record(tutoring, index=2, speaker="TUTOR")
    assert purge_recordings(now=NOW) == 1
    assert [path.exists() for path in (over, later, kept)] == [False, True, True]
    assert purge_recordings(now=NOW) == 0


def test_sessions_nobody_came_back_to_expire(learner: User) -> None:
    left, seen, over = (
        another(learner),
        another(learner, now=NOW + DAY),
        another(learner),
    )
    end_session(session_uuid=over.uuid, reason="LEARNER", now=NOW)
    assert expire_sessions(unseen_since=NOW + DAY, now=NOW + 2 * DAY) == 1
    for session in (left, seen, over):
        session.refresh_from_db()
    assert (left.status, left.end_reason) == ("ENDED", "EXPIRED")
    assert left.ended_at == NOW + 2 * DAY
    assert seen.status == "ACTIVE"
    assert (over.end_reason, over.ended_at) == ("LEARNER", NOW)


def test_the_purge_of_the_day_does_both_and_says_so(
    tutoring: TutoringSession, learner: User
) -> None:
    old = another(learner, now=timezone.now() - 3 * DAY)
    voice = record(old, delete_after=timezone.now() - DAY)
    out = StringIO()
    call_command("purge_sessions", "--expire-after-hours", "100", stdout=out)
    assert (
        out.getvalue()
        == "1 recordings deleted, 0 sessions ended, 0 things forgotten.\n"
    )
    assert not voice.exists()
    out = StringIO()
    call_command("purge_sessions", stdout=out)
    assert (
        out.getvalue()
        == "0 recordings deleted, 1 sessions ended, 0 things forgotten.\n"
    )
    tutoring.refresh_from_db()
    assert tutoring.status == "ACTIVE"
