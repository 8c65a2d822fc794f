"""The engines of the settings, made here for measuring, wherever talks have theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from inference.conf import model_store
from inference.errors import StageError
from inference.registry import create_engine
from inference.stages.stage import EngineKind

_WHISPER_FILES = ("model.bin", "config.json")


def name_of(kind: EngineKind) -> str:
    """Return the configured engine's name."""
    return str(settings.INFERENCE["ENGINES"][kind.value]["NAME"])


def option_of(kind: EngineKind, option: str) -> Any:
    """Return an option of the configured engine, None without it."""
    return settings.INFERENCE["ENGINES"][kind.value]["OPTIONS"].get(option)


def made(kind: EngineKind, *, name: str = "", **changed: Any) -> Any:
    """Return an engine as configured but for what is changed. Raises EngineUnavailable."""
    conf = settings.INFERENCE["ENGINES"][kind.value]
    options = {**conf["OPTIONS"], **changed}
    if "FACTORY" in conf:
        return import_string(conf["FACTORY"])(**options)
    store = model_store()
    return create_engine(
        kind.value,
        name or conf["NAME"],
        options,
        store.path,
        lambda model: store.ensure([model]),
    )


def whisper_models() -> list[str]:
    """Return the Whisper models that are here, as the settings name them.

    Those of the manifest by name, others in the folder of models by their whole path, and
    the configured one, which may lie elsewhere.
    """
    store = model_store()
    found = {str(option_of(EngineKind.TRANSCRIBER, "model"))}
    for folder in sorted(Path(store.models_dir).glob("*whisper*")):
        if all((folder / file).is_file() for file in _WHISPER_FILES):
            known = folder.name in store.manifest.models
            found.add(folder.name if known else str(folder.resolve()))
    return sorted(found)


def problem(error: StageError) -> str:
    """Return what is wrong, for the operator."""
    return f"[{error.code}] {error.message}"
