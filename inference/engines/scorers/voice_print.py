"""Whether two clips are of the same speaker: a short vector, compared by its angle.

Cepstrum and pitch over the speech of a clip, projected by linear discriminant analysis
onto what tells the training speakers apart. Two clips of one person point the same way.
The median pitch is kept beside it: a voice that none of those speakers resembles may point
anywhere, but nobody speaks half an octave higher from one sentence to the next.
It identifies a person, so nothing outside the memory of one sitting may hold it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

from .alignment import Float32
from .pitch import semitones

_CEPSTRA = 29
_FEWEST_VOICED = 6
# Where no voice is found: the middle of women's and children's pitch.
_NO_PITCH = (12.0, 8.0, 16.0)
_PITCH_SCALE = 0.1
# Where the median pitch stands in the statistics.
_PITCH = 2 * _CEPSTRA
# 99 % of the training speakers' clips are within 3.4 semitones of their other clips.
_PITCH_APART = 4.5


@dataclass(frozen=True, slots=True)
class VoiceProjection:
    """The trained projection: ``weights`` ``(61, n)``, ``offset`` ``(61,)``.

    Prints whose cosine is below ``refuse_below`` are taken for two people.
    """

    offset: Float32
    weights: Float32
    refuse_below: float

    def print_of(self, samples: FloatSamples, speech: npt.NDArray[np.bool_]) -> Float32:
        """Return the print of a clip; ``speech`` marks its 10 ms frames.

        A unit vector, and behind it the median pitch in semitones above 100 Hz.
        """
        statistics = voice_statistics(samples, speech)
        projected = (statistics - self.offset) @ self.weights
        unit = projected / (np.linalg.norm(projected) + 1e-9)
        return np.append(unit, statistics[_PITCH] / _PITCH_SCALE).astype(np.float32)

    def same(self, one: Float32, other: tuple[float, ...]) -> bool:
        """Whether two prints may be of one speaker. Different lengths never are told."""
        if len(other) != len(one):
            return True
        likeness, apart = compared(one, np.asarray(other, dtype=np.float32))
        return likeness >= self.refuse_below and apart <= _PITCH_APART


def compared(one: Float32, other: Float32) -> tuple[float, float]:
    """Return two prints' cosine, and how many semitones their pitches are apart."""
    norms = float(np.linalg.norm(one[:-1]) * np.linalg.norm(other[:-1])) + 1e-9
    return float(one[:-1] @ other[:-1]) / norms, abs(float(one[-1] - other[-1]))


def mean_print(one: Float32, other: Float32) -> Float32:
    """Return the print between two of the same speaker."""
    both = one + other
    both[:-1] /= np.linalg.norm(both[:-1]) + 1e-9
    both[-1] /= 2.0
    return both


def voice_statistics(
    samples: FloatSamples, speech: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Return 61 numbers: cepstra's means and deviations, and median and spread of pitch.

    ``samples`` at 16 kHz; ``speech`` marks the 10 ms frames that hold speech.
    """
    from faster_whisper.feature_extractor import FeatureExtractor

    mel = FeatureExtractor(feature_size=80)(samples, padding=0)
    n = min(mel.shape[1], len(speech))
    spoken = mel[:, :n][:, speech[:n]]
    if not spoken.shape[1]:
        spoken = mel
    cepstra = _cosines(len(mel)) @ spoken
    pitch = semitones(samples)
    heights = (
        (np.median(pitch), *np.quantile(pitch, [0.1, 0.9]))
        if len(pitch) >= _FEWEST_VOICED
        else _NO_PITCH
    )
    parts = [cepstra.mean(1), cepstra.std(1), np.asarray(heights) * _PITCH_SCALE]
    return np.concatenate(parts).astype(np.float32)


def _cosines(n: int) -> npt.NDArray[np.float64]:
    """Rows 1..29 of the orthonormal discrete cosine transform of length ``n``."""
    angles = np.outer(np.arange(1, _CEPSTRA + 1), np.arange(n) + 0.5) * np.pi / n
    basis: npt.NDArray[np.float64] = np.cos(angles) * np.sqrt(2.0 / n)
    return basis
