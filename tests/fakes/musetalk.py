"""MuseTalk's models, replaced by sums whose result can be told by hand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Lock

import numpy as np

from inference.engines.avatars.musetalk.architecture import (
    CROP,
    LATENT,
    LONGEST_SOUND_S,
    RATE_HZ,
    SAMPLES_PER_FEATURE,
    Floats,
    Halves,
)
from inference.types.audio import FloatSamples
from inference.types.face import Pixels


class SummingNetwork:
    """Hears loudness, sees brightness, and paints a grey face of what it heard.

    Feature number ``j`` has the mean of 60 ms round it in each of two layers of width 2;
    a face has 100 plus 100 times the mean of its window. ``batches`` are the numbers of
    pictures painted at once; each batch takes ``delay_s``, and ``failures`` of them fail.
    """

    fingerprint = "sums"

    def __init__(self, *, delay_s: float = 0.0, failures: int = 0) -> None:
        self._delay_s = delay_s
        self._failures = failures
        self._lock = Lock()
        self.batches: list[int] = []
        self.heard: list[int] = []
        self.encoded = 0

    def features(self, samples: FloatSamples) -> Floats:
        """Return local means, so that only 20 ms on either side matter."""
        assert samples.size <= LONGEST_SOUND_S * RATE_HZ
        self.heard.append(samples.size)
        n = -(-samples.size // SAMPLES_PER_FEATURE)
        padded = np.zeros((n + 2) * SAMPLES_PER_FEATURE, np.float32)
        at = SAMPLES_PER_FEATURE
        padded[at : at + samples.size] = np.abs(samples)
        mean = padded.reshape(n + 2, -1).mean(axis=1)
        around = (mean[:-2] + mean[1:-1] + mean[2:]) / 3
        return np.repeat(around, 4).reshape(n, 2, 2).astype(np.float32)

    def latents(self, crops: Sequence[Pixels]) -> Halves:
        """Return the mean brightness of each crop."""
        self.encoded += len(crops)
        means = [np.full((8, LATENT, LATENT), crop.mean() / 255) for crop in crops]
        return np.stack(means).astype(np.float16)

    def mouths(self, latents: Sequence[Halves], windows: Sequence[Floats]) -> Pixels:
        """Return one grey for each picture."""
        with self._lock:
            time.sleep(self._delay_s)
            if self._failures > 0:
                self._failures -= 1
                raise RuntimeError("scripted")
            self.batches.append(len(windows))
            greys = [100 + 100 * float(window.mean()) for window in windows]
            faces = np.empty((len(greys), CROP, CROP, 3), np.uint8)
            faces[:] = np.array(greys).round().astype(np.uint8)[:, None, None, None]
            return faces

    def warm(self, batch: int) -> None:
        """Nothing to load."""
