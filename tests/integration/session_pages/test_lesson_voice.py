"""The voice for what stands on a lesson's page."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from inference import conf
from lessons.models import Lesson
from sessions.live.rate_limit import BucketPerUser
from sessions.views import lesson_voice
from tests.factories.lessons import LessonFactory
from tests.scripted_settings import INFERENCE as SCRIPTED

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sessions:lesson-voice")


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Scripted engines, and a limit that nothing but its own test reaches."""
    settings.INFERENCE = SCRIPTED
    bucket = BucketPerUser(rate_per_s=0.01, burst=6)
    monkeypatch.setattr(lesson_voice, "_voices", bucket)
    conf.shutdown()
    yield
    conf.shutdown()


@pytest.fixture
def lesson() -> Lesson:
    """Return a lesson with something of everything."""
    return LessonFactory.create(
        dialogue=[{"who": "Ines", "text": "Good evening!"}],
        words=[
            {"word": "hour", "gloss": "sixty minutes", "example": "It is one hour."}
        ],
        patterns=[{"pattern": "When is …?", "note": "Ask.", "example": "When is it?"}],
    )


def asked(client: Client, lesson: Lesson, part: str, **fields: str) -> Any:
    """Ask for a part of a lesson."""
    return client.post(ADDRESS, {"lesson": str(lesson.uuid), "part": part, **fields})


@pytest.mark.parametrize("part", ["line-0", "word-0", "example-0", "pattern-0"])
def test_each_part_of_a_lesson_can_be_heard(
    learner_client: Client, lesson: Lesson, part: str
) -> None:
    answer = asked(learner_client, lesson, part)
    assert answer.status_code == 200
    assert base64.b64decode(answer.json()["audio"])[:4] == b"RIFF"


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"part": "line-1"}, 404, "lesson.gone"),
        ({"part": ""}, 404, "lesson.gone"),
        ({"lesson": str(uuid4())}, 404, "lesson.gone"),
        ({"lesson": "x"}, 404, "lesson.gone"),
        ({"speed": "9"}, 400, "request.speed"),
    ],
)
def test_what_is_not_there_is_refused_with_words(
    learner_client: Client,
    lesson: Lesson,
    fields: dict[str, str],
    status: int,
    code: str,
) -> None:
    sent = {"lesson": str(lesson.uuid), "part": "line-0", **fields}
    answer = learner_client.post(ADDRESS, sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]


def test_who_asks_too_fast_is_asked_to_wait(
    learner_client: Client, lesson: Lesson
) -> None:
    for _ in range(6):
        asked(learner_client, lesson, "line-0")
    assert asked(learner_client, lesson, "line-0").status_code == 429
