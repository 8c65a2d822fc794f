"""What learners say in benchmarks of many: tones for scripted engines, voices for real ones."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from .client import FRAME_BYTES
from .speech import LearnerSpeech

TONE_FRAMES = 60


def tones() -> list[LearnerSpeech]:
    """Return one utterance of 1.2 s that LoudnessDetector takes for speech."""
    t = np.arange(FRAME_BYTES // 2)
    tone = (8000 * np.sin(2 * np.pi * 250 * t / 16_000)).astype("<i2").tobytes()
    return [LearnerSpeech("tone", [tone] * TONE_FRAMES, 0, TONE_FRAMES - 1)]


def spoken(folder: Path | None, count: int) -> list[LearnerSpeech]:
    """Return utterances of a folder of sound files, or of the configured voice."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    django.setup()
    from inference import conf  # noqa: PLC0415 settings come first

    from .speech import from_folder, synthesized  # noqa: PLC0415

    try:
        return synthesized(count) if folder is None else from_folder(folder)[:count]
    finally:
        conf.shutdown()
