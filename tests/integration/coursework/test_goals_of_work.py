"""The goals of work: judged from the talk when it is handed in, shown to teacher and learner."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from coursework.models import Submission
from coursework.services.draft_marks import keep_draft
from learners.models import User
from schools.models import Classroom
from sessions.models import Turn, Utterance

from ...factories.handed_in import assignment_in, handed_in, rubric_of, talk_of
from ...factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db

ORDER = "I can order a drink and some food."
PRICE = "I can ask what something costs."
MOOD = "I can be charming."
INVITE = "I can invite people."


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def learner(classroom: Classroom) -> User:
    return learner_of(classroom)


@pytest.fixture
def submission(classroom: Classroom, learner: User) -> Submission:
    work = assignment_in(
        classroom,
        rubric=rubric_of(("Task", "goals_reached", (3, 2, 1, 0), 1)),
        goals=[ORDER, PRICE, MOOD],
    )
    talk = talk_of(learner)
    talk.own_brief = {"title": work.title, "goals": [ORDER, INVITE]}
    talk.save()
    return handed_in(work, learner, session=talk)


def test_a_draft_says_of_each_goal_where_it_was_reached(submission: Submission) -> None:
    draft = submission.draft
    assert draft is not None
    order, price, mood = draft["goals"]
    assert (order["reached"], price["reached"], mood["reached"]) == (True, True, None)
    assert [one["turn"] for one in order["moments"]] == [1, 2]
    assert price["moments"][0]["turn"] == 3
    assert price["moments"][0]["at_ms"] > 0
    assert mood["why"] == "not_read"
    # Two of three, and half of the one that nobody can tell.
    assert draft["criteria"][0]["share"] == pytest.approx(5 / 6, abs=0.001)


def test_the_teacher_sees_goals_beside_the_criterion_with_their_moments(
    client: Client, submission: Submission
) -> None:
    classroom = submission.assignment.classroom
    client.force_login(teacher_of(classroom))
    url = reverse("coursework:review-detail", args=(classroom.uuid, submission.uuid))
    text = client.get(url).content.decode()
    assert text.count("goal--reached") == 2
    assert 'data-seek-turn="3"' in text
    assert "cannot be told by rule: you decide" in text


def test_the_learner_sees_goals_ticked_and_none_held_against_them(
    client: Client, learner: User, submission: Submission
) -> None:
    client.force_login(learner)
    url = reverse("sessions:session-report", args=(submission.session,))
    text = client.get(url).content.decode()
    assert text.count("goals__item--reached") == 1
    assert INVITE in text
    Turn.objects.filter(index__gt=0).delete()
    assert "goals__item" not in client.get(url).content.decode()


def test_words_that_were_doubted_show_no_goal(submission: Submission) -> None:
    Utterance.objects.filter(speaker="LEARNER").update(confidence=0.2)
    draft = keep_draft(submission_id=submission.pk).draft
    assert draft is not None
    assert [one["reached"] for one in draft["goals"]] == [None, None, None]
    assert draft["criteria"][0]["missing"] == "unclear"
