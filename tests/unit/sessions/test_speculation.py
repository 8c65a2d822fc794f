"""Answers begun while the learner may go on: heard sooner, and never by mistake."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from inference.stages.stage import Stage
from tests.fakes.engines import ScriptedDialogue, ScriptedTranscriber
from tests.fakes.live import SESSION, LiveHarness
from tests.unit.sessions.test_live_teaching import NICE, taught
from tutor.head_start import HeadStart

MARKET = "We went to the market"
LONGER = "We went to the market and bought some fish."


async def paused(harness: LiveHarness) -> None:
    """Speak, and be silent for long enough to be recognised but not to have finished."""
    harness.frames(800, loud=True)
    harness.frames(140, loud=False)
    await asyncio.sleep(0.15)


def heard(harness: LiveHarness) -> list[str]:
    """Return what the page was told of the tutor's answer to the first turn."""
    return [type_ for type_ in harness.types(1) if type_.startswith(("reply", "audio"))]


def harness_of(kind: str, *said: str, **settings: Any) -> LiveHarness:
    """Return a talk with a teacher or without."""
    if kind == "taught":
        return taught(NICE, *said, **settings)
    return LiveHarness(
        transcriber=ScriptedTranscriber(said),
        dialogue=ScriptedDialogue(replies=(NICE,)),
        **settings,
    )


@pytest.mark.parametrize("kind", ["taught", "plain"])
async def test_an_answer_is_ready_when_the_turn_ends_and_not_heard_before(
    kind: str,
) -> None:
    async with harness_of(kind, MARKET) as harness:
        await paused(harness)
        asked = harness.runner.asked
        assert {Stage.RESPOND, Stage.SYNTHESIZE} <= set(asked)
        assert not heard(harness)
        harness.frames(200, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")
        # Nothing was asked for twice.
        clauses = [e for e in harness.events if e["type"] == "reply.clause"]
        made = harness.runner.asked.count(Stage.SYNTHESIZE)
        assert made == len(clauses)
        # A second look at the words is no talk with the learner.
        talk = [r for r in harness.dialogue.requests if r.conversation == str(SESSION)]
        assert len(talk) == 1
    assert harness.repository.records[1].reply_text == NICE


@pytest.mark.parametrize("kind", ["taught", "plain"])
async def test_what_was_begun_on_half_a_sentence_leaves_no_trace(kind: str) -> None:
    async with harness_of(kind, MARKET, LONGER) as harness:
        await paused(harness)
        harness.frames(600, loud=True)
        harness.frames(400, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")
        assert heard(harness).count("reply.started") == 1
        finals = [e for e in harness.events if e["type"] == "transcript.final"]
        assert [final["text"] for final in finals] == [LONGER]
    record = harness.repository.records[1]
    assert record.learner is not None
    assert record.learner.text == LONGER
    if record.taught is not None:
        # One turn was taught, and the same words may be said in it.
        assert len(record.taught.state.turns) == 1
        assert record.reply_text == NICE


async def test_a_talk_that_does_not_speculate_waits_for_the_end() -> None:
    async with harness_of("plain", MARKET, speculation=0) as harness:
        await paused(harness)
        assert Stage.RESPOND not in harness.runner.asked
        harness.frames(200, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")


async def test_so_many_answers_are_begun_and_no_more() -> None:
    said = (MARKET,) * 5
    async with harness_of("plain", *said, speculation=2) as harness:
        for _ in range(4):
            await paused(harness)
        assert harness.runner.asked.count(Stage.RESPOND) == 2
        harness.frames(400, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")


async def test_nothing_is_begun_while_others_wait() -> None:
    async with harness_of("plain", MARKET) as harness:
        harness.runner.busy = lambda stage: True  # type: ignore[method-assign]
        await paused(harness)
        assert Stage.RESPOND not in harness.runner.asked
        harness.frames(200, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")


async def test_a_model_that_fails_ahead_is_asked_again_as_ever() -> None:
    dialogue = ScriptedDialogue(replies=(NICE,), errors=("llm.failed",))
    async with LiveHarness(
        dialogue=dialogue, transcriber=ScriptedTranscriber((MARKET,))
    ) as harness:
        await paused(harness)
        harness.frames(200, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")
    assert harness.repository.records[1].reply_text == NICE


async def test_collected_work_fails_for_who_asks_for_it() -> None:
    async def failing() -> Any:
        yield 1
        raise ValueError("late")

    ahead = HeadStart(failing())
    await asyncio.sleep(0)
    items = ahead.items()
    assert await anext(items) == 1
    with pytest.raises(ValueError, match="late"):
        await anext(items)
