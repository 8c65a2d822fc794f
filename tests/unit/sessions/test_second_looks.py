"""What the model finds in a turn after its answer: kept, and asked about a turn later."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from sessions.live.teaching import TeachingSettings
from sessions.turns.repository import TurnRecord
from tests.fakes.corrections import CorrectingDialogue
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository
from tutor.analysis import STRONG
from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.learner import Learner, Level
from tutor.moves import MoveKind

# Nothing that the rules would find.
WRONG = "My sister live in a big city near the sea."
RIGHT = "My sister lives in a big city near the sea."
BETTER = {WRONG: RIGHT}
KEY = "agreement:live>lives"
TEACHING = TeachingSettings(
    learner=Learner(l1="es", l2="en", level=Level.A2),
    plan=LessonPlan(),
    trust=STRONG,
    words_corrections=False,
    analysis_deadline_s=0.0,
    clause_deadline_s=4.0,
    openers=False,
)


def talk(dialogue: CorrectingDialogue, *said: str, **settings: Any) -> LiveHarness:
    """Return a talk whose answers wait for rules only."""
    return LiveHarness(
        teaching=TEACHING,
        dialogue=dialogue,
        transcriber=ScriptedTranscriber(texts=said or (WRONG,)),
        **settings,
    )


async def say(harness: LiveHarness, turn: int) -> None:
    """Speak and hear the answer to its end."""
    await harness.speak()
    await harness.until("turn.ended", turn=turn, outcome="completed")


async def correcting(dialogue: CorrectingDialogue) -> None:
    """Wait until the model was asked for a correction."""
    for _ in range(400):
        if dialogue.begun:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was to be corrected")


async def judged(repository: MemoryTurnRepository, turn: int) -> Analysis:
    """Return the analysis of a turn once it is judged."""
    for _ in range(400):
        record = repository.records.get(turn)
        if record and record.taught and record.taught.analysis.judged:
            return record.taught.analysis
        await asyncio.sleep(0.01)
    raise AssertionError(f"turn {turn} was never judged")


def kept(harness: LiveHarness, turn: int) -> TurnRecord:
    return harness.repository.records[turn]


async def test_what_is_found_after_the_end_is_written_again() -> None:
    async with talk(CorrectingDialogue(BETTER, correction_s=0.3)) as harness:
        await say(harness, 1)
        first = kept(harness, 1)
        assert first.taught is not None
        assert not first.taught.analysis.judged
        analysis = await judged(harness.repository, 1)
    assert [finding.key for finding in analysis.findings] == [KEY]
    assert kept(harness, 1).ended_at == first.ended_at
    assert kept(harness, 1).reply_text == first.reply_text


async def test_it_is_asked_about_in_the_next_turn() -> None:
    dialogue = CorrectingDialogue(BETTER)
    later = "We bought some fruit for dinner."
    async with talk(dialogue, WRONG, later) as harness:
        await say(harness, 1)
        await judged(harness.repository, 1)
        await say(harness, 2)
    taught = kept(harness, 2).taught
    assert taught is not None
    assert (taught.move.kind, taught.move.earlier) == (MoveKind.ELICIT, WRONG)
    assert "lives" not in kept(harness, 2).reply_text
    assert taught.state.turns[-1].treated == (KEY,)
    assert [entry.key for entry in taught.state.ledger] == [KEY]


async def test_a_new_turn_stops_a_look_and_takes_it_up_again() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=60)
    async with talk(dialogue, WRONG, "Yes.") as harness:
        await say(harness, 1)
        await correcting(dialogue)
        dialogue.correction_s = 0.0
        await say(harness, 2)
        analysis = await judged(harness.repository, 1)
        assert [finding.key for finding in analysis.findings] == [KEY]
        state = harness.live.turns._teacher.state  # type: ignore[union-attr]
        assert [entry.key for entry in state.ledger] == [KEY]
        # Two turns later nobody asks about it any more.
        assert state.late is None
    assert dialogue.begun.count(WRONG) == 2
    assert dialogue.done == [WRONG]


@pytest.mark.slow
async def test_a_look_never_competes_with_an_answer() -> None:
    dialogue = CorrectingDialogue(correction_s=60, first_token_s=0.1)
    async with talk(dialogue, WRONG, "We ate in a small restaurant.") as harness:
        await say(harness, 1)
        await correcting(dialogue)
        await say(harness, 2)
        await say(harness, 3)
    assert len(dialogue.begun) >= 3
    assert dialogue.competed == 0
    assert dialogue.done == []


async def test_a_talk_that_closes_waits_a_little_for_a_look() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=0.3)
    async with talk(dialogue) as harness:
        await say(harness, 1)
    analysis = await judged(harness.repository, 1)
    assert [finding.key for finding in analysis.findings] == [KEY]


@pytest.mark.slow
async def test_a_look_that_never_ends_is_given_up_at_the_close() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=60)
    async with talk(dialogue) as harness:
        await say(harness, 1)
        await asyncio.sleep(0.05)
    taught = kept(harness, 1).taught
    assert taught is not None
    assert not taught.analysis.judged
    assert dialogue.done == []


async def test_words_that_were_corrected_are_not_judged_by_the_old_ones() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=0.4)
    async with talk(dialogue) as harness:
        await say(harness, 1)
        harness.send(type="transcript.correct", turn=1, text=RIGHT)
        await harness.until("reply.completed", turn=1, attempt=1)
        analysis = await judged(harness.repository, 1)
    assert analysis.text == RIGHT
    assert analysis.findings == ()


async def test_turns_that_nobody_finds_time_for_are_left_out() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=60)
    said = [f"We ate in restaurant number {n} today." for n in "abcdef"]
    async with talk(dialogue, *said) as harness:
        for turn in range(1, 7):
            await say(harness, turn)
        dialogue.correction_s = 0.0
        harness.send(type="text.submit", text="Yes.", client_id="a")
        await harness.until("turn.ended", turn=7, outcome="completed")
        await judged(harness.repository, 5)
    judgements = {
        turn: record.taught.analysis.judged
        for turn, record in harness.repository.records.items()
        if record.taught is not None
    }
    assert judgements[1] is False
    assert judgements[6] is True


async def test_who_goes_on_before_the_analysis_is_there_is_looked_at_later() -> None:
    dialogue = CorrectingDialogue(BETTER, correction_s=60)
    harness = LiveHarness(
        teaching=replace(TEACHING, analysis_deadline_s=5.0),
        dialogue=dialogue,
        transcriber=ScriptedTranscriber(texts=(WRONG,)),
    )
    async with harness:
        await harness.speak()
        await correcting(dialogue)
        dialogue.correction_s = 0.0
        harness.send(type="reply.stop")
        await harness.until("turn.ended", turn=1, outcome="interrupted")
        analysis = await judged(harness.repository, 1)
        state = harness.live.turns._teacher.state  # type: ignore[union-attr]
    assert [finding.key for finding in analysis.findings] == [KEY]
    taught = kept(harness, 1).taught
    assert taught is not None
    assert (taught.move.kind, taught.reply) == (MoveKind.CONTINUE, "")
    assert len(state.turns) == 1
