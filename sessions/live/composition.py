"""Builds a live session from the database, the settings and the engines."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import timezone

from inference.conf import engine_name, get_engine, get_runner, wait_settled
from inference.errors import StageError
from inference.stages.stage import EngineKind
from learners.context import LearnerContext
from learners.selectors import get_learner_context, kept_words_to_bring
from learners.services.memory import open_talk
from learners.services.pauses import kept_pauses
from lessons.brief import LessonBrief
from lessons.exercise_selectors import get_exercise_brief
from lessons.limits import OwnLimits, TalkLimits, resolve
from sessions.generations import take_up
from sessions.models import TutoringSession
from sessions.own_brief import brief_of_talk, long_enough, read_own_brief
from sessions.portraits.readiness import withheld_portraits
from sessions.quota_places import BEAT_S
from sessions.repository import DatabaseTurnRepository
from sessions.selectors import get_session
from sessions.turns.budget import Budget, steps_named
from sessions.turns.near_voice import NearVoiceStream
from sessions.turns.pauses import Pauses
from sessions.turns.prompting import Brief
from sessions.turns.resuming import resumed_state, talked_minutes
from sessions.turns.segmenter import SegmenterSettings
from sessions.voice_clips.choosing import talk_voice
from tutor.analysis import EMBEDDED, STRONG, Form
from tutor.brief import LessonPlan
from tutor.learner import Learner, Level
from tutor.memory.opening import TalkMemory, opening_line, remembered_line
from tutor.planning import free_talk_items, lesson_items, topic_words

from .entrance import Entry, enter, plan_minutes
from .live_session import LiveSession
from .quota_watch import QuotaWatch
from .settings import LiveSettings
from .teaching import TeachingSettings
from .turn_taking_setting import end_silence_ms, make_end_of_turn
from .video_setting import video_setting

# Loading the default models takes some seconds after the server's start.
WARM_UP_PATIENCE_S = 60.0


async def make_live_session(uuid: UUID) -> LiveSession:
    """Return a live session, not opened yet; wait for engines being warmed up.

    Raises WireError where limits of talking do not let it begin.
    """
    await asyncio.to_thread(wait_settled, WARM_UP_PATIENCE_S)
    entry = await enter(uuid)
    try:
        return await _make(uuid, entry)
    except BaseException:
        await entry.ledger.close(datetime.now(UTC))
        raise


async def _make(uuid: UUID, entry: Entry) -> LiveSession:
    detector = await asyncio.to_thread(get_engine, EngineKind.DETECTOR)
    # From here on whoever had the talk writes nothing, and nothing is missed of it.
    generation = await database_sync_to_async(take_up)(session_uuid=uuid)
    live_settings = await database_sync_to_async(_settings)(
        uuid, entry.left_s, generation
    )
    avatar, withheld = await database_sync_to_async(_avatars)(uuid)
    live = LiveSession(
        live_settings,
        runner=get_runner(),
        detector=NearVoiceStream(detector.open()),
        repository=DatabaseTurnRepository(session_uuid=uuid, generation=generation),
        on_closed=lambda: _release(str(uuid)),
        video=await asyncio.to_thread(video_setting, avatar, withheld)
        if entry.may_film
        else None,
    )
    live.speech.end_of_turn = await asyncio.to_thread(make_end_of_turn, live_settings)
    live.watch = QuotaWatch(
        entry.ledger,
        beat_s=BEAT_S,
        emit=live.emit,
        is_busy=lambda: live.turns.current is not None,
        end=live.end,
        taken=lambda: live.on_taken(),
    )
    return live


def _avatars(uuid: UUID) -> tuple[str, frozenset[str]]:
    """Return whom the session's learner chose, ``""`` for nobody, and who is not shown."""
    learner = get_learner_context(user_id=get_session(uuid=uuid).learner_id)
    return learner.avatar, withheld_portraits()


def _release(talk: str) -> None:
    """Let engines forget a talk that is over."""
    for kind in (EngineKind.DIALOGUE, EngineKind.FACE_RENDERER):
        # An engine that cannot be had remembers nothing, and must not keep a talk open.
        with suppress(StageError):
            get_engine(kind).release(talk)


def _settings(
    uuid: UUID, left_s: float | None = None, generation: int = 1
) -> LiveSettings:
    session = get_session(uuid=uuid)
    conf = settings.LIVE
    memory = open_talk(learner_id=session.learner_id, l2=session.l2, session=uuid)
    learner = get_learner_context(user_id=session.learner_id)
    lesson = (
        get_exercise_brief(lesson_id=session.lesson_id, exercise=session.exercise)
        if session.lesson_id is not None
        else None
    )
    own = read_own_brief(session.own_brief)
    lesson = brief_of_talk(own, lesson, session=uuid)
    limits = long_enough(_limits(session.level, lesson), own)
    return LiveSettings(
        session_uuid=uuid,
        language=session.l2.split("-")[0],
        brief=_brief(session, learner, lesson, memory),
        teaching=_teaching(session, learner, lesson, memory, limits.minutes, left_s),
        engines={kind.value: engine_name(kind) for kind in EngineKind},
        segmenter=SegmenterSettings(
            end_silence_ms=end_silence_ms(),
            candidate_silence_ms=conf["CANDIDATE_SILENCE_MS"],
            max_utterance_ms=conf["MAX_UTTERANCE_MS"],
        ),
        max_reply_tokens=limits.reply_tokens,
        temperature=limits.temperature,
        model=limits.model,
        voice=talk_voice(
            session,
            avatar=learner.avatar or conf["AVATAR"],
            today=timezone.localdate(),
        ),
        partial_every_ms=conf["PARTIAL_EVERY_MS"],
        pauses=Pauses.from_json(
            kept_pauses(learner_id=session.learner_id, l2=session.l2)
        ),
        speculation=conf["SPECULATION"],
        budget=Budget(
            target_ms=conf["FIRST_AUDIO_TARGET_MS"],
            always=steps_named(conf["BUDGET_ALWAYS"]),
            words_decide=conf["TURN_TAKING"] == "model",
        ),
        resume_grace_s=conf["RESUME_GRACE_S"],
        generation=generation,
        is_shared=bool(settings.REDIS_URL),
    )


