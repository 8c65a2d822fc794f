"""A school as pages: for its managers and who runs the site, and for nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from schools.models import AuditEntry, Classroom, Membership, School, Term
from schools.services.members import LastManager, remove_member
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """A class of the school."""
    classroom: Classroom = ClassroomFactory.create(name="8b")
    return classroom


@pytest.fixture
def manager(client: Client, classroom: Classroom) -> User:
    """Who decides on the school and is signed in."""
    manager = teacher_of(ClassroomFactory.create(school=classroom.school, name="9c"))
    manager.memberships.update(role="MANAGER")
    client.force_login(manager)
    return manager


def of(school: School, name: str, *more: Any) -> str:
    return reverse(f"learners:school-{name}", args=[school.uuid, *more])


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_who_opens_a_schools_pages(
    client: Client, classroom: Classroom, manager: User
) -> None:
    school, learner = classroom.school, learner_of(classroom)
    pages = [
        of(school, name) for name in ("detail", "classes", "terms", "rules", "import")
    ]
    pages.append(of(school, "member", learner.uuid))
    foreign = teacher_of(ClassroomFactory.create())
    foreign.memberships.update(role="MANAGER")
    for user, status in (
        (manager, 200),
        (AdminFactory.create(), 200),
        (teacher_of(classroom), 404),
        (learner, 404),
        (foreign, 404),
    ):
        client.force_login(user)
        for page in pages:
            assert client.get(page).status_code == status, (user, page)
    for action in ("invite", "close"):
        assert client.post(of(school, action)).status_code == 404
    stranger = LearnerFactory.create()
    client.force_login(manager)
    assert client.get(of(school, "member", stranger.uuid)).status_code == 404
    assert client.post(of(school, "close")).status_code == 404, "the site's to decide"


def test_who_runs_the_site_opens_a_school_and_invites_its_manager(
    client: Client,
) -> None:
    client.force_login(AdminFactory.create())
    fields = {
        "name": "Riverside", "key": "riverside", "time_zone": "Europe/London",
        "manager": "head@example.org",
    }  # fmt: skip
    new = reverse("learners:school-new")
    page = client.post(new, fields, follow=True)
    school = School.objects.get()
    assert (school.name, school.time_zone) == ("Riverside", "Europe/London")
    assert "Nobody is here yet" in words(page)
    assert mail.outbox[0].to == ["head@example.org"]
    assert client.post(new, fields).status_code == 422
    client.post(of(school, "close"), {"action": "close"})
    assert "Closed" in words(client.get(reverse("learners:school-list")))
    client.post(of(school, "close"), {"action": "reopen"})
    school.refresh_from_db()
    assert school.is_active


def test_a_closed_school_is_reached_by_nobody_of_it(
    client: Client, classroom: Classroom, manager: User
) -> None:
    School.objects.update(is_active=False)
    address = reverse("learners:class-detail", args=[classroom.uuid])
    for user in (manager, teacher_of(classroom)):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.get(of(classroom.school, "detail")).status_code == 404


def test_people_are_found_and_counted_in_few_queries(
    client: Client,
    classroom: Classroom,
    manager: User,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(5):
        learner_of(classroom)
    Membership.objects.filter(role="LEARNER").update(name="")
    ana = learner_of(classroom)
    Membership.objects.filter(user=ana).update(name="Ana Silva", external_id="77")
    with django_assert_max_num_queries(15):
        page = client.get(of(classroom.school, "detail"))
    assert "8b" in words(page)
    for search in ("silva", "77", ana.email):
        found = client.get(of(classroom.school, "detail"), {"search": search})
        assert [one.name for one in found.context["people"]] == ["Ana Silva"]
    staff = client.get(of(classroom.school, "detail"), {"role": "MANAGER"})
    assert [one.email for one in staff.context["people"]] == [manager.email]


def test_rules_are_changed_and_written_down(
    client: Client, classroom: Classroom, manager: User
) -> None:
    rules = of(classroom.school, "rules")
    good = {
        "name": "New name", "time_zone": "Asia/Tokyo", "records_minors": "on",
        "retention_days": "30", "learner_minutes_a_day": "40",
    }  # fmt: skip
    client.post(rules, good)
    school = School.objects.get()
    assert (school.records_minors, school.retention_days) == (True, 30)
    entry = AuditEntry.objects.get(action="school.changed")
    assert entry.detail["retention_days"] == 30
    assert "New name" not in str(entry.detail)
    for wrong in (
        {"retention_days": "0"},
        {"retention_days": "366"},
        {"concurrent_sessions": "0"},
        {"learner_minutes_a_day": "1441"},
        {"time_zone": "Mars/Base"},
        {"name": ""},
    ):
        assert client.post(rules, good | wrong).status_code == 422, wrong


def test_terms_are_kept_in_order_and_end_in_one_step(
    client: Client, classroom: Classroom, manager: User
) -> None:
    school = classroom.school
    fields = {"name": "Autumn", "starts_on": "2026-01-07", "ends_on": "2026-03-20"}
    wrong = fields | {"ends_on": "2026-01-06"}
    assert client.post(of(school, "terms"), wrong).status_code == 422
    client.post(of(school, "terms"), fields)
    assert client.post(of(school, "terms"), fields).status_code == 422
    term = Term.objects.get()
    Classroom.objects.filter(pk=classroom.pk).update(term=term)
    client.post(of(school, "term-archive", term.uuid))
    assert Classroom.objects.get(pk=classroom.pk).archived_at
    client.post(of(school, "term", term.uuid), fields | {"name": "Spring"})
    term.refresh_from_db()
    assert term.name == "Spring"
    client.post(of(school, "term-remove", term.uuid))
    assert Classroom.objects.get(pk=classroom.pk).term is None


def test_a_teacher_leaves_and_nothing_is_lost(
    client: Client, classroom: Classroom, manager: User
) -> None:
    school = classroom.school
    leaver, colleague = teacher_of(classroom), teacher_of(classroom)
    remove = of(school, "member-remove", leaver.uuid)
    client.post(remove, {"successor": ""})
    leaver.refresh_from_db()
    assert leaver.role == User.Role.LEARNER, "who teaches nowhere has no such menus"
    assert classroom.teachers.get().teacher == colleague
    assert client.post(remove).status_code == 404

    page = client.post(
        of(school, "member-remove", colleague.uuid), {"successor": ""}, follow=True
    )
    assert "Nobody teaches these classes" in words(page)
    (message,) = mail.outbox
    assert message.to == [manager.email]
    assert "8b" in message.body

    ninth = Classroom.objects.get(name="9c")
    third = teacher_of(ninth)
    ninth.teachers.exclude(teacher=third).delete()
    client.post(
        of(school, "member-remove", third.uuid), {"successor": str(manager.uuid)}
    )
    assert ninth.teachers.get().teacher == manager


def test_a_school_keeps_a_manager(
    client: Client, classroom: Classroom, manager: User
) -> None:
    member = of(classroom.school, "member", manager.uuid)
    page = client.post(member, {"role": "TEACHER"})
    assert page.status_code == 422
    assert "only manager" in words(page)
    with pytest.raises(LastManager):
        remove_member(
            membership_id=manager.memberships.get().pk, actor=None, now=timezone.now()
        )
    teacher = teacher_of(classroom)
    client.post(of(classroom.school, "member", teacher.uuid), {"role": "MANAGER"})
    client.post(member, {"role": "LEARNER"})
    manager.refresh_from_db()
    assert manager.role == User.Role.LEARNER
    assert not manager.classes_taught.exists()
    assert client.get(of(classroom.school, "detail")).status_code == 404
