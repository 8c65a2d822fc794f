"""Days of activity, made from what is stored, in the learner's own calendar."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from learners.activity import Doing, DoingKind
from learners.activity_selectors import calendar, minutes_today, streak
from learners.models import ActivityDay, LearnerProfile, ReviewCard, ReviewLog, User
from learners.services.activity import record_activity
from sessions.activity import refresh_activity
from sessions.models import Turn, TutoringSession, Utterance
from tests.factories.learners import LearnerFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 29, 10, tzinfo=UTC)


@pytest.fixture
def learner() -> User:
    return LearnerFactory.create()


def lives_in(learner: User, zone: str, *, daily_minutes: int | None = None) -> None:
    LearnerProfile.objects.filter(user=learner).update(
        time_zone=zone, daily_minutes=daily_minutes
    )


def talk(learner: User, at: datetime, *, spoken_s: int = 20) -> TutoringSession:
    session = TutoringSession.objects.create(
        learner=learner, l1="es", l2="en", level="A2", started_at=at, last_seen_at=at
    )
    turn = Turn.objects.create(
        session=session, index=1, started_at=at, ended_at=at + timedelta(seconds=60)
    )
    Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", duration_ms=1000 * spoken_s
    )
    return session


def review(learner: User, at: datetime) -> ReviewLog:
    card, _ = ReviewCard.objects.get_or_create(
        learner=learner,
        l2="en",
        source="word:1",
        defaults={"kind": "word", "front": "a", "due_at": at, "created_at": at},
    )
    return ReviewLog.objects.create(
        card=card, rating=3, reviewed_at=at, before={}, client_key=uuid.uuid4()
    )


def test_a_talk_counts_on_the_day_the_learner_had(learner: User) -> None:
    lives_in(learner, "America/Los_Angeles")
    talk(learner, datetime(2026, 3, 29, 5, tzinfo=UTC))
    refresh_activity(learner_id=learner.pk, now=NOW)
    row = ActivityDay.objects.get()
    assert (row.day, row.talks, row.active_s, row.spoken_s) == (
        date(2026, 3, 28),
        1,
        60,
        20,
    )
    assert minutes_today(learner_id=learner.pk, now=NOW) == 0
    lives_in(learner, "Asia/Tokyo")
    refresh_activity(learner_id=learner.pk, now=NOW)
    # It moved to the new calendar, and did not double.
    assert [row.day for row in ActivityDay.objects.all()] == [date(2026, 3, 29)]
    assert minutes_today(learner_id=learner.pk, now=NOW) == 1


def test_adding_up_twice_changes_nothing(learner: User) -> None:
    talk(learner, NOW - timedelta(hours=1))
    review(learner, NOW - timedelta(minutes=30))
    for _ in range(3):
        refresh_activity(learner_id=learner.pk, now=NOW)
    row = ActivityDay.objects.get()
    assert (row.talks, row.reviews) == (1, 1)


def test_what_was_undone_is_taken_back(learner: User) -> None:
    log = review(learner, NOW - timedelta(minutes=30))
    refresh_activity(learner_id=learner.pk, now=NOW)
    log.undone_at = NOW
    log.save()
    refresh_activity(learner_id=learner.pk, now=NOW)
    assert not ActivityDay.objects.exists()


def test_a_day_long_ago_stays_whole_after_an_absence(learner: User) -> None:
    long_ago = NOW - timedelta(days=100)
    old = [talk(learner, long_ago - timedelta(minutes=n)) for n in (10, 20)]
    refresh_activity(learner_id=learner.pk, now=long_ago)
    old[0].delete()
    refresh_activity(learner_id=learner.pk, now=NOW)
    assert ActivityDay.objects.get().talks == 2


def test_days_nobody_looked_at_are_counted_later(learner: User) -> None:
    first = NOW - timedelta(days=20)
    for ago in (20, 10, 0):
        talk(learner, NOW - timedelta(days=ago, hours=1))
        if ago == 20:
            refresh_activity(learner_id=learner.pk, now=first)
    refresh_activity(learner_id=learner.pk, now=NOW)
    assert ActivityDay.objects.count() == 3


def test_old_days_stay_when_talks_are_deleted(learner: User) -> None:
    old = talk(learner, NOW - timedelta(days=10))
    talk(learner, NOW - timedelta(hours=1))
    refresh_activity(learner_id=learner.pk, now=NOW)
    old.delete()
    refresh_activity(learner_id=learner.pk, now=NOW)
    assert ActivityDay.objects.count() == 2


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Lima"])
def test_a_streak_goes_through_summer_time(learner: User, zone: str) -> None:
    lives_in(learner, zone)
    for ago in range(10):
        talk(learner, NOW - timedelta(days=ago, minutes=30))
    refresh_activity(learner_id=learner.pk, now=NOW)
    found = streak(learner_id=learner.pk, now=NOW)
    assert (found.days, found.learned_today, found.forgiven) == (10, True, ())


def test_the_calendar_has_every_day_and_its_goal(learner: User) -> None:
    lives_in(learner, "Europe/Berlin", daily_minutes=1)
    for ago in (0, 1, 3):
        talk(learner, NOW - timedelta(days=ago, minutes=30))
    refresh_activity(learner_id=learner.pk, now=NOW)
    days = calendar(learner_id=learner.pk, now=NOW, days=7)
    assert [one.day.day for one in days] == [23, 24, 25, 26, 27, 28, 29]
    assert [one.learned for one in days[3:]] == [True, False, True, True]
    assert [one.forgiven for one in days[3:]] == [False, True, False, False]
    assert days[-1].met_goal
    # A later change of plan does not rewrite the past.
    lives_in(learner, "Europe/Berlin", daily_minutes=30)
    refresh_activity(learner_id=learner.pk, now=NOW)
    days = calendar(learner_id=learner.pk, now=NOW, days=7)
    assert [one.met_goal for one in days[-2:]] == [True, False]


def test_a_clock_that_runs_ahead_makes_no_day(learner: User) -> None:
    ahead = NOW + timedelta(days=2)
    record_activity(
        learner_id=learner.pk,
        talks=[Doing(DoingKind.TALK, "en", ahead, ahead, reference="x")],
        now=NOW,
    )
    assert not ActivityDay.objects.exists()


def test_a_spoken_answer_counts_once_and_days_are_apart_by_language(
    learner: User,
) -> None:
    at = NOW - timedelta(minutes=5)
    record_activity(
        learner_id=learner.pk,
        talks=[
            Doing(DoingKind.READING, "en", at, at, spoken_s=4, reference="r"),
            Doing(DoingKind.ANSWER, "en", at, at, reference="r"),
            Doing(DoingKind.ANSWER, "en", at, at),
            Doing(DoingKind.ANSWER, "fr", at, at),
        ],
        now=NOW,
    )
    assert dict(ActivityDay.objects.values_list("l2", "answers")) == {"en": 2, "fr": 1}
