"""``manage.py make_exercises``: for whom, with and without the language model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inference import conf
from learners.models import ExerciseBatch, ExerciseItem, User
from sessions.models import TutoringSession
from sessions.services import start_session
from tests.factories.exercises import mistake
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.scripted_settings import INFERENCE as SCRIPTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """Who talked about a lesson an hour ago, and about another one before."""
    learner: User = LearnerFactory.create()
    for hours in (30, 5, 1):
        start_session(
            learner_id=learner.pk,
            lesson_uuid=LessonFactory.create().uuid,
            now=timezone.now() - timedelta(hours=hours),
        )
    mistake(learner)
    return learner


@pytest.fixture
def replies(settings: Any) -> Iterator[list[str]]:
    """What the language model says, one after the other."""
    said: list[str] = []
    dialogue = {**SCRIPTED["ENGINES"]["dialogue"], "OPTIONS": {"replies": said}}
    settings.INFERENCE = {
        **SCRIPTED,
        "ENGINES": {**SCRIPTED["ENGINES"], "dialogue": dialogue},
    }
    conf.shutdown()
    yield said
    conf.shutdown()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("make_exercises", *arguments, stdout=out)
    return out.getvalue()


def test_it_follows_each_learners_latest_talk(learner: User) -> None:
    other = LearnerFactory.create()
    start_session(
        learner_id=other.pk,
        lesson_uuid=None,
        now=timezone.now() - timedelta(days=3),
    )
    assert "Learners: 1." in run()
    batch = ExerciseBatch.objects.get()
    latest = TutoringSession.objects.filter(learner=learner).first()
    assert latest is not None
    assert (batch.session, batch.with_model) == (latest.uuid, False)
    lessons = ExerciseItem.objects.exclude(lesson=None).values_list("lesson", flat=True)
    assert set(lessons) == {latest.lesson_id}
    assert "Learners: 2." in run("--days", "7")
    assert "Learners: 0. Exercises made: 0, left out: 0." in run("--days", "0")


def test_one_learner_can_be_named(learner: User) -> None:
    assert "Learners: 1." in run("--learner", learner.email)
    with pytest.raises(CommandError, match="Nobody has the address"):
        run("--learner", "nobody@example.org")


def test_the_model_words_sentences_that_wait_for_a_teacher(
    learner: User, replies: list[str]
) -> None:
    replies += [
        json.dumps({"sentence": "She went home late last night."}),
        '{"right": "B"}',
    ]
    run("--model")
    worded = ExerciseItem.objects.get(origin="model", kind="gap_fill")
    assert worded.data["prompt"] == "She ___ home late last night."
    assert worded in ExerciseItem.objects.waiting()


def test_a_model_that_is_late_or_fails_takes_nothing_away(
    learner: User, settings: Any, replies: list[str]
) -> None:
    replies += ["{}"]
    options = settings.INFERENCE["ENGINES"]["dialogue"]["OPTIONS"]
    options["errors"] = ("llm.failed",)
    options["first_token_s"] = 0.2
    settings.EXERCISES = {**settings.EXERCISES, "MODEL_DEADLINE_S": 0.01}
    conf.shutdown()
    run("--model")
    assert not ExerciseItem.objects.filter(origin="model").exists()
    assert ExerciseItem.objects.filter(kind="gap_fill").exists()
    assert "did not answer" in json.dumps(ExerciseBatch.objects.get().dropped)
