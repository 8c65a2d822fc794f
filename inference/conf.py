"""Puts engines and runner together from ``settings.INFERENCE``: the composition root."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from inference import scaled
from inference.registry import create_engine
from inference.runners.base import StageRunner
from inference.runners.by_stage import RunnerByStage
from inference.runners.embedded import EmbeddedRunner
from inference.runners.observed import ObservedRunner
from inference.runners.remote_engines import REMOTE
from inference.runners.video_places import VideoPlaces
from inference.stages.stage import LIVE_KINDS, STAGES, EngineKind, Stage
from inference.store import ModelStore
from telemetry import metrics

logger = logging.getLogger(__name__)

# The page draws the tutor until there is video.
_NOT_WAITED_FOR = frozenset({EngineKind.FACE_RENDERER})

_lock = threading.RLock()
_engines: dict[EngineKind, Any] = {}
_runner: ObservedRunner | None = None
# What this process is a worker of: these engines stand here, whatever the settings say.
_served_here: frozenset[EngineKind] = frozenset()
_made: Callable[[Any], Any] = lambda engine: engine
# Cleared while engines are being warmed up, so that nobody starts on a cold one.
_settled = threading.Event()
_settled.set()
# Set once engines were warmed up for the first time.
_warmed = threading.Event()


def model_store() -> ModelStore:
    """Return the store of model files."""
    conf = settings.INFERENCE
    local = conf["LOCAL_SOURCE_DIR"]
    return ModelStore(
        Path(conf["MODELS_DIR"]), local_source_dir=Path(local) if local else None
    )


def engine_name(kind: EngineKind) -> str:
    """Return the configured engine's name."""
    return str(settings.INFERENCE["ENGINES"][kind.value]["NAME"])


def get_engine(kind: EngineKind) -> Any:
    """Return the configured engine of a kind, made at its first use.

    Where workers have it, what is returned orders runs from them. Raises
    EngineUnavailable if its library or weights are missing.
    """
    with _lock:
        if kind not in _engines:
            _engines[kind] = (
                REMOTE[kind](get_runner(), scaled.fleet())
                if is_elsewhere(kind)
                else _made(_made_here(kind))
            )
        return _engines[kind]


def is_elsewhere(kind: EngineKind) -> bool:
    """Whether an engine stands on workers and not in this process."""
    return kind in REMOTE and kind in scaled.queued_kinds() - _served_here


def video_places() -> VideoPlaces | None:
    """Return how many replies face workers keep up with; None where no worker has a face."""
    elsewhere = is_elsewhere(EngineKind.FACE_RENDERER)
    return scaled.video_places() if elsewhere else None


def live_kinds_here() -> tuple[EngineKind, ...]:
    """Return the kinds that talks need of this process."""
    elsewhere = scaled.queued_kinds() - _served_here
    return tuple(kind for kind in LIVE_KINDS if kind not in elsewhere)


def serve_here(
    kinds: Iterable[EngineKind], *, made: Callable[[Any], Any] = lambda engine: engine
) -> None:
    """This process is a worker: it has these engines itself, put through ``made``."""
    global _served_here, _made
    with _lock:
        _served_here, _made = frozenset(kinds), made


def _made_here(kind: EngineKind) -> Any:
    conf = settings.INFERENCE["ENGINES"][kind.value]
    if "FACTORY" in conf:
        return import_string(conf["FACTORY"])(**conf["OPTIONS"])
    store = model_store()
    return create_engine(
        kind.value,
        conf["NAME"],
        conf["OPTIONS"],
        store.path,
        lambda name: store.ensure([name]),
    )


def get_runner() -> StageRunner:
    """Return the configured stage runner. Raises ValueError for an unknown name."""
    global _runner
    with _lock:
        if _runner is None:
            _runner = _made_runner(settings.INFERENCE["RUNNER"])
        return _runner


def _made_runner(name: str) -> ObservedRunner:
    if name not in ("embedded", "queued"):
        raise ValueError(f"TUTOR_RUNNER {name!r} is not one of: embedded, queued")
    here = EmbeddedRunner(
        get_engine,
        threads={Stage(k): v for k, v in settings.INFERENCE["THREADS"].items()},
        deadline_s={Stage(k): v for k, v in settings.INFERENCE["DEADLINE_S"].items()},
        waits=scaled.waits(),
    )
    queued = scaled.queued_stages()
    return ObservedRunner(
        RunnerByStage(here, scaled.queued_runner(), queued)
        if name == "queued"
        else here,
        queued=queued,
        engine_words=lambda stage: scaled.engine_words(STAGES[stage].engine),
    )


def warm(kinds: tuple[EngineKind, ...] = LIVE_KINDS) -> dict[EngineKind, str]:
    """Load and try engines; return what is wrong, by kind (empty: all well).

    Talks begin without those that are not waited for.
    """
    problems: dict[EngineKind, str] = {}
    _settled.clear()
    try:
        _warm_each([k for k in kinds if k not in _NOT_WAITED_FOR], problems)
    finally:
        _settled.set()
        _warmed.set()
    _warm_each([k for k in kinds if k in _NOT_WAITED_FOR], problems)
    return problems


def _warm_each(kinds: Iterable[EngineKind], problems: dict[EngineKind, str]) -> None:
    for kind in kinds:
        try:
            get_engine(kind).warm()
        except Exception as error:  # noqa: BLE001 the caller tells of it
            problems[kind] = str(error)
        metrics.ENGINE_PROBLEMS.labels(kind.value).set(kind in problems)


def is_warm() -> bool:
    """Whether engines have been warmed up since this process began."""
    return _warmed.is_set()


def wait_settled(timeout_s: float) -> bool:
    """Wait while engines are being warmed up; return whether that is over."""
    return _settled.wait(timeout_s)


def shutdown() -> None:
    """Close the runner and every engine, ending their child processes."""
    global _runner
    with _lock:
        if _runner is not None:
            _runner.close()
            _runner = None
        for engine in _engines.values():
            engine.close()
        _engines.clear()
