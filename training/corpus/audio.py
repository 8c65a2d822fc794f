"""The sound of a reading, as the engines want it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr

from inference.types.audio import FloatSamples

from .reading import CorpusError

RATE_HZ = 16_000


def load_audio(path: Path) -> FloatSamples:
    """Return mono samples at 16 kHz, shape ``(n_samples,)``. Raises CorpusError."""
    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as broken:
        raise CorpusError(f"{path}: no readable sound ({broken})") from broken
    mono = samples.mean(axis=1)
    if rate_hz != RATE_HZ:
        mono = soxr.resample(mono, rate_hz, RATE_HZ)
    return np.ascontiguousarray(mono, dtype=np.float32)
