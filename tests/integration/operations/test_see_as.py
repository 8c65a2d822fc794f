"""Seeing the site as somebody else: for a reason, for a time, to look only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learners.models import User
from operations.impersonation import LASTS, NotAllowed, begin
from operations.lent_pages import can_be_looked_at, is_taken_along
from operations.models import Impersonation
from operations.permissions import people_to_see_as
from schools import audit
from schools.acting import Acting, acting_as
from schools.models import AuditEntry, Classroom, Membership
from sessions.services import start_session
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

REASON = "Asked for help with the review page."
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    """Who runs the site."""
    made: User = AdminFactory.create()
    return made


@pytest.fixture
def classroom() -> Classroom:
    """A class."""
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def learner(classroom: Classroom) -> User:
    """A learner of it."""
    return learner_of(classroom)


def see_as(client: Client, actor: User, person: User, reason: str = REASON) -> Any:
    """Begin, as a page does."""
    client.force_login(actor)
    return client.post(f"/operations/see-as/{person.uuid}/", {"reason": reason})


def test_their_pages_are_shown_under_a_banner(
    client: Client, admin: User, learner: User
) -> None:
    assert see_as(client, admin, learner)["Location"] == "/today/"
    page = client.get("/today/")
    assert page.status_code == 200
    assert page.context["user"] == learner
    assert learner.profile.display_name in page.content.decode()
    assert b"You see the site as" in page.content
    ended = client.post("/operations/see-as/end/")
    assert ended["Location"] == "/operations/see-as/"
    assert client.get("/today/").context["user"] == admin


@pytest.mark.parametrize("reason", ["", "  ", "why not"])
def test_without_a_reason_it_does_not_begin(
    client: Client, admin: User, learner: User, reason: str
) -> None:
    assert see_as(client, admin, learner, reason).status_code == 422
    assert not Impersonation.objects.exists()
    assert client.get("/today/").context["user"] == admin


def test_beginning_and_end_stand_in_the_log_with_the_reason(
    client: Client, admin: User, learner: User
) -> None:
    see_as(client, admin, learner)
    client.post("/operations/see-as/end/")
    entries = AuditEntry.objects.filter(target="impersonation").order_by("pk")
    assert [one.action for one in entries] == [
        "impersonation.started",
        "impersonation.ended",
    ]
    begun = entries[0]
    assert (begun.actor, begun.subject, begun.reason) == (
        admin.uuid,
        learner.uuid,
        REASON,
    )


def test_what_is_done_meanwhile_names_who_really_did_it(
    admin: User, learner: User
) -> None:
    now = timezone.now()
    with acting_as(Acting(actor=admin.uuid, person=learner.uuid)):
        audit.record(action="talk.opened", now=now, actor=learner.uuid)
        audit.record(action="other.done", now=now, actor=admin.uuid)
    audit.record(action="later.done", now=now, actor=learner.uuid)
    later, other, opened = AuditEntry.objects.order_by("-pk")[:3]
    assert (opened.actor, opened.acting_as) == (admin.uuid, learner.uuid)
    assert (other.actor, other.acting_as) == (admin.uuid, None)
    assert (later.actor, later.acting_as) == (learner.uuid, None)


def test_nothing_is_sent_and_their_own_things_stay_theirs(
    client: Client, admin: User, learner: User
) -> None:
    talk = start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())
    see_as(client, admin, learner)
    sent = (
        "/sessions/start/", "/profile/", f"/sessions/{talk.uuid}/end/",
        "/sessions/recordings/delete/", "/language/",
    )  # fmt: skip
    for address in sent:
        answer = client.post(address)
        assert answer.status_code == 403, address
        assert b"Nothing was sent or changed" in answer.content
    hidden = (
        f"/sessions/{talk.uuid}/", f"/sessions/{talk.uuid}/review/",
        "/accounts/password/change/", "/accounts/email/", "/admin/", "/operations/",
    )  # fmt: skip
    for address in hidden:
        assert client.get(address).status_code == 403, address
    talk.refresh_from_db()
    assert talk.status == "ACTIVE"


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("today", True),
        ("coursework:assignment-list", True),
        ("sessions:session-report", True),
        ("sessions:session-review", False),
        ("sessions:utterance-audio", False),
        ("sessions:session-live", False),
        ("coursework:submission-audio", False),
        ("learners:memory", False),
        ("learners:data-export", False),
        ("connect:api:learners", False),
        ("something:new", False),
    ],
)
def test_only_pages_that_are_named_are_shown(view: str, shown: bool) -> None:
    assert can_be_looked_at(view) is shown


def test_voices_and_files_are_never_taken_along() -> None:
    assert is_taken_along("audio/flac", "")
    assert is_taken_along("text/csv", 'attachment; filename="x.csv"')
    assert not is_taken_along("text/html; charset=utf-8", "")


def test_it_ends_by_itself(client: Client, admin: User, learner: User) -> None:
    see_as(client, admin, learner)
    Impersonation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    answer = client.get("/today/")
    assert answer["Location"] == "/operations/see-as/over/"
    assert client.get("/today/").context["user"] == admin
    ended = AuditEntry.objects.get(action="impersonation.ended")
    assert ended.detail == {"why": "time"}


def test_it_ends_when_the_permission_does(
    client: Client, classroom: Classroom, learner: User
) -> None:
    manager = teacher_of(classroom, role="MANAGER")
    see_as(client, manager, learner)
    assert client.get("/today/").context["user"] == learner
    Membership.objects.filter(user=manager).update(left_at=timezone.now())
    client.get("/today/")
    assert client.get("/today/").context["user"] == manager


def test_signing_out_ends_it(client: Client, admin: User, learner: User) -> None:
    see_as(client, admin, learner)
    assert client.post("/accounts/logout/").status_code == 302
    assert Impersonation.objects.get().ended_at is not None
    signed_out = AuditEntry.objects.get(action="account.signed_out")
    assert signed_out.actor == admin.uuid
    assert client.get("/today/").status_code == 302


def test_whom_one_may_see_as(admin: User, classroom: Classroom, learner: User) -> None:
    other = ClassroomFactory.create()
    manager, teacher = teacher_of(classroom, role="MANAGER"), teacher_of(classroom)
    stranger, of_both = learner_of(other), learner_of(classroom, other)
    teaches_elsewhere = learner_of(classroom)
    Membership.objects.create(
        school=other.school, user=teaches_elsewhere, role="TEACHER",
        joined_at=timezone.now(),
    )  # fmt: skip
    another_admin = AdminFactory.create()
    assert set(people_to_see_as(admin)) == {
        learner, manager, teacher, stranger, of_both, teaches_elsewhere,
    }  # fmt: skip
    assert set(people_to_see_as(manager)) == {learner}
    for nobody in (teacher, learner):
        assert not people_to_see_as(nobody).exists()
    for actor, person in (
        (admin, another_admin), (admin, admin), (manager, stranger),
        (manager, of_both), (teacher, learner), (learner, stranger),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            begin(actor=actor, person=person, reason=REASON, now=timezone.now())


def test_the_pages_are_not_there_for_others(
    client: Client, classroom: Classroom, learner: User
) -> None:
    teacher = teacher_of(classroom)
    for user in (teacher, learner):
        client.force_login(user)
        assert client.get("/operations/see-as/").status_code == 404
        assert see_as(client, user, LearnerFactory.create()).status_code == 404


def test_a_session_of_another_person_is_worth_nothing(
    client: Client, admin: User, learner: User
) -> None:
    see_as(client, admin, learner)
    key = client.session["impersonation"]
    thief = Client()
    thief.force_login(LearnerFactory.create())
    session = thief.session
    session["impersonation"] = key
    session.save()
    thief.get("/today/")
    assert thief.get("/today/").context["user"] != learner
    assert timedelta(minutes=30) == LASTS
