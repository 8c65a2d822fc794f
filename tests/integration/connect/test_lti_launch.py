"""People arrive from a learning platform; what is not as it should be is refused in words."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lti_tool.models import LtiUser

from connect.lti.problems import PROBLEMS
from connect.models import LtiIdentity, LtiLogin
from learners.models import User
from learners.placeholder_addresses import is_placeholder
from schools.models import ClassTeacher, Enrolment, Membership
from tests.fakes.lti_platform import INSTRUCTOR, OTHER_KEY, Person

from .conftest import Campus

pytestmark = pytest.mark.django_db
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"


def code(response: Any) -> str:
    """Return the code of a page that says what went wrong, and see that it has words."""
    text = response.content.decode()
    (found,) = [known for known in PROBLEMS if f"<code>{known}</code>" in text]
    assert str(PROBLEMS[found][1])[:20] in text
    assert response.status_code == PROBLEMS[found][0]
    return found


def test_a_learner_lands_on_the_work(campus: Campus, client: Client) -> None:
    campus.connect()
    custom = {"assignment": str(campus.assignment.uuid)}
    response = campus.lms.launch(
        client, Person("ana-1", "Ana", "Ana@Example.org"), custom=custom
    )
    assert response.status_code == 302, response.content
    assert response["Location"] == f"/work/{campus.assignment.uuid}/"
    user = User.objects.get(email="ana@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    member = Membership.objects.get(user=user)
    assert (member.school, member.role, member.name) == (
        campus.classroom.school, "LEARNER", "Ana",
    )  # fmt: skip
    assert Enrolment.objects.filter(learner=user, classroom=campus.classroom).exists()
    again = campus.lms.launch(Client(), Person("ana-1"), custom=custom)
    assert again.status_code == 302
    assert User.objects.filter(email__contains="ana").count() == 1


def test_who_has_no_address_gets_an_account_all_the_same(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    assert campus.lms.launch(client, Person("nobody")).status_code == 302
    user = LtiIdentity.objects.get(lti_user__sub="nobody").user
    assert is_placeholder(user.email)


def test_a_teacher_connects_the_course_with_a_class_once(
    campus: Campus, client: Client
) -> None:
    teacher = Person("t-1", "Mo", "mo@example.org", (INSTRUCTOR,))
    learner = Person("ana-1")
    early = campus.lms.launch(Client(), learner)
    assert code(early) == "lti.course_not_connected"
    response = campus.lms.launch(client, teacher)
    assert response["Location"] == "/lti/course/"
    assert "English 1" in client.get("/lti/course/").content.decode()
    response = client.post("/lti/course/", {"classroom": "new", "l2": "es"})
    classroom = ClassTeacher.objects.get(teacher__email="mo@example.org").classroom
    assert (classroom.name, classroom.l2) == ("English 1", "es")
    assert classroom.school == campus.classroom.school
    assert response["Location"] == f"/classes/{classroom.uuid}/"
    assert campus.lms.launch(Client(), learner)["Location"] == "/work/"
    to_work = campus.lms.launch(
        client, teacher, custom={"assignment": str(campus.assignment.uuid)}
    )
    assert code(to_work) == "lti.work_missing", "it is of another class"


def test_a_class_of_somebody_else_cannot_be_connected(
    campus: Campus, client: Client
) -> None:
    campus.lms.launch(client, Person("t-1", "Mo", None, (INSTRUCTOR,)))
    response = client.post("/lti/course/", {"classroom": str(campus.classroom.uuid)})
    assert code(response) == "lti.work_missing"


def test_a_teacher_of_a_connected_course_comes_to_its_reviews(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    response = campus.lms.launch(
        client,
        Person("t-1", "Mo", None, (INSTRUCTOR,)),
        custom={"assignment": str(campus.assignment.uuid)},
    )
    assert response["Location"].startswith(f"/classes/{campus.classroom.uuid}/review/")


def test_in_a_page_of_the_platform_a_window_is_offered(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    asked = campus.lms.ask(client)
    form = campus.lms.answer(asked, Person("ana-1"))
    framed = client.post("/lti/launch/", form, headers={"Sec-Fetch-Dest": "iframe"})
    assert framed.status_code == 200
    assert "_auth_user_id" not in client.session
    policy = framed["Content-Security-Policy"]
    assert f"frame-ancestors {campus.lms.url}" in policy
    assert "X-Frame-Options" not in framed
    ticket = LtiLogin.objects.get().ticket
    forged = {"Origin": "https://evil.example"}
    refused = client.post("/lti/enter/", {"ticket": ticket}, headers=forged)
    assert code(refused) == "lti.ticket_used"
    entered = Client().post("/lti/enter/", {"ticket": ticket})
    assert entered["Location"] == "/work/"
    assert code(Client().post("/lti/enter/", {"ticket": ticket})) == "lti.ticket_used"


def test_the_cookie_comes_back_from_the_platform_by_https(campus: Campus) -> None:
    client = Client()
    response = client.post(
        "/lti/login/",
        {"iss": campus.lms.url, "login_hint": "x"},
        secure=True,
    )
    (cookie,) = response.cookies.values()
    text = cookie.OutputString()
    assert all(word in text for word in ("SameSite=None", "Secure", "Partitioned"))


def test_an_account_that_is_there_is_connected_by_its_owner_only(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    owner = User.objects.create_user("ana@example.org", "a-long-test-password")
    person = Person("ana-1", "Ana", "ana@example.org")
    response = campus.lms.launch(client, person)
    assert response["Location"] == "/accounts/login/?next=%2Flti%2Faccount%2F"
    assert "_auth_user_id" not in client.session
    assert not LtiIdentity.objects.exists()
    client.post(
        "/accounts/login/", {"login": owner.email, "password": "a-long-test-password"}
    )
    page = client.get("/lti/account/").content.decode()
    assert "Campus" in page
    assert owner.email in page
    response = client.post("/lti/account/")
    assert response["Location"] == "/work/"
    assert LtiIdentity.objects.get().is_proved
    assert campus.lms.launch(Client(), person)["Location"] == "/work/"


def test_the_page_that_connects_needs_an_arrival_of_the_same_browser(
    campus: Campus, client: Client
) -> None:
    User.objects.create_user("ana@example.org")
    campus.lms.launch(Client(), Person("ana-1", "Ana", "ana@example.org"))
    victim = User.objects.create_user("victim@example.org")
    client.force_login(victim)
    assert code(client.post("/lti/account/")) == "lti.ticket_used"
    assert not LtiIdentity.objects.exists()


def test_administrators_never_arrive_from_a_platform(
    campus: Campus, client: Client
) -> None:
    admin = User.objects.create_superuser("root@example.org")
    campus.lms.launch(client, Person("root", "Root", admin.email))
    arrival = client.session["lti_arrival"]
    client.force_login(admin)
    session = client.session
    session["lti_arrival"] = arrival
    session.save()
    assert code(client.post("/lti/account/")) == "lti.admin_refused"
    LtiIdentity.objects.create(
        lti_user=LtiUser.objects.get(), user=admin, connected_at=timezone.now()
    )
    assert code(campus.lms.launch(Client(), Person("root"))) == "lti.admin_refused"


def test_who_left_the_school_or_is_switched_off_stays_out(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    campus.lms.launch(client, Person("ana-1"))
    member = Membership.objects.get(user__lti_identities__lti_user__sub="ana-1")
    member.left_at = timezone.now()
    member.save()
    assert code(campus.lms.launch(Client(), Person("ana-1"))) == "lti.left_school"
    member.user.is_active = False
    member.user.save()
    assert code(campus.lms.launch(Client(), Person("ana-1"))) == "lti.account_off"


def test_who_proves_the_address_by_mail_owns_the_account(
    campus: Campus, client: Client
) -> None:
    from allauth.account.signals import password_reset  # noqa: PLC0415

    campus.connect()
    person = Person("ana-1", "Ana", "ana@example.org")
    campus.lms.launch(client, person)
    user = User.objects.get(email="ana@example.org")
    password_reset.send(sender=User, request=None, user=user)
    assert not LtiIdentity.objects.exists()
    assert campus.lms.launch(Client(), person)["Location"].startswith("/accounts/login")


# What is changed of the message before it is signed, and the code of the refusal.
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "another issuer": ({"iss": "https://other.example"}, "lti.issuer_wrong"),
    "another audience": ({"aud": "other-client"}, "lti.audience_wrong"),
    "shared audience": (
        {"aud": ["tutor-client", "other"], "azp": "other"}, "lti.audience_wrong",
    ),
    "another nonce": ({"nonce": "made-up"}, "lti.nonce_wrong"),
    "no nonce": ({"nonce": None}, "lti.claims_missing"),
    "no subject": ({"sub": None}, "lti.claims_missing"),
    "no expiry": ({"exp": None}, "lti.claims_missing"),
    "expired": ({"exp": -61}, "lti.expired"),
    "from the future": ({"iat": 61}, "lti.clock_wrong"),
    "unknown deployment": ({f"{CLAIM}deployment_id": "x"}, "lti.deployment_unknown"),
    "no deployment": ({f"{CLAIM}deployment_id": None}, "lti.deployment_unknown"),
    "old version": ({f"{CLAIM}version": "1.2.0"}, "lti.claims_missing"),
    "odd message": ({f"{CLAIM}message_type": "Hello"}, "lti.message_unknown"),
    "roles in words": ({f"{CLAIM}roles": "Learner"}, "lti.claims_missing"),
    "no course": ({f"{CLAIM}context": None}, "lti.claims_missing"),
}  # fmt: skip


def changed(changes: dict[str, Any]) -> Any:
    """Return what changes claims: none takes one out, times count from now."""

    def change(claims: dict[str, Any]) -> None:
        for name, value in changes.items():
            if value is None:
                claims.pop(name, None)
            elif name in {"exp", "iat"}:
                claims[name] = int(time.time()) + value
            else:
                claims[name] = value

    return change


@pytest.mark.parametrize("name", BAD)
def test_a_message_that_is_not_as_it_should_be(
    campus: Campus, client: Client, name: str
) -> None:
    campus.connect()
    changes, expected = BAD[name]
    response = campus.lms.launch(client, Person("ana-1"), change=changed(changes))
    assert code(response) == expected
    assert not LtiIdentity.objects.exists()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("change", [{"exp": -50}, {"iat": 50}])
def test_a_clock_may_be_a_little_wrong(
    campus: Campus, client: Client, change: dict[str, int]
) -> None:
    campus.connect()
    response = campus.lms.launch(client, Person("ana-1"), change=changed(change))
    assert response.status_code == 302


@pytest.mark.parametrize(
    "how",
    [
        {"key": OTHER_KEY},
        {"header": {"kid": "unknown"}},
        {"header": {"alg": "none"}},
        {"header": {"alg": "RS512"}},
    ],
)
def test_a_signature_that_is_not_the_platforms(
    campus: Campus, client: Client, how: dict[str, Any]
) -> None:
    response = campus.lms.launch(client, Person("ana-1"), **how)
    assert code(response) == "lti.signature_wrong"


def test_what_cannot_be_read_is_refused(campus: Campus, client: Client) -> None:
    for token in ("", "x", "a.b.c", "ü.ü.ü"):
        form = campus.lms.answer(campus.lms.ask(client), Person("ana-1"))
        response = client.post("/lti/launch/", form | {"id_token": token})
        assert code(response) == "lti.token_malformed"


def test_an_answer_counts_once_and_only_where_it_was_asked(
    campus: Campus, client: Client
) -> None:
    campus.connect()
    form = campus.lms.answer(campus.lms.ask(client), Person("ana-1"))
    other = Client().post("/lti/launch/", form)
    assert code(other) == "lti.cookie_missing"
    assert 'target="_blank"' in other.content.decode()
    assert client.post("/lti/launch/", form).status_code == 302
    assert code(client.post("/lti/launch/", form)) == "lti.replayed"
    unknown = client.post("/lti/launch/", form | {"state": "made-up"})
    assert code(unknown) == "lti.state_unknown"
    fresh = campus.lms.ask(client)
    stolen = {**form, "state": campus.lms.answer(fresh, Person("x"))["state"]}
    assert code(client.post("/lti/launch/", stolen)) == "lti.nonce_wrong"


def test_an_answer_that_comes_too_late_or_says_no(
    campus: Campus, client: Client
) -> None:
    form = campus.lms.answer(campus.lms.ask(client), Person("ana-1"))
    refused = {"state": form["state"], "error": "login_required"}
    assert code(client.post("/lti/launch/", refused)) == "lti.platform_refused"
    LtiLogin.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert code(client.post("/lti/launch/", form)) == "lti.too_late"


def test_platforms_that_are_not_known_or_off_are_refused(
    campus: Campus, client: Client
) -> None:
    assert code(campus.lms.ask(client, iss="")) == "lti.login_incomplete"
    assert (
        code(campus.lms.ask(client, iss="https://x.example")) == "lti.platform_unknown"
    )
    assert code(campus.lms.ask(client, client_id="x")) == "lti.platform_unknown"
    assert campus.lms.ask(client, client_id="").status_code == 302
    campus.platform.registration.is_active = False
    campus.platform.registration.save()
    assert code(campus.lms.ask(client)) == "lti.platform_unknown"


def test_keys_that_cannot_be_fetched(campus: Campus, client: Client) -> None:
    registration = campus.platform.registration
    registration.keyset_url = f"{campus.lms.url}/nothing"
    registration.save()
    response = campus.lms.launch(client, Person("ana-1"))
    assert code(response) == "lti.keys_unreachable"
