"""Who is let in by the API, how often, and what the others are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from connect.api import routes_rosters
from connect.models import ApiToken, Scope
from connect.services.tokens import digest, find_token, revoke_token
from learners.models import User
from schools.models import AuditEntry, Enrolment
from tests.factories.connect import ApiClient, api_client
from tests.factories.schools import ClassroomFactory, SchoolFactory, learner_of

pytestmark = pytest.mark.django_db


def error(response: Any) -> str:
    body = response.json()
    assert set(body) == {"error"}
    assert body["error"]["message"]
    return str(body["error"]["code"])


def test_the_secret_is_not_kept() -> None:
    system = api_client(SchoolFactory.create())
    assert system.secret.startswith(system.token.prefix)
    assert system.secret not in str(list(ApiToken.objects.values()))
    assert find_token(secret=system.secret) == system.token
    assert len(digest(system.secret)) == 64


def test_a_token_opens_its_school_and_a_cookie_does_not(client: Client) -> None:
    system = api_client(SchoolFactory.create())
    listed = system.get("schools").json()
    assert [school["uuid"] for school in listed["items"]] == [
        str(system.token.school.uuid)
    ]
    client.force_login(User.objects.create_user("someone@example.org"))
    response = client.get("/api/v1/schools")
    assert (response.status_code, error(response)) == (401, "token.missing")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "token.missing"),
        ("Basic abc", "token.missing"),
        ("Bearer ", "token.missing"),
        ("Bearer tutor_nobody", "token.unknown"),
        ("Bearer ünïcode", "token.unknown"),
    ],
)
def test_no_or_a_wrong_token_is_refused(header: str, code: str) -> None:
    response = Client().get("/api/v1/classes", headers={"Authorization": header})
    assert (response.status_code, error(response)) == (401, code)


def test_a_token_ends_by_itself_when_revoked_and_with_its_school() -> None:
    now = timezone.now()
    old = api_client(SchoolFactory.create(), expires_at=now - timedelta(seconds=1))
    assert error(old.get("classes")) == "token.expired"
    system = api_client(SchoolFactory.create())
    system.token.school.is_active = False
    system.token.school.save()
    assert error(system.get("classes")) == "school.inactive"
    for _twice in range(2):
        revoke_token(token_id=system.token.pk, by=None, now=now)
    assert error(system.get("classes")) == "token.revoked"
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_a_token_that_is_revoked_in_mid_request_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    find_class = routes_rosters.classroom_of

    def find_and_revoke(*args: Any) -> Any:
        revoke_token(token_id=system.token.pk, by=None, now=timezone.now())
        return find_class(*args)

    monkeypatch.setattr(routes_rosters, "classroom_of", find_and_revoke)
    response = system.post(
        f"classes/{classroom.uuid}/enrolments", {"email": "new@example.org"}
    )
    assert (response.status_code, error(response)) == (401, "token.revoked")
    assert not Enrolment.objects.exists()


def test_a_token_does_what_its_scopes_say_and_no_more() -> None:
    classroom = ClassroomFactory.create()
    reader = api_client(classroom.school, scopes=[Scope.ROSTERS_READ])
    address = f"classes/{classroom.uuid}/enrolments"
    assert reader.get(address).status_code == 200
    response = reader.post(address, {"email": "new@example.org"})
    assert (response.status_code, error(response)) == (403, "token.scope_missing")
    assert "rosters:write" in response.json()["error"]["message"]


def test_requests_are_counted_and_too_many_are_sent_away(settings: Settings) -> None:
    settings.CONNECT = {**settings.CONNECT, "API_RATE": 2}
    system = api_client(SchoolFactory.create())
    assert [system.get("schools")["RateLimit-Remaining"] for _ in range(2)] == [
        "1",
        "0",
    ]
    response = system.get("schools")
    assert (response.status_code, error(response)) == (429, "rate.limited")
    assert 0 < int(response["Retry-After"]) <= 60
    other = api_client(system.token.school)
    assert other.get("schools").status_code == 200


def test_every_error_has_one_shape() -> None:
    system = api_client(SchoolFactory.create())
    missing = ("classes/11111111-1111-1111-1111-111111111111", "nothing", "classes/x")
    for address in missing:
        response = system.get(address)
        assert (response.status_code, error(response)) == (404, "not_found")
    refused = system.send("PUT", "classes")
    assert (refused.status_code, error(refused)) == (405, "method.refused")
    assert refused["Allow"] == "GET"
    wrong = system.get("classes", limit=0, cursor="x")
    assert (wrong.status_code, error(wrong)) == (422, "request.invalid")
    assert set(wrong.json()["error"]["fields"]) == {"query.limit", "query.cursor"}


def test_a_misspelt_filter_is_not_taken_for_none() -> None:
    response = api_client(SchoolFactory.create()).get("results", clas="x")
    assert (response.status_code, error(response)) == (422, "query.unknown")
    assert list(response.json()["error"]["fields"]) == ["query.clas"]


def test_a_body_that_is_no_json_is_said_to_be_none() -> None:
    classroom = ClassroomFactory.create()
    system = api_client(classroom.school)
    address = f"classes/{classroom.uuid}/enrolments"
    for body in ("{", '{"email": "\\ud800@example.org"}', "[]", '{"e-mail": "x"}'):
        response = system.send("POST", address, body=body)
        assert response.status_code in {400, 422}
        assert error(response) in {"request.malformed", "request.invalid"}


def test_use_is_noted_at_most_once_a_minute() -> None:
    system: ApiClient = api_client(SchoolFactory.create())
    system.get("schools")
    used_at = ApiToken.objects.get().last_used_at
    assert used_at is not None
    system.get("schools")
    assert ApiToken.objects.get().last_used_at == used_at


def test_answers_are_kept_by_nobody_in_between() -> None:
    learner_of(ClassroomFactory.create())
    response = api_client(SchoolFactory.create()).get("schools")
    assert response["Cache-Control"] == "no-store"
    assert "Authorization" in response["Vary"]
