"""Whisper's log-mel picture of the latest eight seconds, in numpy.

As OpenAI's Whisper makes it (https://github.com/openai/whisper, ``audio.py``): Hann windows
of 25 ms each 10 ms, 80 triangles on Slaney's mel scale, logarithm, the quietest 80 dB below
the loudest. Before that the sound is brought to mean 0 and variance 1, as Hugging Face's
``WhisperFeatureExtractor`` does with ``do_normalize``.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

SAMPLE_RATE_HZ = 16_000
WINDOW_SAMPLES = 8 * SAMPLE_RATE_HZ
N_MELS = 80
_FFT_SAMPLES = 400
_HOP_SAMPLES = 160
N_FRAMES = WINDOW_SAMPLES // _HOP_SAMPLES
_QUIETEST = 1e-10
_RANGE = 8.0  # powers of ten
_LEAST_VARIANCE = 1e-7
# Slaney's scale: even steps up to 1 kHz, then even ratios.
_HZ_PER_MEL = 200 / 3
_BREAK_HZ = 1000.0
_BREAK_MEL = _BREAK_HZ / _HZ_PER_MEL
_RATIO_PER_MEL = np.log(6.4) / 27

LogMel = npt.NDArray[np.float32]
_Doubles = npt.NDArray[np.float64]


def log_mel(samples: FloatSamples) -> LogMel:
    """Return the picture of the end of a sound, shape ``(80, 800)``.

    ``samples`` are at 16 kHz; of more than eight seconds the last ones count, and less
    stands at the end of silence.
    """
    window = np.zeros(WINDOW_SAMPLES, np.float32)
    kept = samples[-WINDOW_SAMPLES:]
    window[WINDOW_SAMPLES - kept.size :] = kept
    even = (window - window.mean()) / np.sqrt(window.var() + _LEAST_VARIANCE)
    mels = np.log10(np.maximum(_filters() @ _power(even), _QUIETEST))
    shown = np.maximum(mels, mels.max() - _RANGE)
    picture: LogMel = ((shown + 4.0) / 4.0).astype(np.float32)
    return picture


def _power(samples: FloatSamples) -> _Doubles:
    """Return the power of each frequency (rows) in each frame (columns)."""
    # Frames are centred on their times; the edges are mirrored. The last one is left out.
    padded = np.pad(samples.astype(np.float64), _FFT_SAMPLES // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT_SAMPLES)
    spectra = np.fft.rfft(frames[::_HOP_SAMPLES][:N_FRAMES] * _hann(), axis=1)
    power: _Doubles = (spectra.real**2 + spectra.imag**2).T
    return power


@cache
def _hann() -> _Doubles:
    turns = np.arange(_FFT_SAMPLES) / _FFT_SAMPLES
    window: _Doubles = 0.5 - 0.5 * np.cos(2 * np.pi * turns)
    return window


@cache
def _filters() -> _Doubles:
    """Return what each mel band takes of each frequency, shape ``(80, 201)``."""
    frequencies = np.linspace(0, SAMPLE_RATE_HZ / 2, _FFT_SAMPLES // 2 + 1)
    corners = _hz(np.linspace(0, _mel(SAMPLE_RATE_HZ / 2), N_MELS + 2))
    bands = zip(corners, corners[1:], corners[2:], strict=False)
    return np.stack(
        [
            np.interp(frequencies, [low, peak, high], [0, 2 / (high - low), 0])
            for low, peak, high in bands
        ]
    )


def _mel(hz: float) -> float:
    """Return the place on the scale of a frequency of 1 kHz or more."""
    return float(_BREAK_MEL + np.log(hz / _BREAK_HZ) / _RATIO_PER_MEL)


def _hz(mels: _Doubles) -> _Doubles:
    above = _BREAK_HZ * np.exp(_RATIO_PER_MEL * (mels - _BREAK_MEL))
    return np.where(mels < _BREAK_MEL, mels * _HZ_PER_MEL, above)
