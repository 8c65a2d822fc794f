"""The pages on which learners find, begin and hand in their work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coursework.models import Assignment, Submission
from learners.models import User
from schools.models import Classroom
from sessions.models import Turn, TutoringSession, Utterance
from tests.factories.coursework import AssignmentFactory
from tests.factories.exercises_of_lessons import exercise_of
from tests.factories.lessons import LessonFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def classroom() -> Classroom:
    return ClassroomFactory.create()


@pytest.fixture
def learner(classroom: Classroom, client: Client) -> User:
    learner = learner_of(classroom)
    client.force_login(learner)
    return learner


@pytest.fixture
def work(classroom: Classroom) -> Assignment:
    return _open(classroom, title="My weekend", min_minutes=2, goals=["I can tell it."])


def _open(classroom: Classroom, **fields: object) -> Assignment:
    now = timezone.now()
    known: dict[str, object] = {
        "opens_at": now - DAY,
        "published_at": now - DAY,
        "due_at": now + DAY,
    }
    return AssignmentFactory.create(classroom=classroom, **(known | fields))


def _page(name: str, work: Assignment, *more: str) -> str:
    return reverse(f"coursework:{name}", args=(work.uuid, *more))


def test_a_talk_from_the_list_to_handed_in(
    client: Client, learner: User, work: Assignment
) -> None:
    listed = client.get(reverse("coursework:work-list")).content.decode()
    assert "My weekend" in listed
    assert "due tomorrow" in listed
    page = client.get(_page("work-detail", work)).content.decode()
    assert "I can tell it." in page
    assert "Start talking" in page
    assert "Hand in</button>" not in page

    begun = client.post(_page("work-begin", work, "talk"))
    session = TutoringSession.objects.get()
    assert begun["Location"] == reverse("sessions:session-live", args=(session.uuid,))
    refused = client.post(_page("work-hand-in", work), follow=True).content.decode()
    assert "nothing to hand in yet" in refused

    turn = Turn.objects.create(session=session, index=1, started_at=timezone.now())
    Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", text="Hi", duration_ms=61_000
    )
    review = client.get(reverse("sessions:session-review", args=(session.uuid,)))
    assert "It counts once you hand it in" in review.content.decode()
    page = client.get(_page("work-detail", work)).content.decode()
    assert "1 minute of your own voice" in page
    for _again in range(2):
        handed = client.post(_page("work-hand-in", work), follow=True)
        assert "Your teacher will look at it" in handed.content.decode()
    submission = Submission.objects.get()
    assert (submission.state, submission.spoken_s) == ("SUBMITTED", 61)
    listed = client.get(reverse("coursework:work-list")).content.decode()
    assert "With your teacher" in listed


def test_exercises_lead_to_those_that_were_chosen(
    client: Client, learner: User, classroom: Classroom
) -> None:
    lesson = LessonFactory.create()
    rows = [exercise_of(lesson, "dictation"), exercise_of(lesson, "reorder", 1)]
    work = _open(
        classroom, kind="EXERCISES", lesson=lesson, exercises=[str(rows[1].uuid)]
    )
    place = client.post(_page("work-begin", work, "exercises"))["Location"]
    assert place == (
        reverse("sessions:lesson-exercises", args=(lesson.uuid,))
        + f"?only={rows[1].uuid}"
    )
    page = client.get(place)
    shown = [task["exercise"] for task in page.context["page"]["tasks"]]
    assert shown == [str(rows[1].uuid)]
    assert work.title in page.content.decode()


def test_a_drill_leads_to_its_sounds(
    client: Client, learner: User, classroom: Classroom
) -> None:
    work = _open(classroom, kind="DRILL", contrast="ɹ-l", scenario="")
    page = client.get(_page("work-detail", work)).content.decode()
    assert "right or light" in page
    begun = client.post(_page("work-begin", work, "drill"), follow=True)
    assert begun.status_code == 200
    assert work.title in begun.content.decode()
    learner.profile.l2 = "de"
    learner.profile.save()
    told = client.post(_page("work-begin", work, "drill"), follow=True)
    assert "Choose that language in your profile" in told.content.decode()


def test_work_of_others_is_as_unknown_as_none(
    client: Client, learner: User, classroom: Classroom
) -> None:
    other_class = ClassroomFactory.create(school=classroom.school)
    hidden = [
        _open(other_class),
        _open(classroom, published_at=None),
        _open(classroom, opens_at=timezone.now() + DAY, due_at=None),
    ]
    classmate = learner_of(classroom)
    for_one = _open(classroom)
    for_one.targets.create(learner=classmate)
    for work in (*hidden, for_one):
        assert client.get(_page("work-detail", work)).status_code == 404
        assert client.post(_page("work-begin", work, "talk")).status_code == 404
        assert client.post(_page("work-hand-in", work)).status_code == 404
    assert not Submission.objects.exists()
    client.force_login(teacher_of(classroom))
    assert client.get(_page("work-detail", for_one)).status_code == 404


def test_the_list_asks_the_database_no_more_often_with_more_work(
    client: Client,
    learner: User,
    classroom: Classroom,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(12):
        work = _open(classroom, title=f"W{n}")
        if n % 3 == 0:
            work.submissions.create(learner=learner, started_at=timezone.now())
    with django_assert_max_num_queries(11):
        assert client.get(reverse("coursework:work-list")).status_code == 200


def test_work_comes_first_on_today(
    client: Client, learner: User, classroom: Classroom
) -> None:
    for n in range(5):
        _open(classroom, title=f"Piece {n}", due_at=timezone.now() + (5 - n) * DAY)
    page = client.get(reverse("today")).content.decode()
    assert page.index("From your teacher") < page.index("Also for today")
    assert page.index("Piece 4") < page.index("Piece 3") < page.index("Piece 2")
    assert "Piece 1" not in page
    assert "2 more" in page
