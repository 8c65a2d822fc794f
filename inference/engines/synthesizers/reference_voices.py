"""People's voices that engines may speak with: clips in a folder, one for each key.

Whoever keeps the consents writes ``<key>.wav`` and, for engines that want to know what is
said in it, ``<key>.txt``, and deletes both when a consent ends. Engines look at the folder
at each request, so that a voice is not used any more from then on. What they make of a clip
is a file ``<key>.<anything>`` in it too, and goes with it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inference.types.audio import FloatSamples

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class ReferenceClip:
    """Somebody's voice. ``sha256`` is the hash of the file, ``text`` what is said in it."""

    key: str
    samples: FloatSamples
    rate_hz: int
    sha256: str
    text: str


class ReferenceVoices:
    """The clips of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, key: str) -> bool:
        """Whether there is a voice of this key now; ``""`` is none."""
        return bool(_KEY.fullmatch(key)) and self._clip(key).is_file()

    def read(self, key: str) -> ReferenceClip | None:
        """Return a clip, None where there is none (any more) or it cannot be read."""
        if not _KEY.fullmatch(key):
            return None
        try:
            data = self._clip(key).read_bytes()
            samples, rate_hz = _samples(data)
        except (OSError, EOFError, ValueError, wave.Error):
            return None
        return ReferenceClip(
            key, samples, rate_hz, hashlib.sha256(data).hexdigest(), self._text(key)
        )

    def made(self, key: str, suffix: str) -> Path:
        """Return where something that was made of a clip is kept."""
        return self._folder / f"{key}.{suffix}"

    def keep(self, key: str, suffix: str, data: bytes) -> None:
        """Keep what was made of a clip, unless the clip has gone meanwhile.

        Raises OSError.
        """
        target = self.made(key, suffix)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=f"{key}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, target)
        finally:
            Path(name).unlink(missing_ok=True)
        if not self.has(key):
            target.unlink(missing_ok=True)

    def _clip(self, key: str) -> Path:
        return self.made(key, "wav")

    def _text(self, key: str) -> str:
        try:
            return self.made(key, "txt").read_text("utf-8")
        except OSError:
            return ""


def _samples(data: bytes) -> tuple[FloatSamples, int]:
    """Return 16-bit sound, mixed to one channel. Raises ValueError for other forms."""
    with wave.open(io.BytesIO(data)) as file:
        if file.getsampwidth() != 2:
            raise ValueError("not 16 bits")
        pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        mixed = pcm.reshape(-1, file.getnchannels()).mean(axis=1) / 32768.0
        return mixed.astype(np.float32), file.getframerate()
