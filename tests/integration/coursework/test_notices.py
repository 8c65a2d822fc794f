"""Mails about set work: once each, to who has it to do, and not to who ended them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from coursework.models import Assignment, AssignmentNotice, Extension, Submission
from coursework.services.notices import send_notices
from coursework.services.return_mails import return_mail_state, send_return_mails
from coursework.services.returning import return_submission
from learners.models import ReminderChoice, User
from learners.placeholder_addresses import placeholder_address
from learners.services.reminders import Sent
from schools.models import Classroom
from sessions.reminding import remind
from tests.factories.coursework import DUE, OPENED, AssignmentFactory
from tests.factories.learners import LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    settings.CARE = {**settings.CARE, "SITE_URL": "https://tutor.example.org"}


@pytest.fixture
def classroom() -> Classroom:
    return ClassroomFactory.create(name="Evening")


@pytest.fixture
def learner(classroom: Classroom) -> User:
    learner = learner_of(classroom)
    learner.profile.time_zone = "Asia/Tokyo"
    learner.profile.save()
    return learner


@pytest.fixture
def work(classroom: Classroom) -> Assignment:
    return AssignmentFactory.create(classroom=classroom, title="My weekend")


def test_new_work_and_a_day_before_it_is_due_once_each(
    work: Assignment, learner: User, mailoutbox: list[EmailMessage]
) -> None:
    for _again in range(2):
        remind(now=OPENED + HOUR)
    assert [mail.subject for mail in mailoutbox] == ["New work: My weekend"]
    body = str(mailoutbox[0].body)
    assert f"https://tutor.example.org/work/{work.uuid}/" in body
    assert "Evening" in body
    remind(now=DUE - 25 * HOUR)
    assert len(mailoutbox) == 1
    for _again in range(2):
        remind(now=DUE - 20 * HOUR)
    assert len(mailoutbox) == 2
    # Six in the evening in UTC is two at night in Tokyo.
    assert mailoutbox[1].subject == "Due tomorrow, 02:00: My weekend"


def test_work_that_waits_to_be_opened_is_told_when_it_opens(
    work: Assignment, learner: User, mailoutbox: list[EmailMessage]
) -> None:
    Assignment.objects.update(opens_at=OPENED + DAY)
    send_notices(now=OPENED + HOUR)
    assert mailoutbox == []
    send_notices(now=OPENED + DAY)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"published_at": None},
        {"archived_at": OPENED},
        {"opens_at": OPENED - 9 * DAY, "published_at": OPENED - 9 * DAY},
    ],
)
def test_drafts_what_is_away_and_old_work_are_no_news(
    work: Assignment,
    learner: User,
    mailoutbox: list[EmailMessage],
    change: dict[str, object],
) -> None:
    Assignment.objects.update(**change)
    send_notices(now=OPENED + HOUR)
    assert mailoutbox == []


def test_who_has_it_done_or_is_excused_or_has_no_address_is_left_alone(
    work: Assignment, classroom: Classroom, mailoutbox: list[EmailMessage]
) -> None:
    done, excused, nowhere, gone = (learner_of(classroom) for _n in range(4))
    work.submissions.create(
        learner=done, started_at=OPENED, submitted_at=OPENED, state="SUBMITTED"
    )
    Extension.objects.create(
        assignment=work, learner=excused, is_excused=True, given_at=OPENED
    )
    User.objects.filter(pk=nowhere.pk).update(email=placeholder_address())
    classroom.enrolments.filter(learner=gone).update(left_at=OPENED)
    assert send_notices(now=OPENED + HOUR) == Sent(0, 0)
    assert mailoutbox == []


def test_more_time_moves_the_mail(
    work: Assignment, learner: User, mailoutbox: list[EmailMessage]
) -> None:
    send_notices(now=OPENED + HOUR)
    Extension.objects.create(
        assignment=work, learner=learner, due_at=DUE + 5 * DAY, given_at=OPENED
    )
    send_notices(now=DUE - HOUR)
    assert len(mailoutbox) == 1
    send_notices(now=DUE + 4 * DAY + HOUR)
    assert len(mailoutbox) == 2


def test_a_click_in_the_mail_ends_them(
    work: Assignment, learner: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    send_notices(now=OPENED + HOUR)
    off = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    client.post(off.removeprefix("https://tutor.example.org"))
    send_notices(now=DUE - HOUR)
    assert len(mailoutbox) == 1
    client.force_login(learner)
    client.post(reverse("learners:reminders-edit"), {"hour": "17", "tells_work": "on"})
    choice = ReminderChoice.objects.get(learner=learner)
    assert (choice.is_on, choice.tells_work) == (False, True)
    send_notices(now=DUE - HOUR)
    assert len(mailoutbox) == 2


def test_a_mail_that_failed_is_tried_again_and_the_log_holds_no_address(
    work: Assignment,
    learner: User,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_arguments: object) -> int:
        raise OSError(learner.email)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert send_notices(now=OPENED + HOUR) == Sent(0, 1)
    assert not AssignmentNotice.objects.exists()
    assert learner.email not in caplog.text
    assert send_notices(now=OPENED + HOUR) == Sent(1, 0)


def given_back(work: Assignment, learner: User) -> Submission:
    submission = Submission.objects.create(
        assignment=work, learner=learner, state="SUBMITTED", points=9.0,
        started_at=OPENED, submitted_at=OPENED,
    )  # fmt: skip
    teacher = LearnerFactory.create()
    return return_submission(submission_id=submission.pk, teacher=teacher, now=OPENED)


def test_mails_about_work_that_is_back_share_a_connection_and_are_tried_again(
    work: Assignment,
    learner: User,
    classroom: Classroom,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []
    monkeypatch.setattr(EmailBackend, "open", lambda self: opened.append(1))
    submission = given_back(work, learner)
    for _each in range(3):
        given_back(work, learner_of(classroom))

    def refuse(*_arguments: object) -> int:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert send_return_mails(now=OPENED) == Sent(0, 4)
    assert return_mail_state(submission=submission) == "WAITING"
    assert send_return_mails(now=OPENED) == Sent(0, 0), "not before its time"
    opened.clear()
    assert send_return_mails(now=OPENED + HOUR) == Sent(4, 0)
    assert (len(mailoutbox), len(opened)) == (4, 1)
    assert return_mail_state(submission=submission) == "SENT"


def test_a_mail_that_never_leaves_is_given_up_and_said(
    work: Assignment, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> int:
        raise OSError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    submission = given_back(work, learner)
    for day in range(8):
        send_return_mails(now=OPENED + 24 * day * HOUR)
    assert return_mail_state(submission=submission) == "DEAD"
