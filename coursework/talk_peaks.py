"""The waveform of a talk: loudness of its recordings, made once and kept in a file.

The file lies below ``PRIVATE_ROOT`` and goes with the first recording of the talk that is
deleted: what is drawn is never more than what can be heard.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from inference.types.audio import AudioClip
from sessions.models import Recording
from sessions.recordings import absolute_path, read_clip

logger = logging.getLogger(__name__)

FOLDER = "peaks"
PEAK_MS = 50
LOUDEST = 100
VERSION = 1

# By turn and speaker: a number 0..100 for each PEAK_MS.
Peaks = dict[str, list[int]]


def talk_peaks(*, session: UUID) -> Peaks:
    """Return the peaks of each stretch that is kept, by ``turn-SPEAKER``."""
    recordings = _recordings(session)
    made_of = {key: [path, n_bytes] for key, (path, n_bytes) in recordings.items()}
    if not made_of:
        return {}
    known = _read(session)
    if known is not None and known.get("of") == made_of:
        found: Peaks = known["peaks"]
        return found
    peaks = {
        key: made
        for key, (path, _) in recordings.items()
        if (made := _peaks_of(path)) is not None
    }
    _write(session, {"version": VERSION, "of": made_of, "peaks": peaks})
    return peaks


def clip_peaks(clip: AudioClip) -> list[int]:
    """Return a clip's loudest sample of each PEAK_MS, as the ear hears it: by its root."""
    samples = np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32)) / 32768
    step = max(1, clip.sample_rate_hz * PEAK_MS // 1000)
    padded = np.pad(samples, (0, -len(samples) % step))
    loudest = padded.reshape(-1, step).max(axis=1) if len(padded) else padded
    return [round(LOUDEST * float(value)) for value in np.sqrt(loudest)]


def delete_peaks(*, session: UUID) -> None:
    """Delete what was made of a talk's recordings."""
    _file(session).unlink(missing_ok=True)


def _recordings(session: UUID) -> dict[str, tuple[str, int]]:
    """Return the latest recording of each speaker's turn."""
    rows: Iterable[Any] = (
        Recording.objects.filter(utterance__turn__session__uuid=session)
        .order_by("utterance__turn__index", "utterance__attempt")
        .values_list("utterance__turn__index", "utterance__speaker", "path", "n_bytes")
    )
    return {f"{turn}-{speaker}": (path, size) for turn, speaker, path, size in rows}


def _peaks_of(path: str) -> list[int] | None:
    try:
        return clip_peaks(read_clip(path))
    except (OSError, ValueError):
        # Without its file a stretch is drawn without sound.
        logger.warning("a recording could not be read for its waveform")
        return None


def _file(session: UUID) -> Path:
    return absolute_path(f"{FOLDER}/{session}.json")


def _read(session: UUID) -> dict[str, Any] | None:
    try:
        found = json.loads(_file(session).read_text())
    except (OSError, ValueError):
        return None
    valid = isinstance(found, dict) and found.get("version") == VERSION
    return found if valid else None


def _write(session: UUID, content: dict[str, Any]) -> None:
    target = _file(session)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
        with os.fdopen(handle, "w") as file:
            json.dump(content, file, separators=(",", ":"))
        Path(name).replace(target)
    except OSError:
        # It is made again next time.
        logger.warning("a waveform could not be kept")
