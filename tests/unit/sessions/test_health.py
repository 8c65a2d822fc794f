"""Degraded stages are told once, and so is their recovery."""

from __future__ import annotations

from typing import Any

import pytest

from inference.errors import EngineUnavailable
from inference.stages.stage import STAGES, EngineKind, Stage
from sessions.turns.events import StageDegraded, StageRecovered, TurnEvent
from sessions.turns.health import REST_AFTER, REST_S, StageHealth
from sessions.turns.messages import MESSAGES
from sessions.wire.server_events import encode_server_event
from tests.fakes.live import LiveHarness


class NotInstalled:
    """An engine of every kind whose library is missing."""

    def respond(self, request: Any, *, cancelled: Any) -> Any:
        """Say what is missing."""
        raise EngineUnavailable("engine.library_missing", "pip install it")

    transcribe = synthesize = animate = respond


@pytest.fixture
def told() -> list[TurnEvent]:
    """What the learner was told."""
    return []


def test_a_failure_is_told_once_and_so_is_the_recovery(told: list[TurnEvent]) -> None:
    health = StageHealth(told.append)
    health.worked(Stage.SYNTHESIZE)
    for _ in range(3):
        health.failed(Stage.SYNTHESIZE, "tts.failed")
    assert health.degraded == tuple(told)
    for _ in range(2):
        health.worked(Stage.SYNTHESIZE)
    assert told == [
        StageDegraded("synthesize", "tts.failed", MESSAGES["tts.failed"]),
        StageRecovered("synthesize"),
    ]
    assert health.degraded == ()


def test_another_kind_of_failure_is_told_again(told: list[TurnEvent]) -> None:
    health = StageHealth(told.append)
    health.failed(Stage.RESPOND, "llm.timeout")
    health.failed(Stage.RESPOND, "llm.failed")
    assert [e.code for e in told if isinstance(e, StageDegraded)] == [
        "llm.timeout",
        "llm.failed",
    ]
    assert len(health.degraded) == 1


def test_stages_fail_and_recover_on_their_own(told: list[TurnEvent]) -> None:
    health = StageHealth(told.append)
    health.failed(Stage.ANIMATE, "face.failed")
    health.failed(Stage.SYNTHESIZE, "tts.failed")
    health.worked(Stage.ANIMATE)
    assert [event.stage for event in health.degraded] == ["synthesize"]


def test_a_stage_that_keeps_failing_is_left_alone_for_a_while() -> None:
    now = 100.0
    health = StageHealth(lambda _: None, clock=lambda: now)
    for _ in range(REST_AFTER):
        assert not health.rests(Stage.RESPOND)
        health.failed(Stage.RESPOND, "llm.timeout")
    assert health.rests(Stage.RESPOND)
    assert not health.rests(Stage.ANIMATE)
    now += REST_S
    # One may try; the next failure begins the rest anew.
    assert not health.rests(Stage.RESPOND)
    health.failed(Stage.RESPOND, "llm.timeout")
    assert health.rests(Stage.RESPOND)
    health.worked(Stage.RESPOND)
    assert not health.rests(Stage.RESPOND)


@pytest.mark.parametrize("spec", STAGES.values(), ids=[s.value for s in STAGES])
def test_every_code_of_a_stage_has_words_for_the_learner(spec: object) -> None:
    for code in (spec.failed_code, spec.timeout_code):  # type: ignore[attr-defined]
        assert MESSAGES[code]
        fields = {"code": code, "message": MESSAGES[code], "retryable": True}
        assert encode_server_event("error", {**fields, "turn": 1})


@pytest.mark.parametrize(
    ("kind", "stage", "heard", "outcome"),
    [
        (EngineKind.TRANSCRIBER, "asr.failed", False, "failed"),
        (EngineKind.DIALOGUE, "llm.failed", True, "failed"),
        (EngineKind.SYNTHESIZER, "tts.failed", True, "completed"),
        (EngineKind.ANIMATOR, "face.failed", True, "completed"),
    ],
)
async def test_an_engine_that_is_not_installed_leaves_the_rest(
    kind: EngineKind, stage: str, heard: bool, outcome: str
) -> None:
    async with LiveHarness(max_llm_retries=0) as harness:
        harness.engines[kind] = NotInstalled()
        await harness.speak()
        assert (await harness.until("turn.ended", turn=1))["outcome"] == outcome
        assert ("transcript.final" in harness.types(1)) is heard
        told = [e["code"] for e in harness.events if "code" in e]
        assert set(told) == {stage}
