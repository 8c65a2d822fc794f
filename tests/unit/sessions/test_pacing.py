"""A live talk at a quicker pace: the stages are asked otherwise, and the turn says so."""

from __future__ import annotations

from typing import Any

from inference.protocols import Cancelled
from inference.stages.stage import Stage
from inference.types.speech import Effort, TranscribeRequest, Transcript
from sessions.turns.budget import Budget, Step
from tests.fakes.engines import (
    ScriptedDialogue,
    ScriptedScorer,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.live import LiveHarness

CLAUSE = "That is a good idea because you like long walks."


class NotingTranscriber(ScriptedTranscriber):
    """Keeps how hard it was asked to listen."""

    def __init__(self, **script: Any) -> None:
        super().__init__(**script)
        self.efforts: list[Effort] = []

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Note and hear."""
        self.efforts.append(request.effort)
        return super().transcribe(request, cancelled=cancelled)


async def test_late_words_are_looked_for_less_hard_in_the_next_turns() -> None:
    transcriber = NotingTranscriber(delay_s=0.3)
    harness = LiveHarness(transcriber=transcriber, budget=Budget(target_ms=100))
    async with harness:
        for turn in range(1, 5):
            await harness.speak()
            await harness.until("turn.ended", turn=turn)
        timings = [await harness.until("turn.timing", turn=turn) for turn in (1, 4)]
    assert transcriber.efforts[0] is Effort.USUAL
    assert transcriber.efforts[-1] is Effort.QUICK
    assert timings[0]["pace"] == []
    assert "quick_recognition" in timings[1]["pace"]
    kept = harness.repository.records[4].timing
    assert kept is not None
    assert kept["pace"] == timings[1]["pace"]


async def test_scores_can_wait_until_the_tutor_is_heard() -> None:
    scorer = ScriptedScorer()
    harness = LiveHarness(
        scorer=scorer,
        dialogue=ScriptedDialogue(first_token_s=0.3),
        budget=Budget(always=frozenset({Step.LATER_SCORES})),
        speculation=0,
    )
    async with harness:
        await harness.speak()
        await harness.until("reply.started", turn=1)
        assert scorer.requests == []
        await harness.until("pronunciation.ready", turn=1)
        await harness.until("turn.ended", turn=1)
    # What is animated is heard at once; only then anything is judged.
    of_turn = harness.runner.asked[harness.runner.asked.index(Stage.TRANSCRIBE) :]
    assert of_turn.index(Stage.ANIMATE) < of_turn.index(Stage.ASSESS)


async def test_a_slow_voice_begins_with_a_shorter_piece() -> None:
    harness = LiveHarness(
        dialogue=ScriptedDialogue(replies=(CLAUSE,)),
        synthesizer=ScriptedSynthesizer(char_ms=4.0),
        budget=Budget(always=frozenset({Step.SHORT_CLAUSE})),
    )
    async with harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        spoken = [
            event["text"]
            for event in harness.events
            if event["type"] == "reply.clause" and event["turn"] == 1
        ]
    assert spoken == ["That is a good idea", "because you like long walks."]
    assert harness.repository.records[1].reply_text == CLAUSE
