"""``execute_stage``: the one function every runner calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from inference.errors import StageError
from inference.protocols import Cancelled, FaceRenderer
from inference.types.face import AvatarLoop, AvatarRequest

from .stage import STAGES, EngineKind, Stage

logger = logging.getLogger(__name__)

GetEngine = Callable[[EngineKind], Any]


def execute_stage(
    stage: Stage, request: Any, *, get_engine: GetEngine, cancelled: Cancelled
) -> Iterator[Any]:
    """Run one stage and yield its results in order.

    Raises StageError with the stage's code, whatever the engine raised.
    """
    spec = STAGES[stage]
    try:
        engine = get_engine(spec.engine)
        yield from _results(stage, engine, request, cancelled)
    except StageError as error:
        if error.code in {spec.failed_code, spec.timeout_code} | spec.also_fails:
            raise
        # ``engine.*`` and ``model.*`` are for operators; a turn knows stages that failed.
        logger.error("%s cannot run: %s", stage.value, error.code)
        raise StageError(
            spec.failed_code, error.message, retryable=error.retryable
        ) from error
    except Exception as error:
        # The text of a library's exception may quote what was said: only its type is logged.
        logger.exception(
            "%s failed with %s", stage.value, type(error).__name__, exc_info=False
        )
        raise StageError(
            spec.failed_code, f"{stage.value}: {type(error).__name__}"
        ) from error


def _results(
    stage: Stage, engine: Any, request: Any, cancelled: Cancelled
) -> Iterator[Any]:
    match stage:
        case Stage.TRANSCRIBE:
            yield engine.transcribe(request, cancelled=cancelled)
        case Stage.ASSESS:
            yield engine.assess(request, cancelled=cancelled)
        case Stage.RESPOND:
            yield from engine.respond(request, cancelled=cancelled)
        case Stage.SYNTHESIZE:
            yield from engine.synthesize(request, cancelled=cancelled)
        case Stage.ANIMATE:
            yield from engine.animate(request, cancelled=cancelled)
        case Stage.RENDER:
            yield from engine.stream(request, cancelled=cancelled)
        case Stage.PREPARE:
            yield _loop(engine, request, cancelled)


def _loop(
    engine: FaceRenderer, request: AvatarRequest, cancelled: Cancelled
) -> AvatarLoop:
    ready = engine.prepare(request.avatar, cancelled=cancelled)
    if ready.sha256 == request.known:
        mp4 = b""
    elif request.state:
        mp4 = engine.loop(request.avatar, request.state, cancelled=cancelled)
    else:
        mp4 = ready.idle
    return AvatarLoop(
        ready.avatar,
        ready.sha256,
        ready.width,
        ready.height,
        ready.fps,
        ready.states,
        mp4,
    )
