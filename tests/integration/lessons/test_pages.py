"""The catalogue's pages."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.learners import LearnerFactory
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner_client(client: Client) -> Client:
    """Return a client with a learner signed in."""
    client.force_login(LearnerFactory.create())
    return client


def test_the_list_shows_published_courses(learner_client: Client) -> None:
    LessonFactory.create(course__title="Everyday talks")
    CourseFactory.create(title="Secret draft", is_published=False)
    page = learner_client.get(reverse("lessons:course-list")).content.decode()
    assert "Everyday talks" in page
    assert "1 lesson" in page
    assert "Secret draft" not in page


def test_an_empty_catalogue_says_so(learner_client: Client) -> None:
    page = learner_client.get(reverse("lessons:course-list"))
    assert "no courses here yet" in page.content.decode()


def test_a_course_lists_its_lessons_in_order(learner_client: Client) -> None:
    course = CourseFactory.create()
    LessonFactory.create(course=course, position=2, title="Second")
    LessonFactory.create(course=course, position=1, title="Opening")
    page = learner_client.get(
        reverse("lessons:course-detail", args=[course.uuid])
    ).content.decode()
    assert page.index("Opening") < page.index("Second")


def test_a_lesson_can_be_started(learner_client: Client) -> None:
    lesson = LessonFactory.create(title="At <the> market")
    page = learner_client.get(
        reverse("lessons:lesson-detail", args=[lesson.uuid])
    ).content.decode()
    assert f'name="lesson" value="{lesson.uuid}"' in page
    assert reverse("sessions:session-start") in page
    assert "At &lt;the&gt; market" in page


def test_drafts_and_unknown_ids_are_not_found(learner_client: Client) -> None:
    lesson = LessonFactory.create(course__is_published=False)
    for name, uuid in (
        ("lesson-detail", lesson.uuid),
        ("course-detail", lesson.course.uuid),
        ("lesson-detail", "00000000-0000-0000-0000-000000000000"),
    ):
        response = learner_client.get(reverse(f"lessons:{name}", args=[uuid]))
        assert response.status_code == 404
        assert "There is nothing here" in response.content.decode()
