"""Lists, archives and places that several want at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from learners.models import User
from learners.rosters.imports import confirm_import, read_import
from learners.rosters.taking_in import take_in_roster
from operations.export.making import make_export
from operations.export.orders import order_data_export
from operations.models import DataExport
from schools import site_settings
from schools.models import AuditEntry, Classroom, Enrolment, Membership, RosterImport
from sessions.models import QueuePlace, TalkStretch
from sessions.quota_places import Gate, admit, look
from sessions.services import start_session
from tests.factories.at_once import at_once, only_where_rows_are_locked
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    only_where_rows_are_locked,
]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def confirmed(classroom: Classroom, lines: list[str]) -> RosterImport:
    """Return a list that a teacher of its own brought and confirmed."""
    roster = read_import(
        school=classroom.school, classroom=classroom, file_name="list.csv",
        content="\n".join(["email,name,first language", *lines]).encode(),
        by=teacher_of(classroom), now=timezone.now(),
    )  # fmt: skip
    confirm_import(
        roster_id=roster.pk, skips_faulty=False, sends_mails=False, moves=False,
        site_url="https://tutor.example.org/", now=timezone.now(),
    )  # fmt: skip
    return roster


@pytest.mark.parametrize("turned", [False, True], ids=["same", "turned"])
def test_two_lists_of_the_same_people_take_everybody_in_once(turned: bool) -> None:
    classroom: Classroom = ClassroomFactory.create()
    lines = [f"new{n}@example.org,Learner {n},Spanish" for n in range(40)]
    rosters = [
        confirmed(classroom, lines),
        confirmed(classroom, lines[::-1] if turned else lines),
    ]
    at_once(
        *(
            lambda uuid=roster.uuid: take_in_roster(uuid, cancelled=Event())
            for roster in rosters
        )
    )
    for roster in rosters:
        roster.refresh_from_db()
        assert (roster.state, roster.problems) == ("DONE", [])
        assert sum(roster.outcomes.values()) == 40
    made = [roster.outcomes.get("NEW", 0) for roster in rosters]
    assert sum(made) == 40
    assert User.objects.filter(email__startswith="new").count() == 40
    assert Membership.objects.filter(role="LEARNER").count() == 40
    assert Enrolment.objects.filter(classroom=classroom, left_at=None).count() == 40


def test_one_list_confirmed_is_taken_in_by_one_worker() -> None:
    classroom: Classroom = ClassroomFactory.create()
    roster = confirmed(classroom, ["new@example.org,Learner,Spanish"])

    def takes_in() -> None:
        take_in_roster(roster.uuid, cancelled=Event())

    assert at_once(
        takes_in, takes_in, behind=RosterImport.objects.filter(pk=roster.pk)
    ) == [None, None]
    roster.refresh_from_db()
    assert (roster.state, roster.attempt) == ("DONE", 1)


def test_two_orders_of_one_archive_are_one_and_it_is_made_once() -> None:
    learner = learner_of(ClassroomFactory.create())
    wanted: list[int] = []

    def orders() -> DataExport:
        return order_data_export(
            learner=learner,
            asked_by=learner.uuid,
            now=timezone.now(),
            put=wanted.append,
        )

    one, other = at_once(orders, orders, behind=User.objects.filter(pk=learner.pk))
    assert one.pk == other.pk
    assert AuditEntry.objects.filter(action="export.ordered").count() == 1
    assert wanted == [one.pk]

    def makes() -> None:
        make_export(one.pk)

    at_once(makes, makes, behind=DataExport.objects.filter(pk=one.pk))
    one.refresh_from_db()
    assert (one.state, one.attempt) == ("READY", 1)


def test_the_last_place_goes_to_one_of_two() -> None:
    classroom: Classroom = ClassroomFactory.create()
    site_settings.change(values={"concurrent_sessions": 1}, by=None, now=NOW)
    talks = [
        start_session(learner_id=learner_of(classroom).pk, lesson_uuid=None, now=NOW)
        for _each in range(4)
    ]
    found: list[Any] = at_once(
        *(lambda talk=talk: admit(session_uuid=talk.uuid, now=NOW) for talk in talks)
    )
    gates = [seen.gate for seen, _stretch in found]
    assert sorted(gates) == [Gate.FULL, Gate.FULL, Gate.FULL, Gate.OPEN]
    assert sorted(seen.ahead for seen, _stretch in found) == [0, 0, 1, 2]
    assert TalkStretch.objects.get().session in talks


def test_two_tabs_of_one_talk_stand_in_the_queue_once() -> None:
    classroom: Classroom = ClassroomFactory.create()
    site_settings.change(values={"concurrent_sessions": 0}, by=None, now=NOW)
    talk = start_session(learner_id=learner_of(classroom).pk, lesson_uuid=None, now=NOW)
    found = at_once(lambda: look(talk, now=NOW), lambda: look(talk, now=NOW))
    assert [one.gate for one in found] == [Gate.FULL, Gate.FULL]
    assert QueuePlace.objects.count() == 1
