"""The queue: what comes first, and accepting what needs no look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from coursework.models import Assignment, MarkChange, Submission
from coursework.review_selectors import next_after, waiting
from coursework.services.mark_points import draft_shown
from coursework.services.marks import GivenMark, mark_submission
from learners.models import User
from schools.models import Classroom

from ...factories.handed_in import TALKED, assignment_in, handed_in, rubric_of
from ...factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
NOW = TALKED + timedelta(days=1)


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def teacher(classroom: Classroom) -> User:
    return teacher_of(classroom)


@pytest.fixture
def work(classroom: Classroom) -> Assignment:
    rubric = rubric_of(
        ("Grammar", "errors_per_100_words", (3, 2, 1, 0), 3),
        ("Manner", "", (1, 0), 1),
    )
    return assignment_in(classroom, rubric=rubric)


def drafted(
    work: Assignment,
    *,
    known: float,
    trouble: tuple[str, ...] = (),
    whole: bool = True,
) -> Submission:
    """Return a submission with a draft of 15 points of 20."""
    manner = (
        {"level": 0, "points": 1} if whole else {"missing": "by_hand", "evidence": []}
    )
    return handed_in(
        work,
        learner_of(work.classroom),
        trouble=list(trouble),
        draft_points=15.0,
        draft_uncertainty=known if whole else known + 1,
        draft={
            "is_complete": whole,
            "known_uncertainty": known,
            "criteria": [
                {"key": "grammar", "weight": 3, "of": 3, "level": 1, "points": 2},
                {"key": "manner", "weight": 1, "of": 1} | manner,
            ],
        },
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_trouble_comes_first_then_doubt_and_what_is_marked_last(
    work: Assignment, teacher: User
) -> None:
    sure = drafted(work, known=1.0)
    doubtful = drafted(work, known=5.0)
    short = drafted(work, known=1.0, trouble=("short",))
    care = drafted(work, known=1.0, trouble=("care_open",))
    marked = drafted(work, known=1.0)
    given = GivenMark(version=0, points=15)
    mark_submission(submission_id=marked.pk, given=given, teacher=teacher, now=NOW)
    items = waiting(user=teacher, classroom_id=work.classroom_id)
    assert [i.submission for i in items] == [care, short, doubtful, sure, marked]
    assert [i.can_be_accepted for i in items] == [False, False, False, True, False]
    assert next_after(items, short) == doubtful
    assert next_after(items, marked) == care
    assert next_after(items[:1], care) is None


def test_the_rest_is_accepted_in_one_step_after_it_was_shown(
    work: Assignment, teacher: User, classroom: Classroom
) -> None:
    whole, partly = drafted(work, known=1.0), drafted(work, known=1.0, whole=False)
    unticked, troubled = (
        drafted(work, known=1.0),
        drafted(work, known=1.0, trouble=("short",)),
    )
    client = signed_in(teacher)
    url = reverse("coursework:review-queue", args=(classroom.uuid,))
    page = client.get(url, {"accept": "1"}).content.decode()
    assert f"{whole.uuid}:0" in page
    assert f"{troubled.uuid}:0" not in page
    accept = reverse("coursework:review-accept", args=(classroom.uuid,))
    chosen = [f"{one.uuid}:0:{draft_shown(one)}" for one in (whole, partly, troubled)]
    # Without a level for what nobody could measure, that one is left.
    client.post(accept, {"accept": chosen, "and_return": "yes"})
    for one in (whole, partly, unticked, troubled):
        one.refresh_from_db()
    assert (whole.points, whole.state) == (15, "RETURNED")
    assert {one.points for one in (partly, unticked, troubled)} == {None}
    field = f"decide-{work.rubric_id}-manner"
    client.post(accept, {"accept": chosen, field: "0"})
    partly.refresh_from_db()
    # 20 * (3 * 2/3 + 1) / 4
    assert (partly.points, partly.state) == (15, "SUBMITTED")
    assert partly.criteria == {"grammar": 1, "manner": 0}
    changes = MarkChange.objects.order_by("pk")
    assert {(c.way, c.by_id) for c in changes} == {("DRAFT_ACCEPTED", teacher.pk)}
    assert [bool(c.reason) for c in changes] == [False, True]
    # All that is marked goes back together.
    client.post(reverse("coursework:review-return-all", args=(classroom.uuid,)))
    partly.refresh_from_db()
    assert partly.state == "RETURNED"


def test_what_changed_meanwhile_is_not_accepted(
    work: Assignment, teacher: User, classroom: Classroom
) -> None:
    one = drafted(work, known=1.0)
    given = GivenMark(version=0, points=4, reason="off the point")
    mark_submission(submission_id=one.pk, given=given, teacher=teacher, now=NOW)
    accept = reverse("coursework:review-accept", args=(classroom.uuid,))
    sent = [f"{one.uuid}:0:15.0", "x", f"{one.uuid}:1:15.0"]
    signed_in(teacher).post(accept, {"accept": sent})
    one.refresh_from_db()
    assert one.points == 4


def test_a_class_of_25_costs_no_more_queries(
    work: Assignment,
    teacher: User,
    classroom: Classroom,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(25):
        drafted(work, known=1.0)
    client = signed_in(teacher)
    url = reverse("coursework:review-queue", args=(classroom.uuid,))
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert page.context["n"] == 25
    assert page.context["minutes"] <= 2
