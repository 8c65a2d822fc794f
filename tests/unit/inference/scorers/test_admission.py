"""Sound that is unfit to be judged, and rates."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.admission import at_16_khz, unfit
from inference.errors import StageError
from inference.types.assessment import AssessmentOutcome
from inference.types.audio import AudioClip, FloatSamples


def tone(seconds: float, level: float, rate_hz: int = 16_000) -> FloatSamples:
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    return np.asarray(level * np.sin(2 * np.pi * 200 * t), np.float32)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
def test_every_rate_of_a_microphone_is_taken(rate_hz: int) -> None:
    clip = AudioClip.from_float32(tone(1.0, 0.3, rate_hz), rate_hz)
    samples = at_16_khz(clip)
    assert samples.dtype == np.float32
    assert samples.size == pytest.approx(16_000, abs=20)
    assert np.abs(samples).max() == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize("rate_hz", [1, 4_000, 400_000])
def test_a_rate_of_no_microphone_is_a_failure(rate_hz: int) -> None:
    with pytest.raises(StageError) as told:
        at_16_khz(AudioClip(bytes(3_200), rate_hz))
    assert (told.value.code, told.value.retryable) == ("assess.failed", False)


def test_quiet_speech_after_a_long_silence_is_fit() -> None:
    samples = np.concatenate([np.zeros(80_000, np.float32), tone(0.3, 0.01)])
    assert unfit(samples, 30.0) is None
    assert unfit(samples[:80_000], 30.0) is AssessmentOutcome.SILENCE


def test_a_few_clipped_peaks_are_fit() -> None:
    loud = np.clip(tone(1.0, 1.0005), -1, 1)
    assert unfit(loud[:8_000] * 0.99, 30.0) is None
    assert unfit(np.clip(tone(1.0, 3.0), -1, 1), 30.0) is AssessmentOutcome.CLIPPED
