"""Speech, pictures and an installed SadTalker, for the tests of clips."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from inference.types.audio import AudioClip
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
    """Return a grey PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (120, 110, 100)).save(file, "PNG")
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
