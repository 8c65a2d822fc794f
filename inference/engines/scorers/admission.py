"""What can be told of a clip before anybody judges it: is there enough sound, and is it fit."""

from __future__ import annotations

import numpy as np

from inference.errors import StageError
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
    WordScore,
)
from inference.types.audio import AudioClip, FloatSamples

RATE_HZ = 16_000
_RATES_HZ = (8_000, 192_000)
_SHORTEST_S = 0.2
# The loudest tenth of a second is quieter than a whisper at arm's length.
_SILENT_BELOW = 10 ** (-55 / 20)
_WINDOW_SAMPLES = RATE_HZ // 10
_FULL_SCALE = 0.998
_CLIPPED_SHARE = 0.02


def at_16_khz(clip: AudioClip) -> FloatSamples:
    """Return the samples at 16 kHz. Raises StageError for a rate no microphone has."""
    if clip.sample_rate_hz == RATE_HZ:
        return clip.as_float32()
    if not _RATES_HZ[0] <= clip.sample_rate_hz <= _RATES_HZ[1]:
        raise StageError(
            "assess.failed",
            f"{clip.sample_rate_hz} Hz is no speech rate",
            retryable=False,
        )
    import soxr

    resampled: FloatSamples = soxr.resample(
        clip.as_float32(), clip.sample_rate_hz, RATE_HZ
    ).astype(np.float32)
    return resampled


def unfit(samples: FloatSamples, longest_s: float) -> AssessmentOutcome | None:
    """Return why sound at 16 kHz cannot be judged, or None if it may be."""
    if samples.size < _SHORTEST_S * RATE_HZ:
        return AssessmentOutcome.TOO_SHORT
    if samples.size > longest_s * RATE_HZ:
        return AssessmentOutcome.TOO_LONG
    if loudest(samples) < _SILENT_BELOW:
        return AssessmentOutcome.SILENCE
    if float(np.mean(np.abs(samples) >= _FULL_SCALE)) > _CLIPPED_SHARE:
        return AssessmentOutcome.CLIPPED
    return None


def loudest(samples: FloatSamples) -> float:
    """Return the level of the loudest tenth of a second, 1.0 being full scale."""
    windows = max(1, samples.size // _WINDOW_SAMPLES)
    parts = np.array_split(samples.astype(np.float64), windows)
    return max(float(np.sqrt(np.mean(part**2))) for part in parts)


def answer(
    request: AssessRequest,
    model: str,
    outcome: AssessmentOutcome,
    words: tuple[WordScore, ...] = (),
) -> PronunciationAssessment:
    """Return what a scorer without expert ratings says: words at most, never marks."""
    return PronunciationAssessment(
        outcome=outcome,
        model=model,
        language=request.language,
        source=request.source,
        text=request.text,
        words=words,
    )
