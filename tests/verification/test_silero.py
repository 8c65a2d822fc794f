"""The streaming detector against the batch detector of faster-whisper, and on speech."""

from __future__ import annotations

import time

import numpy as np
import pytest

from inference.engines.detectors.silero import WINDOW_SAMPLES, Silero
from inference.types.audio import FloatSamples

from .conftest import Say

pytestmark = pytest.mark.engine("silero")


def windows(samples: FloatSamples) -> FloatSamples:
    usable = samples.size // WINDOW_SAMPLES * WINDOW_SAMPLES
    return samples[:usable].reshape(-1, WINDOW_SAMPLES)


def test_window_by_window_is_the_same_as_all_at_once(say: Say) -> None:
    from faster_whisper.vad import get_vad_model

    speech = windows(say("The quick brown fox. And then, nothing."))
    stream = Silero().open()
    streamed = [stream.probability(window) for window in speech]
    at_once = get_vad_model()(speech.ravel().copy()).ravel()
    # The batch model blanks the end of its last window.
    assert np.abs(np.array(streamed) - at_once)[:-1].max() < 1e-4


def test_speech_is_told_from_noise_and_streams_do_not_mix(say: Say) -> None:
    detector = Silero()
    speech, noise = detector.open(), detector.open()
    rng = np.random.default_rng(7)
    heard, hiss = [], []
    for window in windows(say("I have been living here for three years.")):
        heard.append(speech.probability(window))
        random = rng.normal(0, 0.03, WINDOW_SAMPLES).astype(np.float32)
        hiss.append(noise.probability(random))
    assert np.mean(np.array(heard) > 0.5) > 0.6
    assert max(hiss) < 0.5


def test_reset_forgets(say: Say) -> None:
    stream = Silero().open()
    speech = windows(say("Hello there."))
    first = [stream.probability(window) for window in speech]
    stream.reset()
    assert [stream.probability(window) for window in speech] == first


def test_a_window_takes_far_less_than_it_lasts() -> None:
    stream = Silero().open()
    window = np.zeros(WINDOW_SAMPLES, np.float32)
    took = []
    for _ in range(200):
        start = time.perf_counter()
        stream.probability(window)
        took.append(time.perf_counter() - start)
    assert np.median(took) < 0.003


def test_another_window_size_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        Silero().open().probability(np.zeros(320, np.float32))
