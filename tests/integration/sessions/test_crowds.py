"""When models do not keep up, nobody else begins; places go to schools in turn."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from learners.models import User
from schools import site_settings
from schools.models import Classroom
from sessions import quota_places
from sessions.models import QueuePlace, TutoringSession
from sessions.quota_places import Gate, admit, look
from sessions.services import start_session
from tests.factories.schools import ClassroomFactory, learner_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def talk_of(learner: User) -> TutoringSession:
    """Return a free talk, not yet begun."""
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)


def gate(session: TutoringSession, now: datetime = NOW) -> Gate:
    """Return how the gate stands for a talk that wants to begin."""
    return admit(session_uuid=session.uuid, now=now)[0].gate


@pytest.fixture
def classroom() -> Classroom:
    """A class."""
    made: Classroom = ClassroomFactory.create()
    return made


def crowd(monkeypatch: pytest.MonkeyPatch, pause_s: float) -> None:
    """Let the site be as crowded as that."""
    monkeypatch.setattr(quota_places, "seconds_between_talks", lambda: pause_s)


def test_a_crowded_site_gives_a_place_in_the_queue_and_then_lets_in_one_by_one(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = [talk_of(learner_of(classroom)) for _ in range(3)]
    assert gate(talks[0]) is Gate.OPEN
    crowd(monkeypatch, math.inf)
    assert [look(talk, now=NOW).ahead for talk in talks[1:]] == [0, 1]
    assert gate(talks[1]) is Gate.FULL
    # The talk that goes on is not stopped, and comes back after a lost line.
    assert gate(talks[0]) is Gate.OPEN
    crowd(monkeypatch, 3.0)
    later = NOW + timedelta(seconds=4)
    assert look(talks[2], now=later).gate is Gate.FULL
    assert gate(talks[1], later) is Gate.OPEN
    assert gate(talks[2], later) is Gate.FULL
    assert gate(talks[2], later + timedelta(seconds=4)) is Gate.OPEN


def test_an_empty_site_is_never_too_crowded_for_the_first(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(monkeypatch, math.inf)
    assert gate(talk_of(learner_of(classroom))) is Gate.OPEN


def test_a_schools_rush_keeps_no_other_school_waiting(classroom: Classroom) -> None:
    other: Classroom = ClassroomFactory.create()
    site_settings.change(values={"concurrent_sessions": 2}, by=None, now=NOW)
    rush = [talk_of(learner_of(classroom)) for _ in range(4)]
    assert [gate(talk) for talk in rush] == [Gate.OPEN, Gate.OPEN, Gate.FULL, Gate.FULL]
    late = talk_of(learner_of(other))
    assert look(late, now=NOW).ahead == 0
    assert look(rush[2], now=NOW).ahead == 1
    assert look(rush[3], now=NOW).ahead == 2
    assert QueuePlace.objects.count() == 3
