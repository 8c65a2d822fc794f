"""A teacher's classes as pages: who may open them, and what they do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coursework.models import Assignment
from learners.models import ActivityDay, Guardian, User
from schools.models import (
    AuditEntry,
    Classroom,
    ClassTeacher,
    Enrolment,
    LearnerGroup,
    Membership,
)
from tests.factories.coursework import AssignmentFactory
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """A class of a school."""
    classroom: Classroom = ClassroomFactory.create(name="Evening English")
    return classroom


@pytest.fixture
def teacher(client: Client, classroom: Classroom) -> User:
    """Who teaches it and is signed in."""
    teacher = teacher_of(classroom)
    client.force_login(teacher)
    return teacher


def of(classroom: Classroom, name: str, *more: Any) -> str:
    return reverse(f"learners:{name}", args=[classroom.uuid, *more])


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_nobody_but_its_teachers_managers_and_administrators_opens_a_class(
    classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    manager = teacher_of(ClassroomFactory.create(school=classroom.school))
    manager.memberships.update(role="MANAGER")
    gone = teacher_of(classroom)
    gone.memberships.update(left_at=timezone.now())
    may = (teacher, manager, AdminFactory.create())
    may_not = (
        learner,
        LearnerFactory.create(),
        teacher_of(ClassroomFactory.create()),
        teacher_of(ClassroomFactory.create(school=classroom.school)),
        gone,
    )
    pages = (
        of(classroom, "class-detail"),
        of(classroom, "class-settings"),
        of(classroom, "class-delete"),
        of(classroom, "class-group-new"),
        of(classroom, "class-import"),
        of(classroom, "class-roster"),
        of(classroom, "class-learner", learner.uuid),
        of(classroom, "class-learner-archive", learner.uuid),
    )
    for user in may:
        for page in pages:
            assert browser(user).get(page).status_code == 200, (user, page)
    actions = (
        of(classroom, "class-archive"),
        of(classroom, "class-link"),
        of(classroom, "class-teacher-add"),
        of(classroom, "class-learner-password", learner.uuid),
        of(classroom, "class-learner-move", learner.uuid),
        of(classroom, "class-guardian-add", learner.uuid),
    )
    for user in may_not:
        for page in pages:
            assert browser(user).get(page).status_code == 404, (user, page)
        for action in actions:
            assert browser(user).post(action).status_code == 404, (user, action)


def test_a_teacher_reaches_only_who_is_in_the_class_now(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    elsewhere = learner_of(ClassroomFactory.create(school=classroom.school))
    left = learner_of(classroom)
    left.enrolments.update(left_at=timezone.now())
    for learner in (elsewhere, left):
        assert (
            client.get(of(classroom, "class-learner", learner.uuid)).status_code == 404
        )


def test_a_class_is_made_by_who_teaches_at_a_school(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    fields = {"name": "8b", "l2": "de", "level": "A2"}
    page = client.post(reverse("learners:class-new"), fields, follow=True)
    made = Classroom.objects.get(name="8b")
    assert (made.school, made.l2, made.level) == (classroom.school, "de", "A2")
    assert made.teachers.get().teacher == teacher
    assert "Nobody is here yet" in words(page)

    again = client.post(reverse("learners:class-new"), fields)
    assert again.status_code == 422
    assert "has a class of this name already" in words(again)
    learner = learner_of(classroom)
    assert browser(learner).get(reverse("learners:class-new")).status_code == 404
    assert browser(learner).get(reverse("learners:class-list")).status_code == 404


def test_the_list_names_only_ones_own_classes(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    ClassroomFactory.create(name="Not mine", school=classroom.school)
    learner_of(classroom)
    page = words(client.get(reverse("learners:class-list")))
    assert "Evening English" in page
    assert "1 learner" in page
    assert "Not mine" not in page
    client.post(of(classroom, "class-archive"))
    page = words(client.get(reverse("learners:class-list")))
    assert "Evening English" not in page
    page = words(client.get(reverse("learners:class-list"), {"show": "archived"}))
    assert "Evening English" in page


def test_learners_are_listed_with_what_they_did(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    Membership.objects.filter(user=learner).update(name="Ana <b> Silva")
    today = timezone.localdate()
    for ago, seconds in ((0, 600), (2, 300), (8, 6000)):
        ActivityDay.objects.create(
            learner=learner, day=today - timedelta(days=ago), l2="en", active_s=seconds
        )
    page = words(client.get(of(classroom, "class-detail")))
    assert "Ana &lt;b&gt; Silva" in page
    assert '<td class="people__figure">15</td>' in page
    found = client.get(of(classroom, "class-detail"), {"search": "silva"})
    assert "Ana &lt;b&gt;" in words(found)
    none = client.get(of(classroom, "class-detail"), {"search": "nobody\x00"})
    assert "Nobody in this class is called that" in words(none)
    assert AuditEntry.objects.filter(action="roster.seen", actor=teacher.uuid).exists()


def test_the_page_of_a_large_class_takes_few_queries(
    client: Client,
    classroom: Classroom,
    teacher: User,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(12):
        learner_of(classroom)
    with django_assert_max_num_queries(15):
        client.get(of(classroom, "class-detail"))
    for _ in range(3):
        teacher_of(classroom)
    with django_assert_max_num_queries(15):
        client.get(reverse("learners:class-list"))


def test_settings_are_saved_and_bad_ones_are_told(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    ClassroomFactory.create(name="Taken", school=classroom.school)
    fields = {"name": "Late English", "l2": "en", "late_percent_a_day": "10"}
    client.post(of(classroom, "class-settings"), fields)
    classroom.refresh_from_db()
    assert (classroom.name, classroom.late_percent_a_day) == ("Late English", 10)
    for wrong in (
        {"name": "Taken"},
        {"name": ""},
        {"late_percent_a_day": "101"},
        {"learner_minutes_a_day": "0"},
        {"l2": "xx"},
    ):
        page = client.post(of(classroom, "class-settings"), fields | wrong)
        assert page.status_code == 422, wrong
        assert "<h1>Late English</h1>" in words(page)
    classroom.refresh_from_db()
    assert classroom.name == "Late English"


def test_a_class_with_work_in_it_is_archived_instead_of_deleted(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    AssignmentFactory.create(classroom=classroom)
    page = client.post(of(classroom, "class-delete"))
    assert page.status_code == 409
    assert "Archive it instead" in words(page)
    assert of(classroom, "class-archive") in words(page)
    is_open = Classroom.objects.filter(pk=classroom.pk, archived_at=None)
    client.post(of(classroom, "class-archive"))
    assert not is_open.exists()
    client.post(of(classroom, "class-restore"))
    assert is_open.exists()

    empty = ClassroomFactory.create(school=classroom.school)
    ClassTeacher.objects.create(
        classroom=empty, teacher=teacher, added_at=timezone.now()
    )
    client.post(of(empty, "class-delete"))
    assert not Classroom.objects.filter(pk=empty.pk).exists()


def test_co_teachers_are_of_the_school_and_one_stays(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    colleague = teacher_of(ClassroomFactory.create(school=classroom.school))
    stranger = teacher_of(ClassroomFactory.create())
    add = of(classroom, "class-teacher-add")
    for address in (stranger.email, learner_of(classroom).email, "no@example.org"):
        page = client.post(add, {"email": address}, follow=True)
        assert "Nobody with this address teaches at your school" in words(page)
    remove = of(classroom, "class-teacher-remove", teacher.uuid)
    assert "only teacher" in words(client.post(remove, follow=True))

    client.post(add, {"email": colleague.email.upper()})
    assert classroom.teachers.count() == 2
    left = client.post(remove)
    assert left["Location"] == reverse("learners:class-list")
    assert classroom.teachers.get().teacher == colleague


def test_a_learner_is_moved_archived_and_keeps_what_was_done(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    group = LearnerGroup.objects.create(classroom=classroom, name="Fast")
    group.members.add(learner)
    other = ClassroomFactory.create(school=classroom.school, name="8b")
    foreign = ClassroomFactory.create()
    for one in (other, foreign):
        ClassTeacher.objects.create(
            classroom=one, teacher=teacher, added_at=timezone.now()
        )
    move = of(classroom, "class-learner-move", learner.uuid)
    assert client.post(move, {"to": foreign.uuid}).status_code == 422
    assert client.post(move, {"to": "x"}).status_code == 422
    client.post(move, {"to": other.uuid})
    assert learner.enrolments.get(left_at=None).classroom == other
    assert not group.members.exists()

    client.post(of(other, "class-learner-archive", learner.uuid))
    assert not learner.enrolments.filter(left_at=None).exists()
    assert Enrolment.objects.filter(learner=learner).count() == 2
    actions = AuditEntry.objects.filter(subject=learner.uuid).values_list(
        "action", flat=True
    )
    assert {"enrolment.began", "enrolment.ended"} <= set(actions)


def test_minutes_and_a_password_link_for_one_learner(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    quota = of(classroom, "class-learner-quota", learner.uuid)
    assert client.post(quota, {"minutes": "2000"}).status_code == 422
    client.post(quota, {"minutes": "25"})
    assert Membership.objects.get(user=learner).minutes_a_day == 25
    client.post(quota, {"minutes": ""})
    assert Membership.objects.get(user=learner).minutes_a_day is None

    send = of(classroom, "class-learner-password", learner.uuid)
    for _ in range(3):
        client.post(send)
    assert [message.to for message in mail.outbox] == [[learner.email]] * 3
    assert "within an hour" in words(client.post(send, follow=True))
    assert len(mail.outbox) == 3


def test_guardians_of_a_minor_are_asked_and_removed(
    client: Client,
    classroom: Classroom,
    teacher: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    learner = learner_of(classroom)
    add = of(classroom, "class-guardian-add", learner.uuid)
    assert client.post(add, {"email": learner.email}).status_code == 422
    client.post(of(classroom, "class-learner-minor", learner.uuid), {"is_minor": "1"})
    assert "Minor, no guardian" in words(client.get(of(classroom, "class-detail")))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(add, {"email": "Mum@example.org", "name": "Mum"})
    (message,) = mail.outbox
    assert message.to == ["mum@example.org"]
    assert "/guardian/" in message.body
    assert "Minor, guardian asked" in words(client.get(of(classroom, "class-detail")))

    guardian = Guardian.objects.get()
    other = learner_of(classroom)
    remove = of(classroom, "class-guardian-remove", other.uuid, guardian.uuid)
    assert client.post(remove).status_code == 404
    client.post(of(classroom, "class-guardian-remove", learner.uuid, guardian.uuid))
    guardian.refresh_from_db()
    assert guardian.removed_at


def test_a_group_holds_only_learners_of_the_class(
    client: Client, classroom: Classroom, teacher: User
) -> None:
    inside, outside = learner_of(classroom), LearnerFactory.create()
    new = of(classroom, "class-group-new")
    wrong = {"name": "Fast", "learners": [str(outside.uuid)]}
    assert client.post(new, wrong).status_code == 422
    client.post(new, {"name": "Fast", "learners": [str(inside.uuid)]})
    group = LearnerGroup.objects.get()
    assert list(group.members.all()) == [inside]
    assert client.post(new, {"name": "Fast"}).status_code == 422
    edit = of(classroom, "class-group", group.uuid)
    client.post(edit, {"name": "Slow", "learners": []})
    group.refresh_from_db()
    assert (group.name, group.members.count()) == ("Slow", 0)

    AssignmentFactory.create(classroom=classroom, group=group)
    delete = of(classroom, "class-group-delete", group.uuid)
    assert "Work was set for this group" in words(client.post(delete, follow=True))
    Assignment.objects.all().delete()
    client.post(delete)
    assert not LearnerGroup.objects.exists()
