"""One stage: whatever an engine does, what comes out is results or the stage's error."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.stages.executor import execute_stage
from inference.stages.stage import STAGES, EngineKind, Stage
from inference.types.assessment import AssessRequest
from inference.types.audio import AudioClip
from inference.types.dialogue import DialogueRequest, Message
from inference.types.face import AvatarRequest, RenderRequest
from inference.types.speech import (
    AnimationRequest,
    PhonemeSpan,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
)
from tests.fakes.engines import (
    ScriptedAnimator,
    ScriptedDialogue,
    ScriptedScorer,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.faces import ScriptedFace

SECRET = "my name is Mina and I live in"
CLIP = AudioClip(bytes(3200), 16_000)
REQUESTS: dict[Stage, Any] = {
    Stage.TRANSCRIBE: TranscribeRequest(CLIP),
    Stage.ASSESS: AssessRequest(CLIP, SECRET),
    Stage.RESPOND: DialogueRequest((Message("user", SECRET),), "c"),
    Stage.SYNTHESIZE: SynthesisRequest("Hi."),
    Stage.ANIMATE: AnimationRequest(SpeechChunk(CLIP, (PhonemeSpan("a", 0, 100),))),
    Stage.RENDER: RenderRequest("tutor", "t", "1.0", SpeechChunk(CLIP, ()), 0.0),
    Stage.PREPARE: AvatarRequest("tutor"),
}
ENGINES: dict[EngineKind, Any] = {
    EngineKind.TRANSCRIBER: ScriptedTranscriber(),
    EngineKind.SCORER: ScriptedScorer(),
    EngineKind.DIALOGUE: ScriptedDialogue(),
    EngineKind.SYNTHESIZER: ScriptedSynthesizer(),
    EngineKind.ANIMATOR: ScriptedAnimator(),
    EngineKind.FACE_RENDERER: ScriptedFace(),
}


class Breaking:
    """An engine of every kind that raises, maybe after a first result."""

    def __init__(self, error: Exception, *, late: bool = False) -> None:
        self._error = error
        self._late = late

    def transcribe(self, request: Any, *, cancelled: Cancelled) -> Any:
        """Raise."""
        raise self._error

    def assess(self, request: Any, *, cancelled: Cancelled) -> Any:
        """Raise."""
        raise self._error

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> Any:
        """Raise."""
        raise self._error

    def respond(self, request: Any, *, cancelled: Cancelled) -> Iterator[Any]:
        """Raise, maybe late."""
        if self._late:
            yield "first"
        raise self._error

    synthesize = animate = stream = respond


def run(stage: Stage, engine: Any) -> list[Any]:
    """Run a stage on one engine."""
    return list(
        execute_stage(
            stage,
            REQUESTS[stage],
            get_engine=lambda kind: engine,
            cancelled=threading.Event(),
        )
    )


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_asks_its_own_engine(stage: Stage) -> None:
    asked: list[EngineKind] = []

    def get_engine(kind: EngineKind) -> Any:
        asked.append(kind)
        return ENGINES[kind]

    results = list(
        execute_stage(
            stage,
            REQUESTS[stage],
            get_engine=get_engine,
            cancelled=threading.Event(),
        )
    )
    assert asked == [STAGES[stage].engine]
    assert results


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("late", [False, True])
def test_any_exception_becomes_the_stages_error_and_quotes_nobody(
    stage: Stage, late: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StageError) as failure:
        run(stage, Breaking(ValueError(SECRET), late=late))
    assert failure.value.code == STAGES[stage].failed_code
    assert SECRET not in failure.value.message
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_an_engines_own_stage_error_is_passed_on() -> None:
    error = StageError("llm.timeout", "slow", retryable=False)
    with pytest.raises(StageError) as failure:
        run(Stage.RESPOND, Breaking(error))
    assert failure.value is error


def test_a_portrait_without_a_face_is_told_of_as_that() -> None:
    error = StageError("video.no_face", "no mouth", retryable=False)
    with pytest.raises(StageError) as failure:
        run(Stage.PREPARE, Breaking(error))
    assert failure.value is error
    with pytest.raises(StageError) as failure:
        run(Stage.RENDER, Breaking(error))
    assert failure.value.code == "video.failed"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("code", ["engine.library_missing", "model.missing"])
def test_an_engine_that_cannot_be_had_fails_with_the_stages_code(
    stage: Stage, code: str
) -> None:
    def get_engine(kind: EngineKind) -> Any:
        raise EngineUnavailable(code, "pip install x", retryable=False)

    with pytest.raises(StageError) as failure:
        list(
            execute_stage(
                stage,
                REQUESTS[stage],
                get_engine=get_engine,
                cancelled=threading.Event(),
            )
        )
    assert failure.value.code == STAGES[stage].failed_code
    assert failure.value.message == "pip install x"
    assert not failure.value.retryable
