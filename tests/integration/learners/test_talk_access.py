"""Learners see who else opened their talks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from learners.access_selectors import list_talks_opened
from learners.models import TalkAccess, User
from learners.services.talk_access import purge_talk_accesses, record_talk_access
from tests.factories.learners import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TALK = UUID("11111111-1111-1111-1111-111111111111")


def opened(learner: User, reader: User, *, page: str = "REPORT", days: int = 0) -> None:
    record_talk_access(
        reader_id=reader.pk,
        learner_id=learner.pk,
        session=TALK,
        session_started_at=NOW,
        page=page,
        now=NOW + timedelta(days=days),
    )


def test_openings_of_the_same_page_are_told_once_with_how_often() -> None:
    learner = LearnerFactory.create()
    teacher = LearnerFactory.create(role="TEACHER", profile__display_name="Ms Ali")
    for days in (1, 3, 2):
        opened(learner, teacher, days=days)
    opened(learner, teacher, page="REPLAY", days=4)
    replay, report = list_talks_opened(learner_id=learner.pk, limit=10)
    assert (replay.page, replay.times) == ("the whole talk", 1)
    assert (report.reader, report.page) == ("Ms Ali (teacher)", "the report")
    assert (report.times, report.last_at) == (3, NOW + timedelta(days=3))


def test_ones_own_talk_is_not_noted() -> None:
    learner = LearnerFactory.create()
    opened(learner, learner)
    assert not TalkAccess.objects.exists()


def test_no_address_is_shown_and_a_deleted_reader_leaves_the_row() -> None:
    learner, stranger = LearnerFactory.create(), UserFactory.create(role="ADMIN")
    opened(learner, stranger)
    (row,) = list_talks_opened(learner_id=learner.pk, limit=10)
    assert row.reader == "Administrator"
    stranger.delete()
    (row,) = list_talks_opened(learner_id=learner.pk, limit=10)
    assert row.reader == "Somebody whose account is gone"


def test_a_year_later_it_is_forgotten() -> None:
    learner, teacher = LearnerFactory.create(), LearnerFactory.create(role="TEACHER")
    opened(learner, teacher)
    opened(learner, teacher, days=2)
    assert purge_talk_accesses(now=NOW + timedelta(days=366)) == 1
    assert TalkAccess.objects.get().opened_at == NOW + timedelta(days=2)


def test_the_profile_says_who_looked_and_only_at_ones_own(client: Client) -> None:
    learner, other = LearnerFactory.create(), LearnerFactory.create()
    teacher = LearnerFactory.create(role="TEACHER", profile__display_name="Ms <Ali>")
    opened(learner, teacher)
    client.force_login(learner)
    page = client.get(reverse("learners:profile-edit")).content.decode()
    assert "Ms &lt;Ali&gt; (teacher)" in page
    assert "the report of 2 March 2026" in page
    client.force_login(other)
    page = client.get(reverse("learners:profile-edit")).content.decode()
    assert "Nobody but you, so far." in page
