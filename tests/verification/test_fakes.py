"""The scripted engines keep the same contract as the real ones they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from inference import protocols
from inference.engines.avatars.head.client import CpuHeadFace
from inference.engines.avatars.visemes import Visemes
from inference.engines.detectors.silero import Silero
from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.engines.scorers.whisper_frames import WhisperFrames
from inference.engines.turns.smart_turn import SmartTurn
from inference.types.audio import AudioClip
from inference.verification.checks import Check
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material
from inference.verification.methods import has_methods_of
from tests.fakes import engines as fakes
from tests.fakes.faces import ScriptedFace
from tests.fakes.turns import ScriptedTurns

from .conftest import model_dir


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays a kind: the fake, and the fixture that loads the real one."""

    fake: type
    fixture: str


CAST = {
    "detector": Cast(fakes.LoudnessDetector, "silero"),
    "transcriber": Cast(fakes.ScriptedTranscriber, "whisper"),
    "scorer": Cast(fakes.ScriptedScorer, "whisper_frames"),
    "dialogue": Cast(fakes.ScriptedDialogue, "llama"),
    "synthesizer": Cast(fakes.ScriptedSynthesizer, "piper"),
    "animator": Cast(fakes.ScriptedAnimator, "visemes"),
    "face_renderer": Cast(ScriptedFace, "cpu_head"),
    "turn_detector": Cast(ScriptedTurns, "smart_turn"),
}
# No talk waits for these: their fakes are programs and pictures, in tests of their own.
NOT_IN_TALKS = {"clip_renderer", "face_finder"}
ENGINE_NAMES = {
    "silero",
    "faster_whisper",
    "llama_cpp",
    "piper",
    "whisper_frames",
    "cpu_head",
    "smart_turn",
}
real = pytest.mark.engine(*sorted(ENGINE_NAMES))
CHECKS = [
    pytest.param(kind, check, id=f"{kind} {check.name}".replace(" ", "-"))
    for kind, checks in CONTRACTS.items()
    for check in checks
    # How fast an engine is depends on what else runs beside tests.
    if kind in CAST and "keeps up" not in check.name
]


@pytest.fixture(scope="session")
def silero() -> Silero:
    """The detector."""
    return Silero()


@pytest.fixture(scope="session")
def whisper_frames() -> Iterator[WhisperFrames]:
    """The default scorer."""
    scorer = WhisperFrames(model_dir=model_dir("whisper-base"))
    yield scorer
    scorer.close()


@pytest.fixture(scope="session")
def cpu_head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CpuHeadFace]:
    """The face as video."""
    face = CpuHeadFace(cache_dir=str(tmp_path_factory.mktemp("faces")))
    yield face
    face.close()


@pytest.fixture(scope="session")
def smart_turn() -> SmartTurn:
    """Who hears the end of turns."""
    return SmartTurn(model_dir=model_dir("smart-turn-v3.2"))


@pytest.fixture(scope="session")
def visemes() -> Visemes:
    """The animator."""
    return Visemes()


@pytest.fixture(params=["fake", pytest.param("real", marks=real)])
def which(request: pytest.FixtureRequest) -> str:
    """Whether the scripted or the real engine plays."""
    chosen: str = request.param
    return chosen


def engine(kind: str, which: str, request: pytest.FixtureRequest) -> Any:
    """Return the engine of a kind."""
    cast = CAST[kind]
    return cast.fake() if which == "fake" else request.getfixturevalue(cast.fixture)


@pytest.fixture
def material(which: str, request: pytest.FixtureRequest) -> Material:
    """A sentence for real engines; scripted ones take a hum for it."""
    if which == "real":
        samples = request.getfixturevalue("say")(Material(AudioClip(b"", 16_000)).text)
    else:
        samples = (0.3 * np.sin(np.arange(32_000) / 8)).astype(np.float32)
    return Material(AudioClip.from_float32(samples, 16_000))


def test_every_kind_has_a_contract_and_a_cast() -> None:
    assert set(CONTRACTS) - NOT_IN_TALKS == set(CAST)


@pytest.mark.parametrize(("kind", "check"), CHECKS)
def test_both_keep_the_contract(
    kind: str,
    check: Check,
    which: str,
    material: Material,
    request: pytest.FixtureRequest,
) -> None:
    check.run(engine(kind, which, request), material)


def test_the_other_dialogue_model_has_the_methods_too() -> None:
    other = OpenAICompatible(base_url="http://127.0.0.1:9", model="none")
    silence = Material(AudioClip(b"", 16_000))
    has_methods_of(protocols.DialogueModel).run(other, silence)


@pytest.mark.parametrize("kind", ["detector", "scorer", "animator", "turn_detector"])
def test_warming_and_closing_may_be_repeated(
    kind: str, which: str, request: pytest.FixtureRequest
) -> None:
    player = engine(kind, which, request)
    for _ in range(2):
        player.warm()
        player.close()
    player.close()
