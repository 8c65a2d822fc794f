"""Taught turns in the database: written again when more is found, remembered as heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from channels.db import database_sync_to_async

from learners.models import (
    ErrorLedgerEntry,
    LessonProgress,
    SessionSummary,
    VocabularyItem,
)
from sessions.models import Turn, TutoringSession
from sessions.repository import DatabaseTurnRepository
from sessions.teaching_records import read_analysis, read_move
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord, TurnRepository
from tests.factories.lessons import LessonFactory
from tests.fakes.turn_repository import MemoryTurnRepository
from tests.unit.tutor.memory.findings import analysed
from tutor.findings import Analysis
from tutor.history import PastTurn, TalkState
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.teaching import TaughtTurn

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
GO = analysed("Yesterday I [go|went] home.")
CONTINUE = Move(MoveKind.CONTINUE)
TIP = PlannedItem("tip", "money for the waiter")


def record(index: int, analysis: Analysis, move: Move = CONTINUE) -> TurnRecord:
    """Return a turn that was taught and heard."""
    at = NOW + timedelta(minutes=index)
    return TurnRecord(
        index=index,
        attempt=0,
        started_at=at,
        learner=LearnerWords(analysis.text, Source.TEXT),
        learner_clip=None,
        outcome=Outcome.COMPLETED,
        reply_text="I see. What else?",
        ended_at=at + timedelta(seconds=9),
        taught=TaughtTurn(
            reply="I see. What else?",
            move=move,
            analysis=analysis,
            gates=(),
            refused=(),
            repaired=False,
            templated=True,
            gate_ms=(),
            analysis_ms=1.0,
            state=TalkState(turns=(PastTurn(move.kind),)),
        ),
    )


def judged_late(turn: TurnRecord, analysis: Analysis) -> TurnRecord:
    """Return the turn as it is after a second look."""
    assert turn.taught is not None
    return replace(turn, taught=replace(turn.taught, analysis=analysis))


@pytest.fixture
def database(tutoring: TutoringSession) -> DatabaseTurnRepository:
    """The database."""
    return DatabaseTurnRepository(session_uuid=tutoring.uuid)


@pytest.fixture(params=["memory", "database"])
def repository(
    request: pytest.FixtureRequest, transactional_db: None
) -> TurnRepository:
    """Each kind of repository."""
    if request.param == "memory":
        return MemoryTurnRepository()
    return request.getfixturevalue("database")  # type: ignore[no-any-return]


async def test_what_was_taught_comes_back(repository: TurnRepository) -> None:
    move = Move(MoveKind.ELICIT, GO.findings, reason="first try")
    taught = record(1, GO, move)
    assert taught.taught is not None
    await repository.save(
        replace(taught, taught=replace(taught.taught, opener="I see."))
    )
    (turn,) = await repository.load()
    assert (turn.analysis, turn.move, turn.opener) == (GO, move, "I see.")
    assert turn.started_at == NOW + timedelta(minutes=1)
    assert turn.heard.text == "I see. What else?"


async def test_what_is_found_after_newer_turns_is_kept(
    database: DatabaseTurnRepository,
) -> None:
    first = record(1, replace(GO, findings=(), judged=False))
    await database.save(first)
    await database.save(record(2, analysed("It was late.")))
    for _ in range(2):
        await database.save(judged_late(first, GO))
    turn = await Turn.objects.aget(index=1)
    assert read_analysis(turn.analysis) == GO
    assert turn.ended_at == first.ended_at
    entry = await ErrorLedgerEntry.objects.aget()
    assert (entry.key, entry.seen) == ("verb_tense:go>went", 1)
    summary = await SessionSummary.objects.aget()
    assert (summary.turns, summary.mistakes) == (2, {"verb_tense": 1})


@pytest.mark.parametrize(
    ("opener", "heard", "times"),
    [
        ("", "The tip?", 1),
        ("", "", 0),
        ("I see.", "I see. The tip?", 1),
        ("I see.", "I see.", 0),
    ],
)
async def test_only_what_was_heard_counts_as_treated_or_taught(
    database: DatabaseTurnRepository, opener: str, heard: str, times: int
) -> None:
    elicit = record(1, GO, Move(MoveKind.ELICIT, GO.findings))
    new = record(2, analysed("Yes."), Move(MoveKind.INTRODUCE, item=TIP))
    for turn in (elicit, new):
        assert turn.taught is not None
        await database.save(
            replace(
                turn,
                outcome=Outcome.INTERRUPTED,
                reply_heard=heard,
                taught=replace(turn.taught, opener=opener),
            )
        )
    entry = await ErrorLedgerEntry.objects.aget()
    assert (entry.seen, entry.addressed) == (1, times)
    words = await database_sync_to_async(VocabularyItem.objects.count)()
    assert words == times
    stored = read_move((await Turn.objects.aget(index=1)).move)
    assert stored is not None
    assert stored.kind is MoveKind.ELICIT


@pytest.mark.django_db
def test_a_lesson_counts_as_talked_through_after_some_exchanges(
    tutoring: TutoringSession, database: DatabaseTurnRepository
) -> None:
    tutoring.lesson = LessonFactory.create()
    tutoring.save()
    for index in (1, 2):
        database.save_now(record(index, GO))
    assert not LessonProgress.objects.exists()
    for index in (3, 4):
        database.save_now(record(index, GO))
    progress = LessonProgress.objects.get()
    assert (progress.lesson, progress.learner) == (tutoring.lesson, tutoring.learner)
    assert progress.talked_at == NOW + timedelta(minutes=3, seconds=9)