def _limits(level: str, lesson: LessonBrief | None) -> TalkLimits:
    """Return what counts for a talk: lesson, then course, then level, then deployment."""
    conf = settings.TEACHING
    of_level = OwnLimits(
        minutes=conf["LEVEL_MINUTES"].get(level),
        temperature=conf["LEVEL_TEMPERATURES"].get(level),
        model=conf["LEVEL_MODELS"].get(level),
    )
    deployment = TalkLimits(
        minutes=conf["TALK_MINUTES"],
        reply_tokens=conf["REPLY_TOKENS"][level],
        temperature=conf["TEMPERATURE"],
    )
    return resolve(deployment, *(lesson.limits if lesson else ()), of_level)


def _teaching(
    session: TutoringSession,
    learner: LearnerContext,
    lesson: LessonBrief | None,
    memory: TalkMemory,
    minutes: float,
    left_s: float | None,
) -> TeachingSettings | None:
    conf = settings.TEACHING
    if not conf["ENABLED"]:
        return None
    trusted = conf["TRUST"] == "strong"
    stored = DatabaseTurnRepository(session_uuid=session.uuid).load_now()
    talked = talked_minutes(stored)
    minutes = plan_minutes(minutes, talked=talked, left_s=left_s)
    plan = _plan(session, learner, lesson, memory, minutes)
    return TeachingSettings(
        # Nobody is asked for a birthday, so everybody is spoken to as a minor.
        learner=Learner(
            l1=learner.l1,
            l2=session.l2.split("-")[0],
            level=Level(session.level),
            name=learner.display_name,
        ),
        plan=plan,
        trust=STRONG if trusted else EMBEDDED,
        form=Form.JSON if conf["CORRECTS_BY_SCHEMA"] else Form.MARK,
        words_corrections=trusted,
        analysis_deadline_s=conf["ANALYSIS_DEADLINE_S"],
        clause_deadline_s=conf["CLAUSE_DEADLINE_S"],
        openers=conf["OPENERS"],
        state=resumed_state(stored, plan=plan, ledger=memory.ledger),
    )


def _plan(
    session: TutoringSession,
    learner: LearnerContext,
    lesson: LessonBrief | None,
    memory: TalkMemory,
    minutes: float,
) -> LessonPlan:
    language, level = session.l2.split("-")[0], Level(session.level)
    if lesson is None:
        return LessonPlan(
            goals=(learner.goal,) if learner.goal else (),
            items=free_talk_items(
                _with_kept_words(session, memory), language=language, level=level
            ),
            minutes=minutes,
            past_talks=memory.summary,
        )
    about = (lesson.title, lesson.situation, *lesson.goals)
    return LessonPlan(
        title=lesson.title,
        situation=lesson.situation,
        tutor_role=lesson.tutor_role,
        role_facts=lesson.tutor_facts,
        goals=lesson.goals,
        items=lesson_items(
            lesson.target_phrases,
            lesson.target_words,
            about=about,
            language=language,
            level=level,
            known=memory.known_words,
        ),
        topic_words=topic_words(about, language),
        minutes=minutes,
        past_talks=memory.summary,
    )


def _with_kept_words(session: TutoringSession, memory: TalkMemory) -> TalkMemory:
    """Return the memory with what the learner wants to meet again in front."""
    kept = kept_words_to_bring(learner_id=session.learner_id, l2=session.l2)
    return replace(memory, words=tuple(dict.fromkeys([*kept, *memory.words])))


def _brief(
    session: TutoringSession,
    learner: LearnerContext,
    lesson: LessonBrief | None,
    memory: TalkMemory,
) -> Brief:
    language, level = session.l2.split("-")[0], Level(session.level)
    of_anyone = Brief(
        l2=session.l2,
        level=session.level,
        learner_name=learner.display_name,
        goal=learner.goal,
        past_talks=memory.summary,
    )
    if lesson is None:
        name = learner.display_name
        line = opening_line(memory, language=language, level=level, name=name)
        return replace(of_anyone, opening_line=line)
    remembered = remembered_line(memory, language=language, level=level)
    return replace(
        of_anyone,
        situation=lesson.situation,
        tutor_role=lesson.tutor_role,
        opening_line=f"{remembered} {lesson.opening_line}".strip(),
        target_phrases=lesson.target_phrases,
    )
