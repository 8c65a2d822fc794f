"""Speech, pictures and an installed SadTalker, for the tests of clips."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from inference.engines.avatars.clips.mp4 import clip_of_frames, joined
from inference.errors import StageError
from inference.protocols import Cancelled, ClipCapabilities
from inference.types.audio import AudioClip
from inference.types.clip import AvatarKind, Clip, ClipProgress, ClipRequest
from inference.types.face import Pixels
from inference.types.picture import FaceBox
from inference.types.speech import PhonemeSpan, SpeechChunk

_PROGRAM = Path(__file__).with_name("sadtalker_program.py")


def said(seconds: float = 1.0, rate_hz: int = 16_000) -> SpeechChunk:
    """Return a hum that is said to be one vowel."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    clip = AudioClip.from_float32(
        (0.2 * np.sin(2 * np.pi * 220 * times)).astype(np.float32), rate_hz
    )
    return SpeechChunk(clip, (PhonemeSpan("a", 0.0, clip.duration_ms),))


def picture(width: int = 64, height: int = 64) -> bytes:
    """Return a PNG of a light square on grey."""
    file = io.BytesIO()
    image = Image.new("RGB", (width, height), (120, 110, 100))
    image.paste((230, 200, 180), (width // 4, height // 4, width // 2, height // 2))
    image.save(file, "PNG")
    return file.getvalue()


def install_sadtalker(folder: Path, behaviour: str = "") -> dict[str, Any]:
    """Lay a stand-in for SadTalker into a folder; return the engine's options."""
    checkout = folder / "SadTalker"
    (checkout / "checkpoints").mkdir(parents=True)
    (checkout / "checkpoints" / "SadTalker_V0.0.2_256.safetensors").write_bytes(b"w")
    shutil.copy(_PROGRAM, checkout / "inference.py")
    if behaviour:
        (checkout / "behaviour").write_text(behaviour)
    work = folder / "work"
    work.mkdir()
    return {
        "python": sys.executable,
        "checkout": str(checkout),
        "work_dir": str(work),
    }


class ScriptedClips:
    """Renders a grey clip of a few pictures; the first ``failures`` runs fail.

    ``asked`` are the requests. ``before_clip`` is called when half is done.
    """

    def __init__(
        self, *, failures: int = 0, code: str = "clip.failed", version: str = "1"
    ) -> None:
        self.failures = failures
        self.code = code
        self.version = version
        self.asked: list[ClipRequest] = []
        self.before_clip: Callable[[], object] = lambda: None

    @property
    def capabilities(self) -> ClipCapabilities:
        """Everybody."""
        return ClipCapabilities(frozenset(AvatarKind), f"scripted-{self.version}")

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Yield progress and the clip."""
        if cancelled.is_set():
            return
        self.asked.append(request)
        if self.failures > 0:
            self.failures -= 1
            raise StageError(self.code, "scripted")
        yield ClipProgress(0.5)
        self.before_clip()
        if cancelled.is_set():
            return
        frames = [np.full((64, 64, 3), 90, np.uint8)] * round(
            request.duration_ms / 1000 * 5
        )
        yield clip_of_frames(frames, fps=5, speech=joined(request.speech))


class ScriptedFaceFinder:
    """Finds the faces that it was told to find; None: it cannot tell."""

    def __init__(self, faces: tuple[FaceBox, ...] | None) -> None:
        self._faces = faces

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def find(self, pixels: Pixels) -> tuple[FaceBox, ...]:
        """Return them. Raises StageError ``portrait.unchecked``."""
        if self._faces is None:
            raise StageError("portrait.unchecked", "scripted")
        return self._faces
