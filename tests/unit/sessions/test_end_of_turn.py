"""Turns of a live session end when voice and words say so, and not before."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from inference import conf
from inference.engines.turns.no_turns import NoTurns
from inference.errors import EngineUnavailable
from inference.protocols import Cancelled
from inference.stages.stage import Stage
from inference.turn_protocols import TurnDetector
from inference.types.audio import FloatSamples
from inference.types.speech import TranscribeRequest, Transcript
from sessions.live import turn_taking_setting
from sessions.live.end_of_turn import LEAD_MS, EndOfTurn
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository
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


class HardOfHearing(ScriptedTranscriber):
    """Makes out a word by itself only if it knows what it answers."""

    def __init__(self) -> None:
        super().__init__(texts=("Two.",))
        self.hints: list[str] = []

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Hear nothing without a hint."""
        heard = super().transcribe(request, cancelled=cancelled)
        if request.partial:
            return heard
        self.hints.append(request.hint)
        return heard if request.hint else replace(heard, text="", words=())


@pytest.mark.parametrize(
    ("opening", "hints"),
    [
        (
            "I see. How many brothers do you have?",
            ["", "How many brothers do you have?"],
        ),
        ("Tell me more.", [""]),
    ],
)
async def test_a_word_that_is_not_made_out_is_looked_for_as_an_answer(
    opening: str, hints: list[str]
) -> None:
    transcriber = HardOfHearing()
    async with LiveHarness(transcriber=transcriber, opening=opening) as harness:
        end = listening(harness, ScriptedTurns())
        harness.live.speech.tutor_said(opening)
        harness.frames(800, loud=True)
        harness.frames(140, loud=False)
        await end.settled()
        assert transcriber.hints == hints


@pytest.mark.parametrize("goes_on", [False, True])
async def test_an_unlikely_end_is_answered_ahead_once_it_is_near(
    *, goes_on: bool
) -> None:
    transcriber = ScriptedTranscriber(texts=("I stayed at home because",) * 2)
    async with LiveHarness(transcriber=transcriber) as harness:
        end = listening(harness, ScriptedTurns())
        harness.frames(800, loud=True)
        harness.frames(140, loud=False)
        await asyncio.sleep(0)
        await end.settled()
        near_s = (LIMITS.thinking_ms - LEAD_MS) / 1000
        assert Stage.RESPOND not in harness.runner.asked
        if goes_on:
            harness.frames(200, loud=True)
        await asyncio.sleep(near_s + 0.1)
        assert (Stage.RESPOND in harness.runner.asked) is not goes_on


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
    engines = settings.INFERENCE["ENGINES"]
    nobody = {**engines, "turn_detector": {"NAME": "none", "OPTIONS": {}}}
    settings.INFERENCE = {**settings.INFERENCE, "ENGINES": nobody}
    assert turn_taking_setting.end_silence_ms() > settings.LIVE["END_SILENCE_MS"]
    assert turn_taking_setting.limits().risk == 0.1
    settings.LIVE = {**settings.LIVE, "TURN_TAKING": "modle"}
    with pytest.raises(ValueError, match="pause, model"):
        turn_taking_setting.end_silence_ms()


async def said(text: str, asked: str, loud_ms: float = 600) -> list[dict[str, Any]]:
    """Say something while the tutor is silent; return what the page is told of it."""
    transcriber = ScriptedTranscriber(texts=(text,))
    async with LiveHarness(transcriber=transcriber) as harness:
        end = listening(harness, NoTurns())
        end.tutor_said(asked)
        harness.frames(loud_ms, loud=True)
        quiet_ms = 0
        while harness.live.speech.segmenter.speaking and quiet_ms < 2_000:
            harness.frames(20, loud=False)
            quiet_ms += 20
            await end.settled()
        await harness.until("turn.ended", turn=1)
        return [event for event in harness.events if event.get("turn") == 1]


@pytest.mark.parametrize("text", ["Mm-hm.", ""])
async def test_a_hum_or_a_cough_is_forgotten_without_a_word(text: str) -> None:
    events = await said(text, "Tell me more.")
    types = [event["type"] for event in events]
    assert events[-1]["outcome"] == "cancelled"
    assert not {"error", "transcript.final", "reply.started"} & set(types)


async def test_a_hum_that_answers_is_a_turn() -> None:
    events = await said("Mm-hm.", "Do you like tea?")
    assert "reply.started" in [event["type"] for event in events]


@pytest.mark.parametrize(
    ("asked", "loud_ms"), [("Tell me more.", 2_000), ("How old are you?", 700)]
)
async def test_what_was_clearly_speech_and_not_understood_is_told(
    asked: str, loud_ms: float
) -> None:
    events = await said("", asked, loud_ms=loud_ms)
    codes = [event["code"] for event in events if event["type"] == "error"]
    assert codes == ["utterance.not_understood"]


async def test_who_asks_to_finish_decides_when_they_are_done() -> None:
    transcriber = ScriptedTranscriber(texts=("I stayed at home.",) * 3)
    async with LiveHarness(transcriber=transcriber) as harness:
        end = listening(harness, ScriptedTurns())
        harness.frames(800, loud=True)
        harness.send(type="turn.hold", held=True)
        for _ in range(50):
            harness.frames(40, loud=False)
            await end.settled()
        assert harness.live.speech.segmenter.speaking
        assert harness.live.ready(resumed=True, last_seq=0)["held"]
        harness.send(type="turn.hold", held=False)
        ended = await harness.until("speech.ended", turn=1)
        assert ended["reason"] == "release"
        assert not harness.live.ready(resumed=True, last_seq=0)["held"]


async def test_the_learners_pauses_are_kept_when_a_talk_is_left() -> None:
    transcriber = ScriptedTranscriber(texts=("I stayed at home",) * 2)
    repository = MemoryTurnRepository()
    async with LiveHarness(transcriber=transcriber, repository=repository) as harness:
        end = listening(harness, NoTurns())
        harness.frames(800, loud=True)
        for _ in range(20):
            harness.frames(20, loud=False)
            await end.settled()
        harness.frames(600, loud=True)
    assert repository.pauses is not None
    assert repository.pauses.count == 1


def test_without_a_detector_silence_decides_and_that_is_told_once(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LIVE = {**settings.LIVE, "TURN_TAKING": "model"}
    settings.INFERENCE = {
        **settings.INFERENCE,
        "ENGINES": {
            **settings.INFERENCE["ENGINES"],
            "turn_detector": {"NAME": "smart_turn", "OPTIONS": {"model": "no-such"}},
        },
    }
    # Nobody was made by the settings of before.
    conf.shutdown()
    turn_taking_setting._has_detector.cache_clear()
    for _ in range(2):
        assert turn_taking_setting.end_silence_ms() == settings.LIVE["END_SILENCE_MS"]
    turn_taking_setting._has_detector.cache_clear()
    told = [record for record in caplog.records if "end of turns" in record.message]
    assert len(told) == 1
