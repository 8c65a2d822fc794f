"""Limits of talking at the socket and in the pages before it."""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.test import Client
from django.utils import timezone

from learners.models import User
from schools import acting, site_settings
from sessions.models import TalkStretch, TutoringSession
from sessions.services import start_session
from tests.factories.learners import LearnerFactory

from .conftest import Browser


def _limit(**values: int) -> None:
    site_settings.change(values=values, by=None, now=timezone.now())


def _spend(session: TutoringSession, minutes: int) -> None:
    now = timezone.now()
    TalkStretch.objects.create(
        learner_id=session.learner_id,
        session=session,
        began_at=now - timedelta(minutes=minutes),
        seen_at=now,
        ended_at=now,
    )


async def test_a_talk_is_counted_while_it_is_open(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    assert await TalkStretch.objects.filter(ended_at=None).acount() == 1
    await browser.send(type="session.end")
    await browser.until("session.ended")
    assert await TalkStretch.objects.filter(ended_at=None).acount() == 0


async def test_without_time_the_socket_says_so_and_closes(
    learner: User, tutoring: TutoringSession
) -> None:
    await sync_to_async(_limit)(learner_minutes_a_day=10)
    # Midnight in between would make it a new day.
    await sync_to_async(_spend)(tutoring, 24 * 60)
    browser = Browser(tutoring.uuid, user=learner)
    assert await browser.open()
    await browser.hello(language="de")
    refusal = await browser.receive()
    assert refusal["code"] == "quota.spent"
    assert (await browser.receive())["code"] == 4429


async def test_two_minutes_before_the_end_the_learner_is_told(
    learner: User, tutoring: TutoringSession
) -> None:
    await sync_to_async(_limit)(learner_minutes_a_day=1)
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    told = await browser.until("session.time_left")
    assert 50 <= told["seconds"] <= 60


def test_whoever_sees_the_site_as_somebody_else_cannot_talk(
    transactional_db: None, tutoring: TutoringSession
) -> None:
    from sessions.consumers import _sees_as_another  # noqa: PLC0415

    assert _sees_as_another({"session": {USER_KEY: "1", acting.SESSION_KEY: "x"}})
    assert not _sees_as_another({"session": {USER_KEY: "1"}})


def test_the_page_of_a_full_site_waits_and_goes_on(
    learner: User, tutoring: TutoringSession, client: Client
) -> None:
    _limit(concurrent_sessions=1)
    other = start_session(
        learner_id=LearnerFactory.create().pk, lesson_uuid=None, now=timezone.now()
    )
    stretch = TalkStretch.objects.create(
        learner_id=other.learner_id,
        session=other,
        began_at=timezone.now(),
        seen_at=timezone.now(),
    )
    client.force_login(learner)
    address = f"/sessions/{tutoring.uuid}/"
    waiting = client.get(address)
    assert b"You are next." in waiting.content
    assert client.post(f"{address}place/").json()["waits"] is True
    stretch.ended_at = timezone.now()
    stretch.save()
    assert client.post(f"{address}place/").json()["waits"] is False
    assert b'id="live"' in client.get(address).content
    # Nobody else's page knows of the place.
    stranger = Client()
    stranger.force_login(LearnerFactory.create())
    assert stranger.post(f"{address}place/").status_code == 404
    assert stranger.post(f"{address}place/leave/").status_code == 404
    closing = client.post(f"{address}place/leave/", {"closing": "1"})
    assert closing.status_code == 204


def test_who_has_no_time_left_begins_no_talk_and_is_told_when_there_is_more(
    learner: User, tutoring: TutoringSession, client: Client
) -> None:
    _limit(learner_minutes_a_day=10)
    _spend(tutoring, 24 * 60)
    client.force_login(learner)
    page = client.post("/sessions/start/")
    assert b"You have used your 10 minutes of talk for today." in page.content
    assert b"There is more from" in page.content
    assert TutoringSession.objects.count() == 1
