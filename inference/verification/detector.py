"""What every speech detector keeps to."""

from __future__ import annotations

import numpy as np

from inference.protocols import SpeechDetector

from .checks import Check, expect
from .material import Material


def _tells_speech(engine: SpeechDetector, material: Material) -> None:
    stream = engine.open()
    size = stream.window_samples
    samples = material.speech.as_float32()
    windows = samples[: samples.size // size * size].reshape(-1, size)
    found = [stream.probability(window) for window in windows]
    expect(all(isinstance(p, float) for p in found), "a probability is no float")
    expect(all(0 <= p <= 1 for p in found), "a probability is outside 0 to 1")
    expect(max(found) > 0.5, "speech was not noticed")


def _forgets(engine: SpeechDetector, material: Material) -> None:
    stream = engine.open()
    size = stream.window_samples
    samples = material.speech.as_float32()
    for start in range(0, samples.size - size, size):
        stream.probability(samples[start : start + size])
    stream.reset()
    quiet = stream.probability(np.zeros(size, np.float32))
    expect(quiet < 0.35, "silence is taken for speech after a reset")


def _keeps_streams_apart(engine: SpeechDetector, material: Material) -> None:
    one, other = engine.open(), engine.open()
    expect(one is not other, "two microphones share a stream")
    size = one.window_samples
    samples = material.speech.as_float32()
    for start in range(0, samples.size - size, size):
        one.probability(samples[start : start + size])
    quiet = other.probability(np.zeros(size, np.float32))
    expect(quiet < 0.35, "one microphone's speech is heard in another")


CHECKS = (
    Check("tells speech", _tells_speech),
    Check("forgets after a reset", _forgets),
    Check("keeps streams apart", _keeps_streams_apart),
)
