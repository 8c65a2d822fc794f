"""Exercises are made from mistakes, lessons, words and sounds, and counted if left out."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from learners.exercise_drops import bare_reason
from learners.exercise_reading import read_exercise
from learners.mastery import Attempts
from learners.models import ExerciseBatch, ExerciseItem, User, VocabularyItem
from learners.services.exercise_making import MOST_MISTAKES, make_exercises
from learners.services.exercises import decide_exercise
from learners.services.mastery import record_attempts
from learners.services.memory_choices import forget_memory, purge_memory
from tests.factories.exercises import NOW, item, mistake
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import CourseFactory, LessonFactory
from tests.unit.tutor.exercises.making import ScriptedModel
from tutor.exercises import Kind, mark
from tutor.exercises.feedback import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """A speaker of Spanish at A2."""
    learner: User = LearnerFactory.create()
    return learner


def make(learner: User, **asked: Any) -> ExerciseBatch:
    """Make exercises as a page does."""
    return make_exercises(learner_id=learner.pk, **{"now": NOW, **asked})


def kinds(**about: Any) -> set[str]:
    return set(ExerciseItem.objects.filter(**about).values_list("kind", flat=True))


def test_a_mistake_gives_exercises_that_hold_where_they_come_from(
    learner: User,
) -> None:
    entry = mistake(learner)
    talk = uuid4()
    batch = make(learner, session=talk)
    assert kinds(ledger_entry=entry) == {
        "gap_fill",
        "transform",
        "reorder",
        "shadowing",
    }
    made = ExerciseItem.objects.filter(ledger_entry=entry)
    assert {(one.session, one.level, one.origin, one.state) for one in made} == {
        (talk, "A2", "rule", "DRAFT")
    }
    assert batch.made == ExerciseItem.objects.count()
    assert batch.session == talk


def test_whatever_is_kept_can_be_read_and_its_solution_is_right(learner: User) -> None:
    mistake(learner)
    mistake(learner, "", "an ", "I want {}apple", "article", key="article:>an")
    make(learner, lesson_id=LessonFactory.create().pk)
    for row in ExerciseItem.objects.all():
        exercise = read_exercise(row)
        assert exercise is not None
        if exercise.solution:
            assert mark(exercise, exercise.solution).outcome is Outcome.RIGHT


def test_a_lesson_gives_its_phrases_and_its_role_play(learner: User) -> None:
    lesson = LessonFactory.create(target_phrases=["How much is it?", "I’d like …"])
    make(learner, lesson_id=lesson.pk)
    assert {"dictation", "shadowing", "short_answer", "role_play"} <= kinds(
        lesson=lesson
    )
    assert "I’d like …" not in str(
        list(ExerciseItem.objects.values_list("data", flat=True))
    )


def test_a_lesson_of_another_language_gives_nothing(learner: User) -> None:
    lesson = LessonFactory.create(course=CourseFactory.create(l2="de"))
    make(learner, lesson_id=lesson.pk)
    assert not ExerciseItem.objects.filter(lesson=lesson).exists()


def test_weak_sounds_come_before_those_of_the_first_language(learner: User) -> None:
    record_attempts(
        learner_id=learner.pk, language="en", source="x",
        attempts={"θ": Attempts(right=2, wrong=30, n=32)}, spoken_at=NOW,
    )  # fmt: skip
    make(learner)
    pairs = ExerciseItem.objects.filter(kind=Kind.MINIMAL_PAIR)
    assert "sound:θ" in set(pairs.values_list("source", flat=True))
    assert pairs.count() > 2


def test_words_met_in_talks_are_asked_for(learner: User) -> None:
    VocabularyItem.objects.create(
        learner=learner, l2="en", text="bakery", gloss="a shop that sells bread",
        met_at=NOW,
    )  # fmt: skip
    make(learner)
    asked = ExerciseItem.objects.get(source="item:bakery")
    assert (asked.kind, asked.data["solution"]) == ("short_answer", "bakery")


def test_a_learner_without_any_talk_has_something_to_practise(learner: User) -> None:
    make(learner)
    assert kinds() == {"dictation", "shadowing", "minimal_pair"}


def test_making_again_makes_nothing_twice_and_goes_on_to_other_mistakes(
    learner: User,
) -> None:
    for n in range(MOST_MISTAKES + 1):
        mistake(
            learner, sentence=f"yesterday I {{}} to the market at {n + 1}", key=f"{n}"
        )
    make(learner)
    of_mistakes = ExerciseItem.objects.exclude(ledger_entry=None)
    assert of_mistakes.values("ledger_entry").distinct().count() == MOST_MISTAKES
    second = make(learner)
    assert of_mistakes.values("ledger_entry").distinct().count() == MOST_MISTAKES + 1
    assert second.known > 0
    third = make(learner)
    digests = ExerciseItem.objects.values_list("digest", flat=True)
    assert len(digests) == len(set(digests))
    assert third.known > 0


def test_what_a_teacher_rejected_is_not_made_again(learner: User) -> None:
    entry = mistake(learner)
    make(learner)
    rejected = ExerciseItem.objects.get(ledger_entry=entry, kind="gap_fill")
    teacher = LearnerFactory.create(role="TEACHER")
    decide_exercise(item_id=rejected.pk, approve=False, decider_id=teacher.pk, now=NOW)
    make(learner)
    assert ExerciseItem.objects.get(
        ledger_entry=entry, kind="gap_fill"
    ).state == "REJECTED"  # fmt: skip


def test_what_is_left_out_is_counted_without_anybodys_words(learner: User) -> None:
    mistake(learner, sentence="yesterday I {} to the flibbertigibbet market also")
    batch = make(learner)
    assert batch.n_dropped > 0
    stored = json.dumps(batch.dropped)
    assert "too hard for A2" in stored
    assert "flibbertigibbet" not in stored
    assert not ExerciseItem.objects.filter(data__icontains="flibbertigibbet").exists()


@pytest.mark.parametrize(
    ("reason", "bare"),
    [
        ("too hard for A2: these, words", "too hard for A2"),
        ("'at home' can stand elsewhere", "… can stand elsewhere"),
        ("there is no solution", "there is no solution"),
        ("another right order: see it", "another right order: see it"),
    ],
)
def test_reasons_lose_the_words_they_quote(reason: str, bare: str) -> None:
    assert bare_reason(reason) == bare


def test_a_model_adds_sentences_that_say_so(learner: User) -> None:
    mistake(learner)
    model = ScriptedModel(
        exercise_sentence=json.dumps({"sentence": "She went home late last night."}),
        exercise_choice=lambda data: json.dumps(
            {"right": "A" if data["A"] == "went" else "B"}
        ),
    )
    batch = make(learner, completion=model)
    assert batch.with_model
    worded = ExerciseItem.objects.get(origin="model", kind="gap_fill")
    assert worded.data["prompt"] == "She ___ home late last night."
    assert worded not in ExerciseItem.objects.in_use()


def test_a_model_that_fails_takes_nothing_away(learner: User) -> None:
    mistake(learner)
    batch = make(learner, completion=ScriptedModel())
    assert "the model did not answer" in json.dumps(batch.dropped)
    assert "gap_fill" in kinds()


def test_forgetting_a_mistake_forgets_its_exercises(learner: User) -> None:
    entry = mistake(learner)
    make(learner)
    entry.delete()
    assert not ExerciseItem.objects.filter(source__startswith="ledger:").exists()
    forget_memory(learner_id=learner.pk)
    assert not ExerciseItem.objects.exists()
    assert not ExerciseBatch.objects.exists()


def test_after_a_year_without_an_answer_exercises_go(learner: User) -> None:
    old, answered = item(learner), mistake(learner)
    make(learner)
    for row in ExerciseItem.objects.filter(ledger_entry=answered):
        row.attempts.create(
            revision=1, outcome="right", answered_at=NOW + timedelta(days=300)
        )
    purge_memory(now=NOW + timedelta(days=366))
    assert not ExerciseItem.objects.filter(pk=old.pk).exists()
    assert not ExerciseBatch.objects.exists()


def test_exercises_and_answers_go_with_their_learner(learner: User) -> None:
    mistake(learner)
    make(learner)
    ExerciseItem.objects.all()[0].attempts.create(
        revision=1, outcome="right", answered_at=NOW
    )
    other = item(LearnerFactory.create())
    learner.delete()
    assert list(ExerciseItem.objects.all()) == [other]
    assert not ExerciseBatch.objects.exists()


def test_a_teacher_who_leaves_takes_no_exercise_along(learner: User) -> None:
    teacher = LearnerFactory.create(role="TEACHER")
    made = item(learner)
    decide_exercise(item_id=made.pk, approve=True, decider_id=teacher.pk, now=NOW)
    teacher.delete()
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("APPROVED", None)
