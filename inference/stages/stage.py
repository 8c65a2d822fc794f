"""The stages of a turn and the kind of engine each one uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EngineKind(StrEnum):
    """The kinds of engine, as named in the settings."""

    DETECTOR = "detector"
    TRANSCRIBER = "transcriber"
    SCORER = "scorer"
    DIALOGUE = "dialogue"
    SYNTHESIZER = "synthesizer"
    ANIMATOR = "animator"
    FACE_RENDERER = "face_renderer"
    CLIP_RENDERER = "clip_renderer"
    FACE_FINDER = "face_finder"
    TURN_DETECTOR = "turn_detector"


# What talks need; the others are made when they are first asked for.
LIVE_KINDS = tuple(
    kind
    for kind in EngineKind
    if kind not in (EngineKind.CLIP_RENDERER, EngineKind.FACE_FINDER)
)


class Stage(StrEnum):
    """The stages of a turn, in order; at last what a face is made ready by."""

    TRANSCRIBE = "transcribe"
    ASSESS = "assess"
    RESPOND = "respond"
    SYNTHESIZE = "synthesize"
    ANIMATE = "animate"
    RENDER = "render"
    PREPARE = "prepare"


@dataclass(frozen=True, slots=True)
class StageSpec:
    """The engine a stage uses and the error codes of its failures.

    ``repeatable``: a second run of the same request may go on where the first one stopped.
    ``also_fails`` are further codes that mean something to whoever asked. ``in_turns``: a
    learner waits for it.
    """

    engine: EngineKind
    failed_code: str
    timeout_code: str
    repeatable: bool = True
    also_fails: frozenset[str] = frozenset()
    in_turns: bool = True


STAGES: dict[Stage, StageSpec] = {
    Stage.TRANSCRIBE: StageSpec(EngineKind.TRANSCRIBER, "asr.failed", "asr.failed"),
    Stage.ASSESS: StageSpec(EngineKind.SCORER, "assess.failed", "assess.failed"),
    # A model says it in other words the second time.
    Stage.RESPOND: StageSpec(
        EngineKind.DIALOGUE, "llm.failed", "llm.timeout", repeatable=False
    ),
    Stage.SYNTHESIZE: StageSpec(EngineKind.SYNTHESIZER, "tts.failed", "tts.failed"),
    Stage.ANIMATE: StageSpec(EngineKind.ANIMATOR, "face.failed", "face.failed"),
    Stage.RENDER: StageSpec(EngineKind.FACE_RENDERER, "video.failed", "video.failed"),
    Stage.PREPARE: StageSpec(
        EngineKind.FACE_RENDERER,
        "video.failed",
        "video.failed",
        also_fails=frozenset({"video.no_face"}),
        in_turns=False,
    ),
}
