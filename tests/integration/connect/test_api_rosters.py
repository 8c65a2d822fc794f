"""Rosters through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from connect.api.replies import KEPT_FOR, forget_replies
from connect.models import ApiReply
from learners.models import User
from learners.placeholder_addresses import placeholder_address
from schools.models import AuditEntry, Enrolment, Membership
from schools.services.classrooms import archive_class
from tests.factories.connect import api_client
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


def test_classes_are_those_of_the_school() -> None:
    classroom = ClassroomFactory.create(level="B1")
    learner_of(classroom)
    ClassroomFactory.create()
    system = api_client(classroom.school)
    (shown,) = system.get("classes").json()["items"]
    assert shown["uuid"] == str(classroom.uuid)
    assert (shown["language"], shown["level"], shown["n_learners"]) == ("en", "B1", 1)
    assert system.get(f"classes/{classroom.uuid}").json() == shown
    assert system.get("classes", archived="true").json()["items"] == []


def test_what_is_of_another_school_does_not_exist() -> None:
    other = ClassroomFactory.create()
    learner = learner_of(other)
    system = api_client(ClassroomFactory.create().school)
    enrolment = Enrolment.objects.get()
    answers = [
        system.get(f"classes/{other.uuid}"),
        system.get(f"classes/{other.uuid}/enrolments"),
        system.post(f"classes/{other.uuid}/enrolments", {"learner": learner.uuid}),
        system.send("DELETE", f"enrolments/{enrolment.uuid}"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    enrolment.refresh_from_db()
    assert enrolment.left_at is None


def test_a_roster_comes_in_pages_that_miss_nobody(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = ClassroomFactory.create()
    people = [learner_of(classroom) for _ in range(5)]
    system = api_client(classroom.school)
    address = f"classes/{classroom.uuid}/enrolments"
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        with django_assert_max_num_queries(9):
            page = system.get(address, **query).json()
        seen += [item["learner"]["email"] for item in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert seen == [person.email for person in people]
    unknown = system.get(address, cursor="11111111-1111-1111-1111-111111111111")
    assert unknown.json()["error"]["code"] == "cursor.unknown"
    read = AuditEntry.objects.filter(action="roster.read")
    assert read.count() == 3
    assert "example.org" not in str(list(read.values()))


def test_somebody_new_gets_an_account_that_nobody_can_use_yet() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    response = system.post(
        f"classes/{classroom.uuid}/enrolments",
        {"email": "New@Example.org", "name": "Noor", "external_id": "17"},
    )
    assert response.status_code == 201
    shown = response.json()
    assert shown["class"] == str(classroom.uuid)
    assert shown["learner"]["email"] == "new@example.org"
    assert (shown["learner"]["name"], shown["learner"]["external_id"]) == ("Noor", "17")
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert user.role == User.Role.LEARNER
    again = system.post(f"classes/{classroom.uuid}/enrolments", {"learner": user.uuid})
    assert again.json()["uuid"] == shown["uuid"]


def test_nobody_is_drawn_into_a_school_over_their_head() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    stranger = learner_of(ClassroomFactory.create())
    colleague = teacher_of(classroom)
    address = f"classes/{classroom.uuid}/enrolments"
    elsewhere = system.post(address, {"email": stranger.email})
    assert elsewhere.status_code == 409
    assert elsewhere.json()["error"]["code"] == "learner_elsewhere"
    staff = system.post(address, {"email": colleague.email})
    assert staff.json()["error"]["code"] == "not_a_learner"
    by_uuid = system.post(address, {"learner": stranger.uuid})
    assert by_uuid.json()["error"]["code"] == "learner.unknown"
    assert not Membership.objects.filter(
        school=classroom.school, user=stranger
    ).exists()


def test_a_learner_leaves_and_comes_back() -> None:
    classroom = ClassroomFactory.create()
    learner = learner_of(classroom)
    system = api_client(classroom.school)
    enrolment = Enrolment.objects.get()
    for _twice in range(2):
        ended = system.send("DELETE", f"enrolments/{enrolment.uuid}")
        assert ended.status_code == 200
        assert ended.json()["ended_at"] is not None
    roster = f"classes/{classroom.uuid}/enrolments"
    assert system.get(roster, ended="false").json()["items"] == []
    back = system.post(roster, {"learner": learner.uuid}).json()
    assert (back["uuid"], back["ended_at"]) == (str(enrolment.uuid), None)


def test_the_same_key_is_answered_the_same_and_done_once() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    address = f"classes/{classroom.uuid}/enrolments"
    body = {"email": "new@example.org"}
    first = system.post(address, body, key="k-1")
    again = system.post(address, body, key="k-1")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert AuditEntry.objects.filter(action="api.used").count() == 1
    reused = system.post(address, {"email": "other@example.org"}, key="k-1")
    assert reused.status_code == 422
    assert reused.json()["error"]["code"] == "idempotency_key.reused"
    other = api_client(classroom.school)
    assert other.post(address, body, key="k-1").status_code == 201


def test_a_refusal_uses_no_key_up() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    address = f"classes/{classroom.uuid}/enrolments"
    archive_class(classroom_id=classroom.pk, actor=None, now=timezone.now())
    refused = system.post(address, {"email": "new@example.org"}, key="k-1")
    assert refused.json()["error"]["code"] == "class_is_archived"
    assert not User.objects.filter(email="new@example.org").exists()
    assert not ApiReply.objects.exists()


def test_answers_are_forgotten_after_a_day() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    address = f"classes/{classroom.uuid}/enrolments"
    system.post(address, {"email": "new@example.org"}, key="k-1")
    now = timezone.now()
    assert forget_replies(now=now) == 0
    assert forget_replies(now=now + KEPT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "a@example.org", "learner": "11111111-1111-1111-1111-111111111111"},
        {"email": "not an address"},
        {"email": "a@example.org", "name": "with\u0000zero"},
        {"email": "a@example.org", "name": "x" * 61},
        {"email": "a@example.org", "role": "MANAGER"},
    ],
)
def test_a_body_that_cannot_be_taken_names_the_field(body: dict[str, str]) -> None:
    classroom = ClassroomFactory.create()
    response = api_client(classroom.school).post(
        f"classes/{classroom.uuid}/enrolments", body
    )
    assert response.status_code == 422
    assert all(key.startswith("body.") for key in response.json()["error"]["fields"])
    assert not Enrolment.objects.exists()


def test_who_has_no_address_shows_none() -> None:
    classroom = ClassroomFactory.create()
    learner = learner_of(classroom)
    learner.email = placeholder_address()
    learner.save()
    (item,) = (
        api_client(classroom.school)
        .get(f"classes/{classroom.uuid}/enrolments")
        .json()["items"]
    )
    assert item["learner"]["email"] is None
