"""The catalogue's pages."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import LessonProgress, User
from learners.services.course_progress import mark_talked
from lessons.importing import SHIPPED, import_course
from lessons.models import Course, Lesson
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """Return a learner of English at A2."""
    return LearnerFactory.create()


@pytest.fixture
def learner_client(client: Client, learner: User) -> Client:
    """Return a client with a learner signed in."""
    client.force_login(learner)
    return client


@pytest.fixture
def imported() -> Lesson:
    """Return the first lesson of an imported course."""
    import_course(SHIPPED / "english-a2")
    return Lesson.objects.get(course__key="english-a2", position=1)


def page_of(client: Client, name: str, *arguments: object) -> str:
    """Return a page of the catalogue."""
    return client.get(reverse(f"lessons:{name}", args=arguments)).content.decode()


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


def test_a_learner_is_led_to_the_first_lesson_of_their_level(
    learner_client: Client, imported: Lesson
) -> None:
    page = page_of(learner_client, "course-list")
    assert "Begin here" in page
    assert "Your level" in page
    assert reverse("lessons:lesson-detail", args=[imported.uuid]) in page


def test_courses_show_how_far_the_learner_is(
    learner_client: Client, learner: User, imported: Lesson
) -> None:
    now = timezone.now()
    LessonProgress.objects.create(
        learner=learner, lesson=imported, started_at=now, finished_at=now
    )
    mark_talked(learner_id=learner.pk, lesson=imported, now=now)
    assert "1 of 12 lessons" in page_of(learner_client, "course-list")
    course = page_of(learner_client, "course-detail", imported.course.uuid)
    assert 'data-state="finished"' in course
    assert "1 of 3 finished" in course
    assert course.count("data-next") == 1


def test_a_lesson_shows_all_that_is_read_and_heard(
    learner_client: Client, imported: Lesson
) -> None:
    page = page_of(learner_client, "lesson-detail", imported.uuid)
    for part in (
        *(f"line-{n}" for n in range(len(imported.dialogue))),
        *(f"word-{n}" for n in range(len(imported.words))),
        *(f"pattern-{n}" for n in range(len(imported.patterns))),
    ):
        assert page.count(f'data-part="{part}"') == 1
    assert f"You are {imported.dialogue[0]['who']}" in page
    assert reverse("sessions:session-start") in page


def test_going_on_to_the_exercises_keeps_that_the_lesson_was_read(
    learner_client: Client, learner: User, imported: Lesson
) -> None:
    address = reverse("lessons:lesson-read", args=[imported.uuid])
    for _twice in range(2):
        answer = learner_client.post(address)
        assert answer["Location"] == reverse(
            "sessions:lesson-exercises", args=[imported.uuid]
        )
    assert LessonProgress.objects.get().read_at is not None


def test_a_begun_course_is_still_found_when_it_is_withdrawn(
    learner_client: Client, imported: Lesson
) -> None:
    learner_client.post(reverse("lessons:lesson-read", args=[imported.uuid]))
    Course.objects.update(is_published=False)
    assert imported.course.title in page_of(learner_client, "course-list")
    assert imported.title in page_of(learner_client, "lesson-detail", imported.uuid)
