"""Webhooks: signed, tried again, given up, and never sent where they must not go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from connect.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from connect.outbound import OutboundProblem
from connect.services.webhooks import (
    make_endpoint,
    send_again,
    send_test,
    switch_endpoint,
)
from connect.webhooks.sending import ATTEMPTS, KEPT_FOR, forget_deliveries, send_due
from coursework.services.assignments import publish_assignment
from learners.models import User
from learners.signals import erasing
from schools.models import Classroom
from schools.services.enrolments import end_enrolment, enrol
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of
from tests.fakes.webhook_receiver import Receiver, webhook_receiver

from .test_api_work import assignment_in

pytestmark = pytest.mark.django_db
EVERYTHING = WebhookEvent.values


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.CONNECT = {**settings.CONNECT, "PRIVATE_ADDRESSES": True}
    with webhook_receiver() as found:
        yield found


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def manager(classroom: Classroom) -> User:
    return teacher_of(classroom, role="MANAGER")


def endpoint_of(
    classroom: Classroom, receiver: Receiver, by: User, events: Any = EVERYTHING
) -> WebhookEndpoint:
    endpoint = make_endpoint(
        school=classroom.school,
        url=receiver.url,
        events=events,
        by=by,
        now=timezone.now(),
    )
    receiver.secret = endpoint.secret
    return endpoint


def test_what_happens_is_told_in_identifiers(
    classroom: Classroom,
    manager: User,
    receiver: Receiver,
    django_capture_on_commit_callbacks: Any,
) -> None:
    endpoint_of(classroom, receiver, manager)
    learner = learner_of(classroom)
    draft = assignment_in(classroom, published_at=None, title="Secret title")
    now = timezone.now()
    enrolment = classroom.enrolments.get(learner=learner)
    with django_capture_on_commit_callbacks(execute=True):
        publish_assignment(assignment_id=draft.pk, actor=manager.uuid, now=now)
        end_enrolment(enrolment_id=enrolment.pk, actor=None, now=now)
        enrol(classroom=classroom, learner=learner, actor=None, now=now)
    assert send_due(now=timezone.now()).delivered == 3
    bodies = [body for _headers, body in receiver.came]
    assert [body["type"] for body in bodies] == [
        "assignment.published",
        "enrolment.ended",
        "enrolment.created",
    ]
    assert bodies[0]["data"]["assignment"] == str(draft.uuid)
    assert bodies[1]["data"]["learner"] == str(learner.uuid)
    assert "Secret" not in str(bodies)
    assert learner.email not in str(bodies)
    headers = receiver.came[0][0]
    assert headers["webhook-signature"].startswith("v1,")
    assert send_due(now=timezone.now()).delivered == 0


def test_only_what_was_asked_for_of_the_own_school_is_told(
    classroom: Classroom,
    manager: User,
    receiver: Receiver,
    django_capture_on_commit_callbacks: Any,
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager, ["enrolment.created"])
    other = ClassroomFactory.create()
    here, there = assignment_in(classroom, published_at=None), learner_of(other)
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        publish_assignment(assignment_id=here.pk, actor=manager.uuid, now=now)
        enrol(classroom=other, learner=there, actor=None, now=now)
    assert not WebhookDelivery.objects.exists()
    switch_endpoint(endpoint=endpoint, is_active=False, by=manager, now=now)
    learner = learner_of(classroom)
    enrolment = classroom.enrolments.get(learner=learner)
    with django_capture_on_commit_callbacks(execute=True):
        end_enrolment(enrolment_id=enrolment.pk, actor=None, now=now)
        enrol(classroom=classroom, learner=learner, actor=None, now=now)
    assert not WebhookDelivery.objects.exists()


def test_a_message_is_tried_again_with_its_id_and_given_up_at_last(
    classroom: Classroom, manager: User, receiver: Receiver
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager)
    receiver.answers = [500] * (ATTEMPTS + 1)
    now = timezone.now()
    delivery = send_test(endpoint=endpoint, by=manager, now=now)
    assert send_due(now=now).failed == 1
    assert send_due(now=now + timedelta(seconds=30)).failed == 0
    for _try in range(ATTEMPTS):
        now += timedelta(days=1, minutes=1)
        send_due(now=now)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("DEAD", ATTEMPTS)
    assert delivery.last_status == 500
    assert len({headers["webhook-id"] for headers, _body in receiver.came}) == 1
    receiver.answers = []
    send_again(delivery=delivery, by=manager, now=now)
    assert send_due(now=now).delivered == 1
    delivery.refresh_from_db()
    assert delivery.state == "DELIVERED"


def test_gone_means_never_again(
    classroom: Classroom, manager: User, receiver: Receiver
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager)
    receiver.answers = [410]
    send_test(endpoint=endpoint, by=manager, now=timezone.now())
    send_due(now=timezone.now())
    endpoint.refresh_from_db()
    assert not endpoint.is_active


def test_nobody_is_led_elsewhere(
    classroom: Classroom, manager: User, receiver: Receiver
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager)
    receiver.answers, receiver.location = [302], receiver.url
    send_test(endpoint=endpoint, by=manager, now=timezone.now())
    assert send_due(now=timezone.now()).failed == 1
    assert len(receiver.came) == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.com/", "address.not_https"),
        ("ftp://example.com/", "address.invalid"),
        ("https://user:pass@example.com/", "address.invalid"),
        ("https://127.0.0.1/", "address.private"),
        ("https://localhost/", "address.private"),
        ("https://10.1.2.3/", "address.private"),
        ("https://169.254.169.254/latest", "address.private"),
        ("https://[::1]/", "address.private"),
        ("https://[::ffff:10.0.0.1]/", "address.private"),
        ("https://2130706433/", "address.private"),
        ("https://[bad/", "address.invalid"),
    ],
)
def test_addresses_that_lead_inside_are_refused(
    classroom: Classroom, manager: User, url: str, code: str
) -> None:
    with pytest.raises(OutboundProblem) as problem:
        make_endpoint(
            school=classroom.school,
            url=url,
            events=EVERYTHING,
            by=manager,
            now=timezone.now(),
        )
    assert problem.value.code == code


def test_a_name_that_changes_its_mind_is_caught_once_it_is_connected(
    classroom: Classroom, manager: User, receiver: Receiver, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    endpoint = endpoint_of(classroom, receiver, manager)
    send_test(endpoint=endpoint, by=manager, now=timezone.now())
    settings.CONNECT = {**settings.CONNECT, "PRIVATE_ADDRESSES": False}
    monkeypatch.setattr("connect.outbound.check_address", lambda url: None)
    assert send_due(now=timezone.now()).failed == 1
    assert WebhookDelivery.objects.get().last_error == "address.private"
    assert receiver.came == []


def test_a_receiver_that_is_away_is_tried_later(
    classroom: Classroom, manager: User, receiver: Receiver
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager)
    endpoint.url = "http://127.0.0.1:1/"
    endpoint.save()
    send_test(endpoint=endpoint, by=manager, now=timezone.now())
    call_command("send_webhooks")
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.last_error) == ("WAITING", "connection.failed")


def test_messages_are_forgotten_and_erased(
    classroom: Classroom, manager: User, receiver: Receiver
) -> None:
    endpoint = endpoint_of(classroom, receiver, manager)
    learner = learner_of(classroom)
    now = timezone.now()
    message = send_test(endpoint=endpoint, by=manager, now=now)
    message.payload["data"] = {"learner": str(learner.uuid)}
    message.save()
    erasing.send(sender=User, user=learner)
    assert not WebhookDelivery.objects.exists()
    send_test(endpoint=endpoint, by=manager, now=now)
    send_due(now=now)
    assert forget_deliveries(now=now + KEPT_FOR + timedelta(hours=1)) == 1
