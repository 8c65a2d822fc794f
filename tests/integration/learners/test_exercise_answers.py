"""Answers are marked and kept; what comes next depends on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from learners.exercise_selectors import (
    count_practice,
    has_exercises,
    list_answers,
    list_practice,
)
from learners.models import ExerciseAttempt, ExerciseItem, User
from learners.models.exercise_item import MAX_ANSWER_CHARS
from learners.services.exercises import (
    Answered,
    ExerciseProblem,
    answer_exercise,
    note_role_play,
)
from tests.factories.exercises import NOW, by_model, gap_fill, item, transform
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import LessonFactory
from tutor.exercises.feedback import Feedback, Outcome
from tutor.exercises.schema import RolePlay
from tutor.learner import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """Who practises."""
    learner: User = LearnerFactory.create()
    return learner


def answer(learner: User, exercise: ExerciseItem, text: str, **more: Any) -> Answered:
    return answer_exercise(
        learner_id=learner.pk,
        exercise_uuid=exercise.uuid,
        answer=text,
        **{"now": NOW, **more},
    )


def left(learner: User, **asked: Any) -> list[str]:
    practice = list_practice(learner_id=learner.pk, l2="en", **asked)
    return [task["exercise"] for task in practice.tasks]


def role_play(learner: User, **fields: Any) -> ExerciseItem:
    play = RolePlay(
        prompt="You are at a market.", solution="", tutor_role="A stallholder",
        goals=("I can ask for a price.",), level=Level.A2, l2="en",
        source="lesson:Market",
    )  # fmt: skip
    return item(learner, play, **fields)


def test_an_answer_is_marked_and_kept(learner: User) -> None:
    exercise = item(learner)
    found = answer(learner, exercise, "went", hinted=True)
    assert (found.mark.outcome, found.mark.words) == (Outcome.RIGHT, "That's right.")
    kept = ExerciseAttempt.objects.get()
    assert (kept.answer, kept.outcome, kept.score) == ("went", "right", 1.0)
    assert (kept.hinted, kept.spoken, kept.revision) == (True, False, 1)


def test_the_mistake_again_is_told_as_such(learner: User) -> None:
    found = answer(learner, item(learner, transform()), "Yesterday I go to the market.")
    assert (found.mark.outcome, found.mark.feedback) == (
        Outcome.WRONG,
        Feedback.POINT,
    )


@pytest.mark.parametrize(
    "text", ["", "   ", "\u202e", "🎒", "<script>", "'; DROP", "。"]
)
def test_whatever_is_written_gets_a_mark(learner: User, text: str) -> None:
    found = answer(learner, item(learner, transform()), text)
    assert found.mark.outcome in {Outcome.EMPTY, Outcome.WRONG}


def test_an_answer_that_is_pasted_by_the_page_is_refused(learner: User) -> None:
    exercise = item(learner)
    with pytest.raises(ExerciseProblem) as refused:
        answer(learner, exercise, "x" * (MAX_ANSWER_CHARS + 1))
    assert refused.value.code == "exercise.answer_too_long"
    assert not ExerciseAttempt.objects.exists()


def test_nobody_answers_for_somebody_else(learner: User) -> None:
    exercise = item(LearnerFactory.create())
    with pytest.raises(ExerciseProblem) as refused:
        answer(learner, exercise, "went")
    assert refused.value.code == "exercise.gone"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "REJECTED", "decided_at": NOW},
        {"schema_version": 99},
        {"data": {"kind": "gap_fill"}},
        {"data": []},
    ],
)
def test_what_is_not_shown_cannot_be_answered(
    learner: User, fields: dict[str, Any]
) -> None:
    exercise = item(learner, **fields)
    with pytest.raises(ExerciseProblem) as refused:
        answer(learner, exercise, "went")
    assert refused.value.code == "exercise.gone"
    assert left(learner) == []


@pytest.mark.parametrize(
    ("approval", "rules", "models"),
    [("model", True, False), ("all", False, False), ("none", True, True)],
)
def test_the_site_says_what_needs_a_teacher(
    learner: User, settings: Settings, approval: str, rules: bool, models: bool
) -> None:
    settings.EXERCISES = {**settings.EXERCISES, "APPROVAL": approval}
    by_rule, worded = item(learner), by_model(learner)
    shown = left(learner)
    assert (str(by_rule.uuid) in shown, str(worded.uuid) in shown) == (rules, models)
    waiting = set(ExerciseItem.objects.waiting())
    assert (by_rule in waiting, worded in waiting) == (not rules, not models)


def test_what_a_teacher_approved_is_shown_whatever_the_setting(
    learner: User, settings: Settings
) -> None:
    settings.EXERCISES = {**settings.EXERCISES, "APPROVAL": "all"}
    approved = by_model(learner, state="APPROVED", decided_at=NOW)
    assert left(learner) == [str(approved.uuid)]


def test_right_answers_are_done_and_others_come_again(learner: User) -> None:
    first, second = item(learner), item(learner, transform())
    assert count_practice(learner_id=learner.pk, l2="en") == 2
    answer(learner, first, "went")
    answer(learner, second, "Yesterday I go to the market.")
    assert left(learner) == [str(second.uuid)]
    answer(learner, second, "Yesterday I went to the market.", now=NOW + timedelta(1))
    assert left(learner) == []
    practice = list_practice(learner_id=learner.pk, l2="en", again=True)
    assert practice.again
    assert [task["exercise"] for task in practice.tasks] == [
        str(first.uuid),
        str(second.uuid),
    ]
    assert has_exercises(learner_id=learner.pk, l2="en")


def test_those_of_the_talk_come_first(learner: User) -> None:
    talk = uuid4()
    ours = item(learner, session=talk, created_at=NOW - timedelta(days=3))
    for n in range(8):
        other = gap_fill(prompt=f"Yesterday I ___ to the market at {n + 1}.")
        item(learner, other, session=uuid4())
    assert left(learner, session=talk)[0] == str(ours.uuid)


def test_a_task_never_holds_its_answer(learner: User) -> None:
    item(learner, transform())
    (task,) = list_practice(learner_id=learner.pk, l2="en").tasks
    assert "went" not in str(task)
    assert task["hint"] == "Look at “go”."


def test_a_role_play_needs_its_lesson_and_becomes_a_talk(learner: User) -> None:
    orphan = role_play(learner)
    assert left(learner) == []
    orphan.lesson = LessonFactory.create()
    orphan.save()
    assert left(learner) == [str(orphan.uuid)]
    talk = uuid4()
    note_role_play(
        learner_id=learner.pk, exercise_uuid=orphan.uuid, session=talk, now=NOW
    )
    assert left(learner) == []
    assert [one.session for one in list_answers(item=orphan)] == [talk]


def test_choosing_takes_few_queries(
    learner: User, django_assert_num_queries: Any
) -> None:
    for n in range(12):
        item(learner, gap_fill(prompt=f"Yesterday I ___ to the market at {n}."))
    with django_assert_num_queries(2):
        list_practice(learner_id=learner.pk, l2="en")
