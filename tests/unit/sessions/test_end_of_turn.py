"""Turns of a live session end when voice and words say so, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from inference.engines.turns.no_turns import NoTurns
from inference.errors import EngineUnavailable
from inference.turn_protocols import TurnDetector
from inference.types.audio import FloatSamples
from sessions.live import turn_taking_setting
from sessions.live.end_of_turn import EndOfTurn
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness
from tests.fakes.turns import ScriptedTurns
from tutor.learner import Level

# The harness ends turns of which nothing is known after 200 ms.
UNKNOWN_MS = 200
LIMITS = TurnTakingSettings(shortest_ms=120, unsure_ms=450, thinking_ms=900)


class BrokenTurns(ScriptedTurns):
    """A detector whose weights are gone."""

    def end_probability(self, samples: FloatSamples) -> float | None:
        """Raise EngineUnavailable."""
        raise EngineUnavailable("engine.weights_broken", "gone", retryable=False)


def listening(harness: LiveHarness, detector: TurnDetector) -> EndOfTurn:
    taking = TurnTaking(language="en", level=Level.B1, settings=LIMITS)
    harness.live.speech.end_of_turn = end = EndOfTurn(taking, detector)
    return end


async def silence_of_turn(
    text: str, detector: TurnDetector, opening: str = "Tell me more."
) -> float:
    """Say something; return after how much silence it was taken for a turn."""
    transcriber = ScriptedTranscriber(texts=(text,))
    async with LiveHarness(transcriber=transcriber, opening=opening) as harness:
        end = listening(harness, detector)
        end.tutor_said(opening)
        harness.frames(800, loud=True)
        quiet_ms = 0
        while harness.live.speech.segmenter.speaking and quiet_ms < 2_000:
            harness.frames(20, loud=False)
            quiet_ms += 20
            await end.settled()
        return quiet_ms


async def test_an_answer_is_taken_at_once() -> None:
    quiet_ms = await silence_of_turn("Yes.", ScriptedTurns(), "Do you like tea?")
    assert quiet_ms < UNKNOWN_MS


@pytest.mark.parametrize("detector", [ScriptedTurns(), BrokenTurns()])
async def test_who_stops_inside_a_clause_is_waited_for(detector: ScriptedTurns) -> None:
    quiet_ms = await silence_of_turn("I stayed at home because", detector)
    assert LIMITS.thinking_ms <= quiet_ms < LIMITS.thinking_ms + 100


async def test_what_is_said_after_a_pause_belongs_to_the_turn() -> None:
    transcriber = ScriptedTranscriber(texts=("I stayed at home",) * 2)
    async with LiveHarness(transcriber=transcriber) as harness:
        end = listening(harness, NoTurns())
        harness.frames(800, loud=True)
        for _ in range(20):
            harness.frames(20, loud=False)
            await end.settled()
        assert harness.live.speech.segmenter.speaking
        harness.frames(600, loud=True)
        assert end.taking.pauses.count == 1
        assert end.taking.pauses.quantile_ms(0.5) == pytest.approx(400, rel=0.1)


def test_pauses_alone_decide_unless_a_deployment_says_otherwise(
    settings: Any,
) -> None:
    assert turn_taking_setting.end_silence_ms() == settings.LIVE["END_SILENCE_MS"]
    settings.LIVE = {**settings.LIVE, "TURN_TAKING": "model", "CUT_IN_RISK": 0.1}
    assert turn_taking_setting.end_silence_ms() > settings.LIVE["END_SILENCE_MS"]
    assert turn_taking_setting.limits().risk == 0.1
    settings.LIVE = {**settings.LIVE, "TURN_TAKING": "modle"}
    with pytest.raises(ValueError, match="pause, model"):
        turn_taking_setting.end_silence_ms()
