"""The pages that let other systems in, and who may open them."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from connect.lti.roster_orders import read_due_rosters
from connect.models import ApiToken, LtiPlatform, WebhookDelivery, WebhookEndpoint
from connect.services.tokens import find_token
from connect.services.webhooks import send_test
from schools.models import AuditEntry, Enrolment
from tests.factories.connect import api_client
from tests.factories.learners import AdminFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

from .conftest import Campus
from .test_lti_services import member
from .test_xapi import check_statement, with_events

pytestmark = pytest.mark.django_db
LISTS = ("token-list", "webhook-list", "platform-list", "record-list")


def url(name: str, *args: Any) -> str:
    return reverse(f"connect:{name}", args=args)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_only_managers_and_administrators_connect_systems() -> None:
    classroom = ClassroomFactory.create()
    manager = signed_in(teacher_of(classroom, role="MANAGER"))
    admin = signed_in(AdminFactory.create())
    others = [signed_in(teacher_of(classroom)), signed_in(learner_of(classroom))]
    for name in LISTS:
        assert manager.get(url(name)).status_code == 200
        assert admin.get(url(name)).status_code == 200
        assert [other.get(url(name)).status_code for other in others] == [404, 404]


def test_a_secret_is_shown_once() -> None:
    classroom = ClassroomFactory.create()
    client = signed_in(teacher_of(classroom, role="MANAGER"))
    given = {
        "school": classroom.school.pk,
        "name": "Timetable",
        "scopes": ["rosters:read"],
        "days": "90",
    }
    page = client.post(url("token-list"), given)
    found = re.search(r'value="(tutor_[^"]+)"', page.content.decode())
    assert found
    token = find_token(secret=found[1])
    assert token is not None
    assert (token.school, token.scopes) == (classroom.school, ["rosters:read"])
    assert token.expires_at is not None
    assert "no-store" in page["Cache-Control"]
    assert found[1] not in client.get(url("token-list")).content.decode()
    client.post(url("token-revoke", token.uuid))
    token.refresh_from_db()
    assert token.revoked_at is not None
    without = client.post(url("token-list"), {**given, "scopes": []})
    assert without.status_code == 422


def test_nobody_reaches_into_another_school(campus: Campus) -> None:
    theirs = signed_in(teacher_of(ClassroomFactory.create(), role="MANAGER"))
    system = api_client(campus.classroom.school)
    endpoint = WebhookEndpoint.objects.create(
        school=campus.classroom.school,
        url="https://example.org/",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        events=["ping"],
        created_at=timezone.now(),
    )
    delivery = send_test(endpoint=endpoint, by=campus.manager, now=timezone.now())
    course = campus.connect()
    tries = [
        theirs.post(url("token-revoke", system.token.uuid)),
        theirs.get(url("webhook-detail", endpoint.uuid)),
        theirs.post(url("webhook-change", endpoint.uuid), {"action": "delete"}),
        theirs.post(url("delivery-again", delivery.uuid)),
        theirs.get(url("platform-detail", campus.platform.uuid)),
        theirs.post(url("platform-change", campus.platform.uuid), {"action": "off"}),
        theirs.post(url("roster-read", course.pk)),
    ]
    assert {answer.status_code for answer in tries} == {404}
    own_form = {"school": campus.classroom.school.pk, "name": "x", "days": "0"}
    refused = theirs.post(url("token-list"), {**own_form, "scopes": ["rosters:read"]})
    assert refused.status_code == 422
    assert ApiToken.objects.count() == 1


def test_a_webhook_is_added_tested_switched_and_deleted(settings: Any) -> None:
    settings.CONNECT = {**settings.CONNECT, "PRIVATE_ADDRESSES": True}
    classroom = ClassroomFactory.create()
    client = signed_in(teacher_of(classroom, role="MANAGER"))
    given = {"school": classroom.school.pk, "events": ["enrolment.created"]}
    client.post(url("webhook-list"), {**given, "url": "https://sis.example.org/hook"})
    endpoint = WebhookEndpoint.objects.get()
    address = url("webhook-change", endpoint.uuid)
    client.post(address, {"action": "test"})
    delivery = WebhookDelivery.objects.get()
    client.post(address, {"action": "off"})
    page = client.get(url("webhook-detail", endpoint.uuid)).content.decode()
    assert endpoint.secret in page
    client.post(address, {"action": "on"})
    client.post(url("delivery-again", delivery.uuid))
    client.post(address, {"action": "delete"})
    assert not WebhookDelivery.objects.exists()
    done = AuditEntry.objects.filter(action__startswith="webhook.")
    assert done.count() == 6


def test_an_address_inside_is_refused_in_words() -> None:
    classroom = ClassroomFactory.create()
    client = signed_in(teacher_of(classroom, role="MANAGER"))
    given = {
        "school": classroom.school.pk,
        "events": ["enrolment.created"],
        "url": "https://127.0.0.1/",
    }
    page = client.post(url("webhook-list"), given)
    assert page.status_code == 422
    assert "private network" in page.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_a_platform_is_registered_once_and_switched(campus: Campus) -> None:
    client = signed_in(campus.manager)
    given = {"school": campus.classroom.school.pk, **campus.lms.fields()}
    known = client.post(url("platform-list"), given)
    assert known.status_code == 422
    assert "registered already" in known.content.decode()
    client.post(url("platform-list"), {**given, "client_id": "second"})
    platform = LtiPlatform.objects.get(registration__client_id="second")
    address = url("platform-change", platform.uuid)
    client.post(address, {"action": "deployment", "deployment_id": "other"})
    client.post(address, {"action": "off"})
    platform.registration.refresh_from_db()
    assert not platform.registration.is_active
    assert platform.registration.deployments.count() == 2
    page = client.get(url("platform-detail", platform.uuid)).content.decode()
    assert "http://testserver/lti/keys.json" in page


def test_a_roster_is_read_from_the_page(campus: Campus) -> None:
    course = campus.connect()
    campus.lms.members = [member("a"), member("b")]
    client = signed_in(campus.manager)
    page = client.post(url("roster-read", course.pk), follow=True)
    assert "are being read" in page.content.decode()
    assert not Enrolment.objects.filter(classroom=campus.classroom).exists()
    read_due_rosters(now=timezone.now())
    page = client.get(url("platform-detail", campus.platform.uuid))
    assert "2 enrolled" in page.content.decode()
    assert Enrolment.objects.filter(classroom=campus.classroom).count() == 2


def test_records_come_as_lines_of_json() -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    client = signed_in(teacher_of(classroom, role="MANAGER"))
    today = timezone.now().date()
    given = {
        "school": classroom.school.pk,
        "classroom": classroom.pk,
        "first_day": "2020-01-01",
        "last_day": today.isoformat(),
    }
    response: Any = client.post(url("record-list"), given)
    assert response["Content-Type"] == "application/x-ndjson"
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 5
    for line in lines:
        check_statement(json.loads(line))
    assert AuditEntry.objects.filter(action="records.exported").count() == 1
    other = ClassroomFactory.create()
    foreign = client.post(url("record-list"), {**given, "classroom": other.pk})
    assert foreign.status_code == 422
    backwards = client.post(url("record-list"), {**given, "last_day": "2019-01-01"})
    assert "comes before" in backwards.content.decode()


def test_the_description_names_every_address(client: Client) -> None:
    page = client.get(url("api-docs")).content.decode()
    description = client.get("/api/v1/openapi.json").json()
    for address in description["paths"]:
        assert address in page
    assert "<script" not in page.split("</head>")[1].replace('<script src="/texts', "")


def test_lists_cost_the_same_with_many_rows(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = ClassroomFactory.create()
    client = signed_in(teacher_of(classroom, role="MANAGER"))
    for _n in range(20):
        api_client(classroom.school)
        WebhookEndpoint.objects.create(
            school=classroom.school,
            url=f"https://example.org/{uuid4()}",
            secret="x",
            events=["ping"],
            created_at=timezone.now(),
        )
    for name in LISTS:
        with django_assert_max_num_queries(15):
            client.get(url(name))
