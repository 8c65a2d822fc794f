"""The checks tell engines that keep their promises from engines that do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from inference.engines.avatars.visemes import Visemes
from inference.protocols import Cancelled
from inference.types.assessment import AssessRequest, PronunciationAssessment
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript
from inference.verification.checks import look
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material
from tests.fakes.engines import LoudnessDetector, ScriptedScorer, ScriptedTranscriber

HUM = Material(
    AudioClip.from_float32(
        (0.3 * np.sin(np.arange(32_000) / 8)).astype(np.float32), 16_000
    )
)


class Flatterer(ScriptedScorer):
    """Has scores for everything, silence too."""

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge a loud clip in place of the asked one."""
        found = super().assess(replace(request, clip=HUM.speech), cancelled=cancelled)
        return replace(found, words=())


class Stubborn(ScriptedTranscriber):
    """Cannot be cancelled."""

    def transcribe(self, request: TranscribeRequest, *, cancelled: Any) -> Transcript:
        """Hear to the end."""
        return super().transcribe(request, cancelled=type(cancelled)())


class Deaf(LoudnessDetector):
    """Does not open."""

    def open(self) -> Any:
        """Fail as a library would."""
        raise RuntimeError("no device")


def problems(kind: str, engine: object) -> dict[str, str]:
    return {
        finding.name: finding.problem
        for finding in look(CONTRACTS[kind], engine, HUM)
        if finding.problem
    }


def test_a_broken_promise_is_named() -> None:
    assert problems("scorer", Flatterer()) == {
        "judges speech within bounds": "a judgement without words",
        "judges the same clip alike": "a judgement without words",
        "stands speech of another text": "a judgement without words",
        "refuses silence": "a judgement without words",
        "needs no transcript": "a judgement without words",
        "takes a telephone's rate": "a judgement without words",
    }
    assert problems("transcriber", Stubborn()) == {
        "hears nothing once cancelled": "a cancelled call heard something"
    }


def test_an_engine_that_raises_does_not_end_the_run() -> None:
    found = problems("detector", Deaf())
    assert len(found) == 3
    assert set(found.values()) == {"RuntimeError: no device"}


@pytest.mark.parametrize("kind", sorted(set(CONTRACTS) - {"animator"}))
def test_an_engine_of_another_kind_has_not_the_methods(kind: str) -> None:
    found = problems(kind, Visemes())
    assert found["has the methods of its kind"].startswith("there is no ")
    assert len(found) == len(CONTRACTS[kind])


def test_no_two_checks_of_a_kind_share_a_name() -> None:
    for checks in CONTRACTS.values():
        names = [check.name for check in checks]
        assert len(names) == len(set(names))
