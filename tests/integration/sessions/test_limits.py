"""Limits of course, level and lesson in a talk that is going on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from channels.db import database_sync_to_async
from django.utils import timezone

from inference import conf
from inference.stages.stage import EngineKind
from inference.types.dialogue import DialogueRequest
from learners.models import User
from sessions.models import Turn, TutoringSession, Utterance
from sessions.services import start_session
from tests.factories.lessons import LessonFactory

from .conftest import Browser

COURSE: dict[str, Any] = {
    "course__talk_minutes": 30,
    "course__tutor_model": "large",
    "course__tutor_temperature": 0.0,
    "course__tutor_reply_tokens": 44,
}


def begin(learner: User, **lesson: Any) -> TutoringSession:
    """Start a talk about a lesson, which has lasted for ninety seconds."""
    made = LessonFactory.create(**lesson)
    now = timezone.now()
    session = start_session(learner_id=learner.pk, lesson_uuid=made.uuid, now=now)
    for index in range(2):
        turn = Turn.objects.create(
            session=session,
            index=index,
            state=Turn.State.COMPLETED,
            started_at=now - timedelta(seconds=90 * (1 - index)),
        )
        Utterance.objects.create(
            turn=turn, speaker="TUTOR", source="MODEL", text=f"Good {index}."
        )
    return session


async def answer(learner: User, **lesson: Any) -> tuple[str, list[DialogueRequest]]:
    """Say something in such a talk; return the move, and what the model was asked."""
    tutoring = await database_sync_to_async(begin)(learner, **lesson)
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    text = "I like the apples at the market."
    await browser.send(type="text.submit", text=text, client_id="a")
    await browser.until("turn.ended", turn=2, outcome="completed")
    await browser.drop()
    turn = await Turn.objects.aget(session=tutoring, index=2)
    dialogue: Any = conf.get_engine(EngineKind.DIALOGUE)
    return (turn.move or {}).get("kind", ""), dialogue.requests


async def test_what_a_course_says_reaches_the_model(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {
        **settings.TEACHING,
        "ENABLED": False,
        "LEVEL_TEMPERATURES": {"A2": 0.9},
        "LEVEL_MODELS": {"A2": "small"},
    }
    _, (request,) = await answer(learner, **COURSE)
    assert (request.model, request.temperature) == ("large", 0.0)
    assert request.max_tokens == 44


async def test_what_a_level_says_counts_where_the_course_says_nothing(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {
        **settings.TEACHING,
        "ENABLED": False,
        "LEVEL_TEMPERATURES": {"A2": 0.9, "B1": 0.1},
        "LEVEL_MODELS": {"A2": "small"},
    }
    _, (request,) = await answer(learner)
    assert (request.model, request.temperature) == ("small", 0.9)


async def test_a_lesson_of_one_minute_is_closed_in_a_course_of_thirty(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {**settings.TEACHING, "ENABLED": True}
    move, _ = await answer(learner, **COURSE, talk_minutes=1)
    assert move == "close"
    move, _ = await answer(learner, **COURSE)
    assert move != "close"


async def test_the_model_of_a_course_words_what_is_taught_and_corrects_nothing(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {**settings.TEACHING, "ENABLED": True}
    _, requests = await answer(learner, **COURSE)
    asked = {request.conversation.split(":")[0]: request.model for request in requests}
    assert asked.pop("correction", "") == ""
    assert set(asked.values()) == {"large"}
