"""What the page draws when it comes back, and that it is what was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from inference.protocols import Cancelled
from inference.stages.stage import EngineKind
from inference.types.speech import SpeechChunk, SynthesisRequest
from sessions.live.transcript import SessionTranscript
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import StoredTurn
from tests.fakes.engines import (
    ScriptedDialogue,
    ScriptedSynthesizer,
    ScriptedTranscriber,
    scripted_sleep,
)
from tests.fakes.live import LiveHarness

STORED = StoredTurn(
    index=1,
    learner=LearnerWords("I bought it", Source.CORRECTED, heard_as="I board it"),
    tutor_text="You bought it! And then?",
    tutor_heard="You bought it!",
    attempt=2,
    outcome=Outcome.INTERRUPTED,
)


class SlowSecondHalf(ScriptedSynthesizer):
    """Speaks each clause in two halves, the second one late."""

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Return the clause twice."""
        yield from super().synthesize(request, cancelled=cancelled)
        if scripted_sleep(5, cancelled):
            yield from super().synthesize(request, cancelled=cancelled)


def test_turns_are_numbered_and_attempts_counted() -> None:
    transcript = SessionTranscript()
    assert transcript.latest is None
    assert [transcript.next_index, transcript.open(0)] == [0, 0]
    assert [transcript.next_index, transcript.open(1), transcript.open(1)] == [1, 0, 1]
    assert transcript.latest is transcript.turns[1]


def test_an_earlier_sitting_is_shown_as_it_was_kept() -> None:
    transcript = SessionTranscript()
    transcript.load(STORED)
    assert transcript.as_json() == [
        {
            "turn": 1,
            "learner": {
                "text": "I bought it",
                "heard": "I board it",
                "source": "corrected",
                "words": [],
                "pronunciation": None,
            },
            "tutor": {
                "text": "You bought it! And then?",
                "heard_text": "You bought it!",
                "attempt": 2,
            },
            "outcome": "interrupted",
        }
    ]
    assert transcript.open(1) == 3
    assert transcript.next_index == 2


def test_a_turn_that_awaits_its_reply_has_none() -> None:
    transcript = SessionTranscript()
    transcript.load(StoredTurn(4, None, None, None, 0, None))
    assert transcript.as_json() == [
        {"turn": 4, "learner": None, "tutor": None, "outcome": None}
    ]


async def test_a_talk_is_shown_as_it_went() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        await asyncio.sleep(0.01)
        opening, turn = harness.live.ready(resumed=False, last_seq=0)["transcript"]
        assert opening["learner"] is None
        assert opening["tutor"]["text"] == "Hi."
        assert turn["learner"]["text"] == "I would like a cup of tea please"
        assert len(turn["learner"]["words"]) == 8
        assert turn["tutor"]["heard_text"] is None
        assert turn["outcome"] == "completed"


async def test_a_reply_stopped_before_its_first_clause_was_whole_is_not_all_heard() -> (
    None
):
    harness = LiveHarness()
    async with harness:
        harness.engines[EngineKind.SYNTHESIZER] = SlowSecondHalf(char_ms=4)
        harness.send(type="text.submit", text="Hello", client_id="a")
        await harness.until("audio", turn=1)
        harness.send(type="reply.stop")
        heard = await harness.until("reply.heard", turn=1)
        await harness.until("turn.ended", turn=1)
        await asyncio.sleep(0.01)
        tutor = harness.live.transcript.as_json()[1]["tutor"]
    assert tutor["heard_text"] == heard["text"] == ""
    assert harness.repository.records[1].reply_heard == ""


async def test_answering_again_keeps_what_was_heard_of_the_learner() -> None:
    dialogue = ScriptedDialogue(errors=("llm.failed", "llm.failed"))
    async with LiveHarness(dialogue=dialogue) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1, outcome="failed")
        await harness.until("turn.ended", turn=1, outcome="completed")
        await asyncio.sleep(0.01)
    learner = harness.repository.records[1].learner
    assert learner is not None
    assert learner.source is Source.SPEECH
    assert len(learner.words) == 8
    assert learner.confidence == pytest.approx(0.9)


async def test_a_new_try_that_is_not_understood_keeps_the_old_words() -> None:
    transcriber = ScriptedTranscriber(("I board it", ""))
    async with LiveHarness(transcriber=transcriber) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        harness.send(type="turn.redo", turn=1)
        await harness.speak()
        await harness.until("turn.ended", turn=1, outcome="not_understood")
        await asyncio.sleep(0.01)
        shown: Any = harness.live.transcript.as_json()[1]["learner"]
    kept = harness.repository.records[1].learner
    assert shown["text"] == "I board it"
    assert kept is not None
    assert kept.text == shown["text"]
