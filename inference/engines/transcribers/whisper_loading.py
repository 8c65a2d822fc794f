"""A Whisper model brought into memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from inference.errors import EngineUnavailable

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


def load_model(
    folder: Path,
    *,
    device: str,
    device_index: int | list[int],
    compute_type: str,
    threads: int,
    workers: int,
) -> WhisperModel:
    """Return the model of a folder. Raises EngineUnavailable."""
    try:
        from faster_whisper import WhisperModel
    except ImportError as missing:
        raise EngineUnavailable(
            "engine.library_missing",
            "This engine needs faster-whisper: pip install faster-whisper",
            retryable=False,
        ) from missing
    try:
        return WhisperModel(
            str(folder),
            device=device,
            device_index=device_index,
            compute_type=compute_type,
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as broken:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"Cannot load {folder.name} on {device} as {compute_type}: {broken}",
            retryable=False,
        ) from broken


def cards(given: int | str) -> int | list[int]:
    """Return the cards that the settings name. Raises EngineUnavailable."""
    try:
        found = [int(each) for each in str(given).split(",")]
    except ValueError:
        raise EngineUnavailable(
            "engine.bad_option",
            f"device_index is {given!r}, not numbers of cards parted by commas",
            retryable=False,
        ) from None
    return found[0] if len(found) == 1 else found


def usual_threads() -> int:
    """Return half of the cores that this process may use, but at least one.

    Two virtual cores are mostly one real core, on which two threads wait for each other; and
    recognition is never alone: the language model and the voice work beside it.
    """
    cores = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )
    return max(1, cores // 2)
