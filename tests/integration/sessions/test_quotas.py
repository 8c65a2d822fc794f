"""How much may be talked: minutes of a day, places, the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from learners.models import User
from schools import site_settings, site_state, switches
from schools.models import Classroom, Membership, School
from sessions import quota_places
from sessions.models import QueuePlace, TalkStretch, TutoringSession
from sessions.quota_places import Gate, Look, admit, beat, end_stretch, look
from sessions.quotas import Whose, standing_of
from sessions.services import start_session
from tests.factories.learners import LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """A class of a school in Berlin."""
    made: Classroom = ClassroomFactory.create(school__time_zone="Europe/Berlin")
    return made


@pytest.fixture
def learner(classroom: Classroom) -> User:
    """Somebody in that class."""
    return learner_of(classroom)


def talk_of(learner: User, now: datetime = NOW) -> TutoringSession:
    """Return a free talk, not yet begun."""
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=now)


def talked(
    learner: User, began: datetime, minutes: float, school: UUID | None
) -> TalkStretch:
    """Keep that a talk was open."""
    ended = began + timedelta(minutes=minutes)
    return TalkStretch.objects.create(
        learner=learner,
        session=talk_of(learner, began),
        school=school,
        began_at=began,
        seen_at=ended,
        ended_at=ended,
    )


def limit(school: School, **limits: int) -> None:
    """Set limits of a school."""
    School.objects.filter(pk=school.pk).update(**limits)


def begin(learner: User, now: datetime = NOW) -> tuple[TutoringSession, Gate]:
    """Have a new talk begin, if it may."""
    talk = talk_of(learner, now)
    found, _stretch = admit(session_uuid=talk.uuid, now=now)
    return talk, found.gate


def site_limit(n: int) -> None:
    """Let so many talks be at the same time on the site."""
    site_settings.change(values={"concurrent_sessions": n}, by=None, now=NOW)


@pytest.mark.parametrize(
    ("of_person", "of_class", "of_school", "of_site", "left"),
    [
        (5, 10, 20, 40, 5),
        (None, 10, 20, 40, 10),
        (None, None, 20, 40, 20),
        (None, None, None, 40, 40),
        (30, 10, None, None, 30),
        (0, 10, 20, 40, 0),
        (None, None, None, None, None),
    ],
)
def test_the_most_particular_limit_counts(
    classroom: Classroom,
    learner: User,
    of_person: int | None,
    of_class: int | None,
    of_school: int | None,
    of_site: int | None,
    left: int | None,
) -> None:
    Membership.objects.filter(user=learner).update(minutes_a_day=of_person)
    Classroom.objects.filter(pk=classroom.pk).update(learner_minutes_a_day=of_class)
    School.objects.filter(pk=classroom.school_id).update(
        learner_minutes_a_day=of_school
    )
    site_settings.change(values={"learner_minutes_a_day": of_site}, by=None, now=NOW)
    found = standing_of(talk_of(learner), now=NOW).left_s
    assert found == (None if left is None else 60 * left)


def test_the_days_minutes_are_those_of_the_schools_own_day(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, learner_minutes_a_day=30)
    school = classroom.school.uuid
    # In Berlin it was 23:50 to 00:10: half of it belongs to the tenth of March.
    talked(learner, datetime(2026, 3, 9, 22, 50, tzinfo=UTC), 20, school)
    standing = standing_of(talk_of(learner), now=NOW)
    assert standing.used_s == 600
    assert standing.left_s == 1200
    assert standing.back_at == datetime(2026, 3, 10, 23, 0, tzinfo=UTC)


def test_a_day_in_which_the_clocks_change_is_23_hours_long(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, learner_minutes_a_day=30)
    noon = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    standing = standing_of(talk_of(learner), now=noon)
    assert standing.back_at == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)
    talked(
        learner,
        datetime(2026, 3, 28, 22, 59, tzinfo=UTC),
        2,
        classroom.school.uuid,
    )
    assert standing_of(talk_of(learner), now=noon).used_s == 60


def test_everybodys_talks_use_the_schools_minutes(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, minutes_a_day=60, learner_minutes_a_day=40)
    talked(learner_of(classroom), NOW - timedelta(hours=2), 35, classroom.school.uuid)
    standing = standing_of(talk_of(learner), now=NOW)
    assert (standing.whose, standing.left_s) == (Whose.SCHOOL, 25 * 60)


def test_who_is_in_two_schools_talks_in_the_one_with_more_left(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, learner_minutes_a_day=10)
    other = ClassroomFactory.create(school__learner_minutes_a_day=25)
    Membership.objects.create(
        school=other.school, user=learner, role="LEARNER", joined_at=NOW
    )
    standing = standing_of(talk_of(learner), now=NOW)
    assert standing.limits.school == other.school.uuid
    assert standing.left_s == 25 * 60


def test_two_devices_at_once_use_twice_the_time(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, learner_minutes_a_day=30)
    for _device in range(2):
        talk = talk_of(learner)
        _found, stretch = admit(session_uuid=talk.uuid, now=NOW)
        assert stretch is not None
        left = beat(stretch_id=stretch.pk, now=NOW + timedelta(minutes=5))
    assert left == 20 * 60


def test_a_clock_that_is_set_back_takes_nothing_away_and_gives_nothing(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, learner_minutes_a_day=30)
    _found, stretch = admit(session_uuid=talk_of(learner).uuid, now=NOW)
    assert stretch is not None
    beat(stretch_id=stretch.pk, now=NOW + timedelta(minutes=5))
    assert beat(stretch_id=stretch.pk, now=NOW - timedelta(hours=1)) == 25 * 60
    end_stretch(stretch_id=stretch.pk, at=NOW - timedelta(minutes=2))
    stretch.refresh_from_db()
    assert stretch.ended_at == NOW + timedelta(minutes=5)


def test_no_time_left_is_no_talk(classroom: Classroom, learner: User) -> None:
    limit(classroom.school, learner_minutes_a_day=10)
    talked(learner, NOW - timedelta(hours=1), 10, classroom.school.uuid)
    assert begin(learner)[1] is Gate.SPENT
    assert look(talk_of(learner), now=NOW).gate is Gate.SPENT
    # The next day there is.
    assert begin(learner, NOW + timedelta(days=1))[1] is Gate.OPEN


def test_talks_that_are_switched_off_do_not_begin(
    classroom: Classroom, learner: User
) -> None:
    switches.set_switch(
        key=switches.LIVE_TALKS, on=False, school=classroom.school, by=None, now=NOW
    )
    assert begin(learner)[1] is Gate.OFF
    assert begin(LearnerFactory.create())[1] is Gate.OPEN


def test_a_full_school_has_a_queue_in_the_order_of_coming(classroom: Classroom) -> None:
    limit(classroom.school, concurrent_sessions=1)
    first, second, third = (learner_of(classroom) for _n in range(3))
    talking, gate = begin(first)
    assert gate is Gate.OPEN
    second_talk, third_talk = talk_of(second), talk_of(third)
    assert look(second_talk, now=NOW) == _full(second_talk, 0)
    assert look(third_talk, now=NOW).ahead == 1
    # The first one ends; the third asks first, and it is not yet their turn.
    TalkStretch.objects.filter(session=talking).update(ended_at=NOW)
    assert look(third_talk, now=NOW).gate is Gate.FULL
    assert look(second_talk, now=NOW).gate is Gate.OPEN
    # The place is held for who was called.
    assert look(third_talk, now=NOW).gate is Gate.FULL
    assert admit(session_uuid=third_talk.uuid, now=NOW)[0].gate is Gate.FULL
    assert admit(session_uuid=second_talk.uuid, now=NOW)[0].gate is Gate.OPEN
    assert not QueuePlace.objects.filter(session=second_talk).exists()


def _full(talk: TutoringSession, ahead: int) -> Look:
    return Look(Gate.FULL, standing_of(talk, now=NOW), ahead)


def test_who_stops_asking_loses_the_place(classroom: Classroom) -> None:
    limit(classroom.school, concurrent_sessions=1)
    begin(learner_of(classroom))
    gone, stays = talk_of(learner_of(classroom)), talk_of(learner_of(classroom))
    look(gone, now=NOW)
    assert look(stays, now=NOW).ahead == 1
    later = NOW + quota_places.PATIENCE + timedelta(seconds=1)
    TalkStretch.objects.update(seen_at=later)
    assert look(stays, now=later - timedelta(seconds=30)).ahead == 1
    assert look(stays, now=later).ahead == 0


def test_a_place_that_nobody_takes_is_given_on(classroom: Classroom) -> None:
    limit(classroom.school, concurrent_sessions=1)
    called, waiting = talk_of(learner_of(classroom)), talk_of(learner_of(classroom))
    assert look(called, now=NOW).gate is Gate.OPEN
    assert look(waiting, now=NOW).gate is Gate.FULL
    assert (
        look(waiting, now=NOW + quota_places.HOLD + timedelta(seconds=1)).gate
        is Gate.OPEN
    )


def test_a_server_that_died_keeps_no_place(classroom: Classroom) -> None:
    limit(classroom.school, concurrent_sessions=1)
    begin(learner_of(classroom))
    later = NOW + quota_places.LEASE + timedelta(seconds=1)
    assert begin(learner_of(classroom), later)[1] is Gate.OPEN


def test_a_full_school_keeps_nobody_else_waiting(classroom: Classroom) -> None:
    limit(classroom.school, concurrent_sessions=1)
    site_limit(3)
    begin(learner_of(classroom))
    look(talk_of(learner_of(classroom)), now=NOW)
    assert begin(LearnerFactory.create())[1] is Gate.OPEN
    assert begin(LearnerFactory.create())[1] is Gate.OPEN
    assert begin(LearnerFactory.create())[1] is Gate.FULL


def test_a_talk_that_goes_on_needs_no_second_place(
    classroom: Classroom, learner: User
) -> None:
    limit(classroom.school, concurrent_sessions=1)
    talk, _gate = begin(learner)
    assert look(talk, now=NOW).gate is Gate.OPEN
    # Also where its server forgot it a moment ago.
    assert admit(session_uuid=talk.uuid, now=NOW)[0].gate is Gate.OPEN
    assert TalkStretch.objects.filter(session=talk, ended_at=None).count() == 1


def test_without_limits_nothing_is_asked_about_places(
    learner: User, django_assert_max_num_queries: Any
) -> None:
    talk = talk_of(learner)
    site_state.current()
    with django_assert_max_num_queries(4):
        assert look(talk, now=NOW).gate is Gate.OPEN
    assert not QueuePlace.objects.exists()
