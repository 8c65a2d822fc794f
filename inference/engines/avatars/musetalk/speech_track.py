"""The sound of one reply on its timeline, cut into stretches for the encoder.

Clauses come one after the other, each on a place of its own. The encoder hears a stretch
with a second of what came before and 200 ms of what follows, so that pictures at a seam
see the same features as in one piece, and begins on the grid of pictures, so that its
features do too. At the end of a clause nothing is waited for: what follows is not known to
come, and clauses end in a pause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import soxr

from inference.types.audio import AudioClip, FloatSamples
from inference.types.face import picture_numbers

from .architecture import (
    FEATURES_PER_PICTURE,
    LONGEST_SOUND_S,
    RATE_HZ,
    SAMPLES_PER_FEATURE,
)

_SAMPLES_PER_PICTURE = FEATURES_PER_PICTURE * SAMPLES_PER_FEATURE
_BEFORE_PICTURES = 25
_AFTER_PICTURES = 5
# One more, since a clause may begin between two pictures.
_KEPT_SAMPLES = (_BEFORE_PICTURES + 1) * _SAMPLES_PER_PICTURE
_LONGEST_PICTURES = 25 * LONGEST_SOUND_S - _BEFORE_PICTURES - _AFTER_PICTURES


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pictures that share one run of the encoder.

    ``samples`` is 16 kHz sound that begins with feature number ``origin`` of the reply.
    """

    numbers: range
    samples: FloatSamples
    origin: int


class SpeechTrack:
    """One reply's sound. Used by one thread at a time.

    ``stretch_pictures`` bounds how many pictures one run of the encoder serves. Raises
    ValueError if the encoder could not hear so many at once.
    """

    def __init__(self, turn: str, *, stretch_pictures: int = 125) -> None:
        if not 1 <= stretch_pictures <= _LONGEST_PICTURES:
            raise ValueError(f"a stretch has 1 to {_LONGEST_PICTURES} pictures")
        self.turn = turn
        self._step = stretch_pictures
        # Sound from sample number ``_begin`` of the reply on.
        self._begin = 0
        self._samples: FloatSamples = np.zeros(0, np.float32)

    def add(self, clip: AudioClip, start_ms: float) -> Iterator[Stretch]:
        """Lay a clause on its place; yield the stretches of its pictures, in order."""
        self._lay(at_16_khz(clip), round(start_ms * RATE_HZ / 1000))
        numbers = picture_numbers(start_ms, clip.duration_ms)
        return self._stretches(numbers, self._samples, self._begin)

    def _stretches(
        self, numbers: range, samples: FloatSamples, begin: int
    ) -> Iterator[Stretch]:
        for first in range(numbers.start, numbers.stop, self._step):
            body = range(first, min(first + self._step, numbers.stop))
            picture = max(first - _BEFORE_PICTURES, 0)
            origin = picture * _SAMPLES_PER_PICTURE
            end = (body.stop + _AFTER_PICTURES) * _SAMPLES_PER_PICTURE
            yield Stretch(
                body,
                samples[origin - begin : end - begin],
                picture * FEATURES_PER_PICTURE,
            )

    def _lay(self, samples: FloatSamples, at: int) -> None:
        before = self._before(at)
        self._begin = at - before.size
        self._samples = np.concatenate([before, samples])

    def _before(self, at: int) -> FloatSamples:
        """Return what came before a sample, as far as pictures hear it; else silence."""
        first = max(at - _KEPT_SAMPLES, 0)
        kept = np.zeros(at - first, np.float32)
        begin = max(first, self._begin)
        end = min(at, self._begin + self._samples.size)
        if begin < end:
            heard = self._samples[begin - self._begin : end - self._begin]
            kept[begin - first : end - first] = heard
        return kept


def at_16_khz(clip: AudioClip) -> FloatSamples:
    """Return a clip's samples at 16 kHz, as many as its duration needs."""
    samples = clip.as_float32()
    if clip.sample_rate_hz == RATE_HZ:
        return samples
    return np.asarray(soxr.resample(samples, clip.sample_rate_hz, RATE_HZ), np.float32)
