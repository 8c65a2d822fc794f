"""Degraded stages are told once, and so is their recovery."""

from __future__ import annotations

import pytest

from inference.stages.stage import STAGES, Stage
from sessions.turns.events import StageDegraded, StageRecovered, TurnEvent
from sessions.turns.health import StageHealth
from sessions.turns.messages import MESSAGES
from sessions.wire.server_events import encode_server_event


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


@pytest.mark.parametrize("spec", STAGES.values(), ids=[s.value for s in STAGES])
def test_every_code_of_a_stage_has_words_for_the_learner(spec: object) -> None:
    for code in (spec.failed_code, spec.timeout_code):  # type: ignore[attr-defined]
        assert MESSAGES[code]
        fields = {"code": code, "message": MESSAGES[code], "retryable": True}
        assert encode_server_event("error", {**fields, "turn": 1})
