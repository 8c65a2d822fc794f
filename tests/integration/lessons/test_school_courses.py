"""Courses that belong to a school: made and changed there, and seen by nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.course_selectors import get_lesson_for, list_courses_for
from learners.models import User
from learners.permissions import can_edit_course, editable_courses
from learners.services.course_progress import start_lesson
from lessons.models import Course, Lesson
from schools.models import AuditEntry, Classroom, Membership
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """Return a class of a school."""
    return ClassroomFactory.create()


@pytest.fixture
def teacher(client: Client, classroom: Classroom) -> User:
    """Return a teacher of the school, signed in."""
    found = teacher_of(classroom)
    client.force_login(found)
    return found


@pytest.fixture
def site_lesson() -> Lesson:
    """Return a lesson of a course of the site."""
    return LessonFactory.create(course__key="talks", course__title="Talks")


def ours(client: Client, course: Course, classroom: Classroom) -> Course:
    """Make a course the school's own and publish it, as a teacher does."""
    address = reverse("lessons:course-ours", args=[course.uuid])
    client.post(address, {"school": classroom.school.uuid})
    draft = Course.objects.get(school=classroom.school, is_draft=True)
    act = reverse("lessons:edit-act", args=[draft.uuid])
    client.post(act, {"action": "publish"})
    draft.refresh_from_db()
    return draft


def titles(learner: User) -> list[str]:
    """Return the courses that somebody can take."""
    found = list_courses_for(learner_id=learner.pk)
    return [standing.course.title for standing in found]


def test_a_course_of_the_site_becomes_the_schools_own_by_a_copy(
    client: Client, teacher: User, classroom: Classroom, site_lesson: Lesson
) -> None:
    own = ours(client, site_lesson.course, classroom)
    assert (own.version, own.is_current, own.is_published) == (1, True, True)
    assert own.key != site_lesson.course.key
    assert own.lessons.get().title == site_lesson.title
    site_lesson.course.refresh_from_db()
    assert site_lesson.course.is_current
    again = ours(client, site_lesson.course, classroom)
    assert again.key not in (own.key, site_lesson.course.key)
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"course.copied", "course.published"} <= set(actions)


def test_only_the_schools_people_see_and_take_it(
    client: Client, teacher: User, classroom: Classroom, site_lesson: Lesson
) -> None:
    own = ours(client, site_lesson.course, classroom)
    Course.objects.filter(pk=own.pk).update(title="Ours")
    member = learner_of(classroom)
    stranger, other = LearnerFactory.create(), learner_of(ClassroomFactory.create())
    assert titles(member) == ["Ours", "Talks"]
    assert titles(teacher) == ["Ours", "Talks"]
    lesson = own.lessons.get()
    for person in (stranger, other):
        assert titles(person) == ["Talks"]
        client.force_login(person)
        for address in (
            reverse("lessons:course-detail", args=[own.uuid]),
            reverse("lessons:lesson-detail", args=[lesson.uuid]),
        ):
            assert client.get(address).status_code == 404
        with pytest.raises(Lesson.DoesNotExist):
            get_lesson_for(learner_id=person.pk, uuid=lesson.uuid)
    client.force_login(member)
    detail = reverse("lessons:lesson-detail", args=[lesson.uuid])
    assert client.get(detail).status_code == 200


def test_who_left_the_school_sees_nothing_of_it_any_more(
    client: Client, teacher: User, classroom: Classroom, site_lesson: Lesson
) -> None:
    own = ours(client, site_lesson.course, classroom)
    member, lesson = learner_of(classroom), own.lessons.get()
    start_lesson(learner_id=member.pk, lesson=lesson, now=timezone.now())
    Membership.objects.filter(user=member).update(left_at=timezone.now())
    assert titles(member) == ["Talks"]
    with pytest.raises(Lesson.DoesNotExist):
        get_lesson_for(learner_id=member.pk, uuid=lesson.uuid)


def test_teachers_change_their_schools_courses_alone(
    client: Client, teacher: User, classroom: Classroom, site_lesson: Lesson
) -> None:
    own = ours(client, site_lesson.course, classroom)
    other = teacher_of(ClassroomFactory.create())
    admin = AdminFactory.create()
    assert list(editable_courses(teacher)) == [own]
    assert not editable_courses(other).exists()
    assert can_edit_course(admin, own)
    assert can_edit_course(admin, site_lesson.course)
    copy = reverse("lessons:edit-copy", args=[site_lesson.course.uuid])
    assert client.post(copy).status_code == 404
    client.post(reverse("lessons:edit-copy", args=[own.uuid]))
    draft = Course.objects.get(is_draft=True)
    pages = [
        reverse("lessons:edit-course", args=[draft.uuid]),
        reverse("lessons:edit-lesson", args=[draft.lessons.get().uuid]),
        reverse("lessons:lesson-preview", args=[draft.lessons.get().uuid]),
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    client.force_login(other)
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    posts = {
        reverse("lessons:edit-act", args=[draft.uuid]): {"action": "publish"},
        reverse("lessons:course-show", args=[own.uuid]): {"shown": "no"},
        reverse("lessons:edit-copy", args=[own.uuid]): {},
        reverse("lessons:course-ours", args=[own.uuid]): {
            "school": str(other.memberships.get().school.uuid)
        },
    }
    assert {client.post(page, sent).status_code for page, sent in posts.items()} == {
        404
    }
    own.refresh_from_db()
    assert own.is_published


def test_a_school_that_is_not_ones_own_gets_no_copy(
    client: Client, teacher: User, site_lesson: Lesson
) -> None:
    foreign = ClassroomFactory.create().school
    address = reverse("lessons:course-ours", args=[site_lesson.course.uuid])
    assert client.post(address, {"school": foreign.uuid}).status_code == 404
    assert Course.objects.count() == 1


def test_a_course_is_taken_out_of_the_catalogue_and_put_back(
    client: Client, teacher: User, classroom: Classroom, site_lesson: Lesson
) -> None:
    own = ours(client, site_lesson.course, classroom)
    begun, new = learner_of(classroom), learner_of(classroom)
    start_lesson(learner_id=begun.pk, lesson=own.lessons.get(), now=timezone.now())
    address = reverse("lessons:course-show", args=[own.uuid])
    client.post(address, {"shown": "no"})
    assert titles(new) == ["Talks"]
    assert titles(begun) == ["Talks", "Talks"]
    client.post(address, {"shown": "yes"})
    assert titles(new) == ["Talks", "Talks"]
    assert client.post(address, {"shown": "perhaps"}).status_code == 404


def test_a_course_begins_empty(
    client: Client, teacher: User, classroom: Classroom
) -> None:
    address = reverse("lessons:course-begin")
    sent = {
        "title": "Our town",
        "l2": "en",
        "level": "",
        "school": classroom.school.uuid,
    }
    assert client.post(address, sent | {"title": ""}).status_code == 422
    client.post(address, sent)
    draft = Course.objects.get()
    assert (draft.title, draft.school, draft.is_draft) == (
        "Our town",
        classroom.school,
        True,
    )
    act = reverse("lessons:edit-act", args=[draft.uuid])
    assert client.post(act, {"action": "publish"})["Location"].endswith("?check")
    client.post(act, {"action": "add"})
    client.post(act, {"action": "publish"})
    draft.refresh_from_db()
    assert draft.is_published


def test_a_teacher_without_a_school_is_told_why(client: Client) -> None:
    client.force_login(LearnerFactory.create(role=User.Role.TEACHER))
    page = client.get(reverse("lessons:edit-list"))
    assert b"You are in no school yet" in page.content
