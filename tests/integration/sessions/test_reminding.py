"""Reminders go to whom they should, once a day, and end with one click."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from learners.models import ActivityDay, ReminderChoice, ReviewCard, User
from learners.services.reminders import Sent, set_reminders
from sessions.models import ReadAloudAttempt
from sessions.reminding import remind
from tests.factories.learners import LearnerFactory

pytestmark = pytest.mark.django_db

# Five in the afternoon in Lima, where it is still the day before.
NOW = datetime(2026, 3, 3, 22, 5, tzinfo=UTC)
TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    """Name the site, as mails need."""
    settings.CARE = {**settings.CARE, "SITE_URL": "https://tutor.example.org"}


@pytest.fixture
def learner() -> User:
    """Return somebody in Lima who asked to be reminded at five."""
    learner = LearnerFactory.create()
    learner.profile.time_zone = "America/Lima"
    learner.profile.daily_minutes = 10
    learner.profile.save()
    set_reminders(learner_id=learner.pk, is_on=True, hour=17)
    return learner


def test_one_mail_a_day_with_a_way_out(
    learner: User, mailoutbox: list[EmailMessage]
) -> None:
    card = {"learner": learner, "l2": "en", "kind": "word", "created_at": NOW}
    due = {"state": 2, "due_at": NOW - timedelta(hours=1)}
    for number, more in enumerate([due, due, due | {"suspended_at": NOW}]):
        ReviewCard.objects.create(
            source=f"word:{number}", front="a", back="b", **card, **more
        )
    assert remind(now=NOW) == Sent(1, 0)
    assert remind(now=NOW + timedelta(minutes=15)) == Sent(0, 0)
    [mail] = mailoutbox
    assert mail.to == [learner.email]
    assert "2 words and sentences" in str(mail.body)
    assert "https://tutor.example.org/today/" in str(mail.body)
    token = ReminderChoice.objects.get(learner=learner).token
    off = f"https://tutor.example.org/reminders/{token}/off/"
    assert mail.extra_headers["List-Unsubscribe"] == f"<{off}>"
    assert off in str(mail.body)
    assert remind(now=NOW + timedelta(days=1)) == Sent(1, 0)


@pytest.mark.parametrize("hours", [-1, -12])
def test_none_before_the_hour(learner: User, hours: int) -> None:
    assert remind(now=NOW + timedelta(hours=hours)) == Sent(0, 0)


def test_none_for_who_learned_an_hour_ago(learner: User) -> None:
    """Nobody had to open a page for it to be added up."""
    learner.profile.daily_minutes = 1
    learner.profile.save()
    _read_aloud(learner, NOW - timedelta(minutes=60))
    _read_aloud(learner, NOW - timedelta(minutes=59))
    assert remind(now=NOW) == Sent(0, 0)
    assert ActivityDay.objects.get(learner=learner).day == TODAY


def test_one_for_who_did_less_than_they_wanted(learner: User) -> None:
    _read_aloud(learner, NOW - timedelta(minutes=60))
    assert remind(now=NOW) == Sent(1, 0)


def _read_aloud(learner: User, at: datetime) -> None:
    ReadAloudAttempt.objects.create(
        learner=learner, text="Tea", heard="Tea", language="en", created_at=at
    )


def test_a_clock_set_back_sends_no_second_mail(learner: User) -> None:
    assert remind(now=NOW) == Sent(1, 0)
    assert remind(now=NOW - timedelta(days=1)) == Sent(0, 0)


def test_a_mail_server_that_fails_is_tried_again(
    learner: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: Any) -> int:
        raise OSError(learner.email)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert remind(now=NOW) == Sent(0, 1)
    assert learner.email not in caplog.text
    assert remind(now=NOW + timedelta(minutes=15)) == Sent(1, 0)


def test_ended_from_the_mail_without_signing_in(client: Client, learner: User) -> None:
    choice = ReminderChoice.objects.get(learner=learner)
    address = reverse("learners:reminders-off", args=(choice.token,))
    assert "End the reminders?" in client.get(address).content.decode()
    assert _is_on(learner), "looking at the page ends nothing: mail programs look too"
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert "No more reminders" in page.content.decode()
    assert not _is_on(learner)
    assert remind(now=NOW) == Sent(0, 0)


def _is_on(learner: User) -> bool:
    return ReminderChoice.objects.get(learner=learner).is_on


def test_a_link_nobody_has(client: Client) -> None:
    address = reverse("learners:reminders-off", args=(uuid4(),))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_chosen_on_the_profile_page(client: Client) -> None:
    learner = LearnerFactory.create()
    client.force_login(learner)
    client.post(reverse("learners:reminders-edit"), {"is_on": "on", "hour": "7"})
    choice = ReminderChoice.objects.get(learner=learner)
    assert (choice.is_on, choice.hour) == (True, 7)
    page = client.post(
        reverse("learners:reminders-edit"), {"is_on": "on", "hour": "31"}, follow=True
    )
    assert "Nothing was changed" in page.content.decode()
    choice.refresh_from_db()
    assert choice.hour == 7


def test_the_command_says_what_it_did(learner: User, settings: Settings) -> None:
    learner.profile.time_zone = "Etc/GMT-14"
    learner.profile.save()
    ReminderChoice.objects.update(hour=0)
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "1 sent, 0 failed\n"
    settings.CARE = {**settings.CARE, "SITE_URL": ""}
    with pytest.raises(CommandError, match="TUTOR_SITE_URL"):
        call_command("send_reminders", stdout=out)
