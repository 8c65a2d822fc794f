"""Sound as values: PCM16 mono clips with their rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatSamples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AudioClip:
    """Mono sound, 16-bit little-endian PCM."""

    pcm: bytes
    sample_rate_hz: int

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.pcm) // 2

    @property
    def duration_ms(self) -> float:
        """Length in milliseconds."""
        return 1000.0 * self.n_samples / self.sample_rate_hz

    def as_float32(self) -> FloatSamples:
        """Return the samples in [-1, 1), shape ``(n_samples,)``."""
        samples = np.frombuffer(self.pcm, dtype="<i2").astype(np.float32)
        return samples / np.float32(32768.0)

    @classmethod
    def from_float32(cls, samples: FloatSamples, sample_rate_hz: int) -> AudioClip:
        """Build a clip from samples in [-1, 1]; louder ones are clipped."""
        scaled = np.clip(samples * 32767.0, -32768, 32767).astype("<i2")
        return cls(pcm=scaled.tobytes(), sample_rate_hz=sample_rate_hz)
