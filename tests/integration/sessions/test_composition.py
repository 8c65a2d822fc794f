"""What a live session is made of: lesson, learner, memory, settings and stored turns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from learners.models import User
from learners.services.kept_words import keep_word
from learners.services.memory import record_turn
from learners.services.pauses import keep_pauses, kept_pauses
from sessions.live.composition import _settings
from sessions.live.settings import LiveSettings
from sessions.models import Turn, TutoringSession, Utterance
from sessions.repository import DatabaseTurnRepository
from sessions.services import start_session
from sessions.teaching_records import analysis_json, move_json
from sessions.turns.pauses import Pauses
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.analysis import Form
from tutor.moves import Move, MoveKind, PlannedItem

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def teaching(settings: Any) -> None:
    """Teach."""
    settings.TEACHING = {**settings.TEACHING, "ENABLED": True}


@pytest.fixture
def learner(db: None) -> User:
    """A learner whose talks no socket carries."""
    user: User = LearnerFactory.create()
    return user


def talk_about(learner: User, **lesson: Any) -> LiveSettings:
    """Return the settings of a talk about a lesson, without any of free talk."""
    made = LessonFactory.create(**lesson) if lesson else None
    session = start_session(
        learner_id=learner.pk, lesson_uuid=made.uuid if made else None, now=NOW
    )
    return _settings(session.uuid)


def remember(learner: User, topic: str = "At the market") -> None:
    """Let there have been a talk."""
    earlier = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    item = PlannedItem("give up", "stop trying")
    record_turn(
        learner_id=learner.pk,
        l2=earlier.l2,
        session=earlier.uuid,
        turn=1,
        analysis=analysed("I [go|went] home."),
        move=Move(MoveKind.INTRODUCE, item=item),
        produced=("left",),
        topic=topic,
        now=NOW,
    )


def test_free_talk_brings_in_first_what_the_learner_keeps(learner: User) -> None:
    remember(learner)
    for text in ("umbrella", "give up"):
        keep_word(learner_id=learner.pk, l2="en-GB", text=text, now=NOW)
    live = talk_about(learner)
    assert live.teaching is not None
    items = [item.text for item in live.teaching.plan.items]
    assert items[:2] == ["umbrella", "give up"]
    assert "umbrella" not in live.brief.opening_line, "it was not in the last talk"


LESSON: dict[str, Any] = {
    "title": "Finding the way",
    "level": "A2",
    "situation": "You want to go to the museum, but your phone is dead.",
    "goals": ["I can ask for the way."],
    "target_phrases": ["Is it far from here?"],
    "target_words": ["left", "right", "far"],
    "opening_line": "You look lost. Where are you going?",
}


def test_a_lesson_is_planned_with_meanings_and_examples(learner: User) -> None:
    live = talk_about(learner, **LESSON)
    assert live.teaching is not None
    plan = live.teaching.plan
    items = {item.text: item for item in plan.items}
    assert items["left"].gloss == "the side opposite right"
    assert items["far"].example == "Is it far from here?"
    assert {"museum", "phone", "way"} <= plan.topic_words
    assert not plan.topic_words & {"museum,", "the", "you", "to", "dead."}
    assert live.brief.opening_line == LESSON["opening_line"]


def test_what_is_remembered_joins_a_lessons_opening(learner: User) -> None:
    remember(learner)
    live = talk_about(learner, **LESSON)
    assert live.brief.opening_line == (
        f"Last time we talked about “At the market”. {LESSON['opening_line']}"
    )
    assert live.teaching is not None
    plan = live.teaching.plan
    assert "At the market" in plan.past_talks
    assert "At the market" in live.system_prompt
    # What the learner used before comes last.
    assert [item.text for item in plan.items][-1] == "left"


def test_without_teaching_the_instructions_tell_of_earlier_talks(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {**settings.TEACHING, "ENABLED": False}
    remember(learner)
    live = talk_about(learner, **LESSON)
    assert live.teaching is None
    assert "At the market" in live.brief.past_talks


def test_free_talk_brings_words_met_and_new_ones(learner: User) -> None:
    first = talk_about(learner)
    assert first.teaching is not None
    assert len(first.teaching.plan.items) > 3
    assert all(item.gloss and item.example for item in first.teaching.plan.items)
    remember(learner)
    second = talk_about(learner)
    assert second.teaching is not None
    assert second.teaching.plan.items[0].text == "give up"
    assert second.brief.opening_line


def test_limits_come_from_the_settings(learner: User, settings: Any) -> None:
    settings.TEACHING = {
        **settings.TEACHING,
        "REPLY_TOKENS": {"A1": 1, "A2": 33, "B1": 3, "B2": 4, "C1": 5, "C2": 6},
        "TEMPERATURE": 0.1,
        "TALK_MINUTES": 7.0,
        "CLAUSE_DEADLINE_S": 2.0,
        "OPENERS": False,
    }
    live = talk_about(learner, **LESSON)
    assert (live.max_reply_tokens, live.temperature) == (33, 0.1)
    assert live.teaching is not None
    assert live.teaching.plan.minutes == 7.0
    assert live.teaching.clause_deadline_s == 2.0
    assert not live.teaching.openers


def test_a_lesson_counts_before_its_course_and_the_course_before_the_level(
    learner: User, settings: Any
) -> None:
    settings.TEACHING = {
        **settings.TEACHING,
        "LEVEL_MINUTES": {"A2": 6.0},
        "LEVEL_TEMPERATURES": {"A2": 0.2},
        "LEVEL_MODELS": {"A2": "small"},
    }
    course = {"course__talk_minutes": 20, "course__tutor_reply_tokens": 50}
    live = talk_about(learner, **LESSON, **course, talk_minutes=5)
    assert (live.max_reply_tokens, live.temperature) == (50, 0.2)
    assert live.model == "small"
    assert live.teaching is not None
    assert live.teaching.plan.minutes == 5
    free = talk_about(learner).teaching
    assert free is not None
    assert free.plan.minutes == 6


def add_turn(session: TutoringSession, index: int, said: str, **taught: Any) -> None:
    """Store a turn."""
    turn = Turn.objects.create(
        session=session,
        index=index,
        state=Turn.State.COMPLETED,
        started_at=NOW + timedelta(seconds=30 * index),
        **taught,
    )
    if said:
        Utterance.objects.create(turn=turn, speaker="LEARNER", source="TEXT", text=said)
    Utterance.objects.create(
        turn=turn, speaker="TUTOR", source="MODEL", text=f"Answer {index}."
    )


def test_a_talk_that_was_left_goes_on_from_its_turns(learner: User) -> None:
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    analysis = analysed("Yesterday I [go|went] home.")
    move = Move(MoveKind.ELICIT, analysis.findings)
    add_turn(session, 0, "")
    add_turn(
        session,
        1,
        analysis.text,
        analysis=analysis_json(analysis),
        move=move_json(move),
    )
    live = _settings(session.uuid)
    assert live.teaching is not None
    state = live.teaching.state
    assert [past.move for past in state.turns] == [MoveKind.ELICIT]
    assert state.turns[0].treated == ("verb_tense:go>went",)
    assert state.last_reply == "Answer 1."
    assert state.minutes == 0.5


def test_a_move_that_cannot_be_read_any_more_is_left_out(learner: User) -> None:
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    add_turn(session, 1, "Hello.", analysis={"odd": 1}, move={"kind": "dance"})
    live = _settings(session.uuid)
    assert live.teaching is not None
    assert live.teaching.state.turns == ()


@pytest.mark.parametrize(("by_schema", "form"), [(False, Form.MARK), (True, Form.JSON)])
def test_the_settings_say_in_which_form_the_model_corrects(
    learner: User, settings: Any, by_schema: bool, form: Form
) -> None:
    settings.TEACHING = {**settings.TEACHING, "CORRECTS_BY_SCHEMA": by_schema}
    live = talk_about(learner)
    assert live.teaching is not None
    assert live.teaching.form is form


def test_pauses_go_from_talk_to_talk_for_each_language(learner: User) -> None:
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    assert _settings(session.uuid).pauses == Pauses()
    pauses = Pauses().with_pause(900).with_pause(1_200)
    repository = DatabaseTurnRepository(session_uuid=session.uuid)
    async_to_sync(repository.keep_pauses)(pauses)
    keep_pauses(learner_id=learner.pk, l2="es", pauses={"count": "many"})
    known = talk_about(learner).pauses
    assert known.count == 2
    assert known.quantile_ms(0.5) == pytest.approx(pauses.quantile_ms(0.5), rel=0.01)
    broken = kept_pauses(learner_id=learner.pk, l2="es-ES")
    assert Pauses.from_json(broken) == Pauses()
