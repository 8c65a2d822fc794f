"""Builds a live session from the database, the settings and the engines."""

from __future__ import annotations

import asyncio
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings

from inference.conf import engine_name, get_engine, get_runner, wait_settled
from inference.stages.stage import EngineKind
from learners.selectors import get_learner_context
from lessons.selectors import get_lesson_brief
from sessions.repository import DatabaseTurnRepository
from sessions.selectors import get_session
from sessions.turns.prompting import Brief
from sessions.turns.segmenter import SegmenterSettings

from .live_session import LiveSession
from .settings import LiveSettings

# Loading the default models takes some seconds after the server's start.
WARM_UP_PATIENCE_S = 60.0


async def make_live_session(uuid: UUID) -> LiveSession:
    """Return a live session, not opened yet; wait for engines being warmed up."""
    await asyncio.to_thread(wait_settled, WARM_UP_PATIENCE_S)
    detector = await asyncio.to_thread(get_engine, EngineKind.DETECTOR)
    live_settings = await database_sync_to_async(_settings)(uuid)
    return LiveSession(
        live_settings,
        runner=get_runner(),
        detector=detector.open(),
        repository=DatabaseTurnRepository(session_uuid=uuid),
        on_closed=lambda: get_engine(EngineKind.DIALOGUE).release(str(uuid)),
    )


def _settings(uuid: UUID) -> LiveSettings:
    session = get_session(uuid=uuid)
    conf = settings.LIVE
    return LiveSettings(
        session_uuid=uuid,
        language=session.l2.split("-")[0],
        brief=_brief(session.learner_id, session.lesson_id, session.l2, session.level),
        engines={kind.value: engine_name(kind) for kind in EngineKind},
        segmenter=SegmenterSettings(
            end_silence_ms=conf["END_SILENCE_MS"],
            candidate_silence_ms=conf["CANDIDATE_SILENCE_MS"],
            max_utterance_ms=conf["MAX_UTTERANCE_MS"],
        ),
        partial_every_ms=conf["PARTIAL_EVERY_MS"],
        resume_grace_s=conf["RESUME_GRACE_S"],
    )


def _brief(learner_id: int, lesson_id: int | None, l2: str, level: str) -> Brief:
    learner = get_learner_context(user_id=learner_id)
    if lesson_id is None:
        return Brief(
            l2=l2, level=level, learner_name=learner.display_name, goal=learner.goal
        )
    lesson = get_lesson_brief(lesson_id=lesson_id)
    return Brief(
        l2=l2,
        level=level,
        learner_name=learner.display_name,
        goal=learner.goal,
        situation=lesson.situation,
        tutor_role=lesson.tutor_role,
        opening_line=lesson.opening_line,
        target_phrases=lesson.target_phrases,
    )
