"""The audit log: what is written, who reads it, and that reading it is written too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import authenticate
from django.test import Client
from django.utils import timezone

from learners.models import User
from learners.services.talk_access import record_talk_access
from schools import audit
from schools.models import AuditEntry, School
from tests.factories.learners import PASSWORD, AdminFactory, LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client: Client) -> Client:
    """Who runs the site, signed in."""
    client.force_login(AdminFactory.create())
    return client


def entry(
    action: str = "mark.overruled",
    *,
    at: datetime = NOW,
    actor: UUID | None = None,
    subject: UUID | None = None,
    school: School | None = None,
    **more: Any,
) -> None:
    """Write one."""
    audit.record(
        action=action,
        now=at,
        actor=actor,
        subject=subject,
        school=school.uuid if school else None,
        **more,
    )


def shown(client: Client, **query: str) -> list[str]:
    """Return the actions on the page, without those of looking."""
    page = client.get("/operations/audit/", query)
    return [
        one.entry.action
        for one in page.context["lines"]
        if not one.entry.action.startswith(("audit.", "account."))
    ]


def test_it_is_found_by_person_school_action_and_time(admin_client: Client) -> None:
    ana, ben = LearnerFactory.create(email="ana@example.org"), LearnerFactory.create()
    school = ClassroomFactory.create().school
    entry("mark.overruled", actor=ben.uuid, subject=ana.uuid, school=school)
    entry("people.seen", actor=ana.uuid, at=NOW - timedelta(days=9))
    entry("class.changed", actor=ben.uuid, at=NOW + timedelta(days=1))
    assert shown(admin_client, person="ana@") == ["people.seen", "mark.overruled"]
    assert shown(admin_client, person=str(ben.uuid)) == [
        "class.changed",
        "mark.overruled",
    ]
    assert shown(admin_client, school=str(school.uuid)) == ["mark.overruled"]
    assert shown(admin_client, action="class") == ["class.changed"]
    assert shown(admin_client, first="2026-03-10", last="2026-03-10") == [
        "mark.overruled"
    ]
    assert shown(admin_client, person="nobody at all") == []


def test_what_cannot_be_looked_for_is_said(admin_client: Client) -> None:
    for query in (
        {"first": "soon"},
        {"first": "2026-03-10", "last": "2026-03-01"},
        {"school": str(uuid4())},
        {"action": "Drop table"},
        {"before": "-1"},
    ):
        page = admin_client.get("/operations/audit/", query)
        assert page.status_code == 422, query
        assert admin_client.get("/operations/audit.csv", query).status_code == 404


def test_older_entries_follow_without_a_gap(admin_client: Client) -> None:
    for n in range(60):
        entry("class.changed", at=NOW + timedelta(seconds=n))
    first = admin_client.get("/operations/audit/", {"action": "class"})
    assert len(first.context["lines"]) == 50
    rest = admin_client.get(
        "/operations/audit/", {"action": "class", "before": first.context["older"]}
    )
    assert len(rest.context["lines"]) == 10
    assert rest.context["older"] is None


def test_who_is_erased_has_no_name_and_their_entries_stay(admin_client: Client) -> None:
    gone = LearnerFactory.create()
    entry("people.seen", actor=gone.uuid)
    gone.delete()
    page = admin_client.get("/operations/audit/", {"action": "people"})
    assert b"somebody who was erased" in page.content


def test_managers_read_their_own_schools_and_others_read_nothing(
    client: Client,
) -> None:
    classroom, other = ClassroomFactory.create(), ClassroomFactory.create()
    entry("class.changed", school=classroom.school)
    entry("mark.overruled", school=other.school)
    entry("setting.changed")
    client.force_login(teacher_of(classroom, role="MANAGER"))
    assert shown(client) == ["class.changed"]
    theirs = client.get("/operations/audit/", {"school": str(other.school.uuid)})
    assert theirs.status_code == 422
    assert theirs.context["lines"] == []
    for user in (teacher_of(classroom), learner_of(classroom)):
        client.force_login(user)
        assert client.get("/operations/audit/").status_code == 404
        assert client.get("/operations/audit.csv").status_code == 404


def test_opening_it_stands_in_it(client: Client) -> None:
    classroom = ClassroomFactory.create()
    manager, learner = teacher_of(classroom, role="MANAGER"), learner_of(classroom)
    client.force_login(manager)
    client.get("/operations/audit/", {"person": learner.email})
    opened = AuditEntry.objects.get(action="audit.opened")
    assert (opened.actor, opened.school, opened.subject) == (
        manager.uuid,
        classroom.school.uuid,
        learner.uuid,
    )
    client.get("/operations/audit.csv")
    assert AuditEntry.objects.filter(action="audit.exported").count() == 1


def test_the_file_has_identifiers_and_no_formulas(admin_client: Client) -> None:
    learner = LearnerFactory.create()
    entry("class.changed", subject=learner.uuid, reason="=HYPERLINK()")
    answer = admin_client.get("/operations/audit.csv", {"action": "class"})
    text = b"".join(answer).decode()
    assert str(learner.uuid) in text
    assert learner.email not in text
    assert "'=HYPERLINK()" in text


def test_signing_in_and_failing_to_is_written_down(client: Client) -> None:
    user = LearnerFactory.create()
    client.login(username=user.email, password=PASSWORD)
    assert authenticate(username=user.email, password="wrong") is None
    assert authenticate(username="nobody@example.org", password="wrong") is None
    entries = AuditEntry.objects.order_by("pk").values_list("action", "subject")
    assert ("account.signed_in", user.uuid) in entries
    assert ("account.sign_in_failed", user.uuid) in entries
    assert ("account.sign_in_failed", None) in entries
    assert "nobody" not in str(list(AuditEntry.objects.values()))


def test_a_new_role_is_written_down_and_other_changes_are_not() -> None:
    user = LearnerFactory.create()
    user.save()
    assert not AuditEntry.objects.exists()
    user.role = User.Role.TEACHER
    user.save()
    changed = AuditEntry.objects.get()
    assert changed.action == "account.role_changed"
    assert changed.detail == {"from": "LEARNER", "to": "TEACHER"}


def test_what_is_done_in_the_database_pages_is_written_down() -> None:
    admin, user = AdminFactory.create(), LearnerFactory.create()
    LogEntry.objects.log_actions(admin.pk, [user], CHANGE, change_message="goal")
    changed = AuditEntry.objects.get()
    assert (changed.action, changed.actor, changed.subject, changed.target) == (
        "admin.changed",
        admin.uuid,
        user.uuid,
        "user",
    )
    assert changed.detail == {}


def test_opening_a_learners_talk_is_written_down_for_their_school() -> None:
    classroom = ClassroomFactory.create()
    teacher, learner = teacher_of(classroom), learner_of(classroom)
    talk = uuid4()
    record_talk_access(
        reader_id=teacher.pk, learner_id=learner.pk, session=talk,
        session_started_at=NOW, page="REPORT", now=timezone.now(),
    )  # fmt: skip
    opened = AuditEntry.objects.get(action="talk.opened")
    assert (opened.actor, opened.subject, opened.target_uuid, opened.school) == (
        teacher.uuid,
        learner.uuid,
        talk,
        classroom.school.uuid,
    )


def test_a_long_log_asks_little(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    for _n in range(60):
        entry("class.changed", actor=LearnerFactory.create().uuid)
    with django_assert_max_num_queries(12):
        admin_client.get("/operations/audit/")
