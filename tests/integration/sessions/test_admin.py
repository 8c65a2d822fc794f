"""Sessions in the administration: looked at, not listened to and not edited."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import User
from sessions.models import Turn, TutoringSession, Utterance
from tests.factories.learners import AdminFactory

SECRET = "my name is Mina and I live in"
LIST = "admin:tutor_sessions_tutoringsession_changelist"
PAGE = "admin:tutor_sessions_tutoringsession_change"


@pytest.fixture
def admin(client: Client, learner: User) -> Client:
    """An administrator's browser."""
    client.force_login(AdminFactory.create())
    return client


@pytest.fixture
def said(tutoring: TutoringSession) -> TutoringSession:
    """A session in which something was said."""
    turn = Turn.objects.create(
        session=tutoring, index=1, started_at=tutoring.started_at, state="FAILED"
    )
    Utterance.objects.create(turn=turn, speaker="LEARNER", source="TEXT", text=SECRET)
    return tutoring


def test_it_shows_who_talked_when_and_not_what(
    admin: Client, said: TutoringSession
) -> None:
    for page in (
        admin.get(reverse(LIST), {"q": said.learner.email}),
        admin.get(reverse(PAGE, args=[said.pk])),
    ):
        assert page.status_code == 200
        text = page.content.decode()
        assert str(said.uuid) in text
        assert SECRET not in text


def test_nothing_can_be_added_or_changed(admin: Client, said: TutoringSession) -> None:
    add = reverse("admin:tutor_sessions_tutoringsession_add")
    assert admin.get(add).status_code == 403
    change = admin.post(reverse(PAGE, args=[said.pk]), {"level": "C2"})
    assert change.status_code == 403
    said.refresh_from_db()
    assert said.level == "A2"


def test_a_session_can_be_deleted(admin: Client, said: TutoringSession) -> None:
    delete = reverse("admin:tutor_sessions_tutoringsession_delete", args=[said.pk])
    admin.post(delete, {"post": "yes"})
    assert not TutoringSession.objects.exists()
    assert not Utterance.objects.exists()


def test_a_learner_sees_none_of_it(
    client: Client, learner: User, said: TutoringSession
) -> None:
    client.force_login(learner)
    assert client.get(reverse(LIST)).status_code == 302
