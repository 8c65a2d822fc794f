"""Clips as recognisers take them, and the answer where nothing needs to be recognised."""

from __future__ import annotations

import numpy as np

from inference.errors import StageError
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import Transcript

RATE_HZ = 16_000
# Less is a click: no syllable fits.
_SHORTEST_S = 0.1
# Below this a microphone is off, not quiet (about -76 dB of full scale).
_DIGITAL_SILENCE = 1.6e-4
_RATES_HZ = (8_000, 192_000)


def at_16_khz(clip: AudioClip) -> FloatSamples:
    """Return a clip's samples at 16 kHz. Raises StageError ``asr.failed``."""
    if clip.sample_rate_hz == RATE_HZ:
        return clip.as_float32()
    if not _RATES_HZ[0] <= clip.sample_rate_hz <= _RATES_HZ[1]:
        raise StageError(
            "asr.failed", f"{clip.sample_rate_hz} Hz is no speech rate", retryable=False
        )
    import soxr

    resampled: FloatSamples = soxr.resample(
        clip.as_float32(), clip.sample_rate_hz, RATE_HZ
    ).astype(np.float32)
    return resampled


def may_hold_speech(samples: FloatSamples) -> bool:
    """Whether 16 kHz samples are long and loud enough for a word."""
    if samples.size < _SHORTEST_S * RATE_HZ:
        return False
    return float(np.abs(samples).max()) >= _DIGITAL_SILENCE


def nothing_said(language: str | None) -> Transcript:
    """Return the transcript of silence."""
    return Transcript("", (), language or "", 0.0, 1.0)


def primary_language(tag: str | None) -> str | None:
    """Return the primary part of a language tag; None where it is to be found out."""
    return (tag or "").partition("-")[0].lower() or None
