"""Where sound is kept: FLAC files below ``PRIVATE_ROOT``, never below a public URL."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from uuid import UUID

import numpy as np
import soundfile
from django.conf import settings

from inference.types.audio import AudioClip


def recording_path(*, session_uuid: UUID, turn: int, speaker: str, attempt: int) -> str:
    """Return the relative path of an utterance's file."""
    return f"recordings/{session_uuid}/{turn:05d}-{speaker.lower()}-{attempt}.flac"


def session_of(path: str) -> UUID | None:
    """Return the session whose utterance a file is, None for a reading's."""
    match path.split("/"):
        case ["recordings", folder, _] if folder != "read-aloud":
            return UUID(folder)
    return None


def reading_path(*, attempt_uuid: UUID) -> str:
    """Return the relative path of a reading's file."""
    return f"recordings/read-aloud/{attempt_uuid}.flac"


def absolute_path(path: str) -> Path:
    """Return where a relative path lies. Raises ValueError if it leaves the root."""
    root = Path(settings.PRIVATE_ROOT).resolve()
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        raise ValueError("a recording lies outside of the private folder")
    return found


def write_clip(clip: AudioClip, path: str) -> int:
    """Write a clip whole or not at all; return its size in bytes. Raises OSError."""
    target = absolute_path(path)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        samples = np.frombuffer(clip.pcm, dtype="<i2")
        soundfile.write(name, samples, clip.sample_rate_hz, format="FLAC")
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
    return target.stat().st_size


def read_clip(path: str) -> AudioClip:
    """Return a stored sound. Raises OSError if its file is gone or broken."""
    try:
        samples, rate = soundfile.read(absolute_path(path), dtype="int16")
    except soundfile.LibsndfileError as error:
        raise OSError("a recording cannot be read") from error
    return AudioClip(samples.astype("<i2").tobytes(), rate)


def delete_file(path: str) -> None:
    """Delete a file; one that is gone already is fine."""
    target = absolute_path(path)
    target.unlink(missing_ok=True)
    if target.parent.is_dir() and not any(target.parent.iterdir()):
        target.parent.rmdir()
