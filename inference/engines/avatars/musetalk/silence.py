"""In which pictures nobody speaks: they show the portrait as it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples
from inference.types.face import FPS
from inference.types.speech import SpeechChunk

# -50 dB of full scale: below any voice, above the noise of a synthesizer.
_QUIET = 10 ** (-50 / 20)
# A stop's closure is quiet for up to about 100 ms: shorter rests are part of speech.
_REST_MS = 120.0
_PICTURE_MS = 1000.0 / FPS
# The mouth still closes, and opens ahead of the sound.
_MARGIN_MS = _PICTURE_MS
_STEP_MS = 10.0

Flags = npt.NDArray[np.bool_]


def silent_pictures(speech: SpeechChunk, start_ms: float, numbers: range) -> Flags:
    """Return for each picture whether it lies in a rest, shape ``(len(numbers),)``.

    Phonemes decide where there are any (``""`` is silence), loudness elsewhere. A picture
    next to sound is never silent. ``start_ms`` is where the speech begins.
    """
    resting = _resting(speech)
    flags = np.zeros(len(numbers), bool)
    for i, number in enumerate(numbers):
        begin_ms = number * _PICTURE_MS - start_ms
        first = int(np.floor((begin_ms - _MARGIN_MS) / _STEP_MS))
        last = int(np.ceil((begin_ms + _PICTURE_MS + _MARGIN_MS) / _STEP_MS))
        # Before the first and after the last sound of the clause nothing is known.
        flags[i] = bool(resting[max(first, 0) : max(last, 0)].all())
    return flags


def _resting(speech: SpeechChunk) -> Flags:
    """Return for each 10 ms of the speech whether nobody speaks."""
    n_steps = int(np.ceil(speech.clip.duration_ms / _STEP_MS - 1e-9))
    resting = _quiet(speech.clip.as_float32(), speech.clip.sample_rate_hz, n_steps)
    for span in speech.phonemes:
        first = round(span.start_ms / _STEP_MS)
        resting[first : round(span.end_ms / _STEP_MS)] = not span.phoneme
    return resting


def _quiet(samples: FloatSamples, rate_hz: int, n_steps: int) -> Flags:
    """Return for each 10 ms whether it lies in a long enough quiet stretch."""
    # Ten milliseconds are 220.5 samples at 22.05 kHz.
    begins = (np.arange(n_steps) * rate_hz * _STEP_MS / 1000).astype(int)
    energy = np.add.reduceat(np.square(samples, dtype=np.float64), begins)
    level = np.sqrt(energy / np.diff(begins, append=samples.size))
    quiet = level < _QUIET
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]])))
    shortest = round(_REST_MS / _STEP_MS)
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        # Rests at either end may go on outside of the clause.
        if end - begin < shortest and begin > 0 and end < n_steps:
            quiet[begin:end] = False
    return quiet
