"""What microphones deliver besides a clean reading, made from clean speech."""

from __future__ import annotations

import numpy as np
import soxr

from inference.types.audio import FloatSamples

RATE_HZ = 16_000


def silence(seconds: float) -> FloatSamples:
    """Nothing at all."""
    return np.zeros(int(seconds * RATE_HZ), np.float32)


def room(seconds: float, level_db: float) -> FloatSamples:
    """A room in which nobody speaks: noise that falls with frequency."""
    rng = np.random.default_rng(11)
    spectrum = np.fft.rfft(rng.normal(size=int(seconds * RATE_HZ)))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 1))
    noise = np.fft.irfft(spectrum)
    return np.asarray(noise / noise.std() * 10 ** (level_db / 20), np.float32)


def laughter(seconds: float) -> FloatSamples:
    """Breathy voiced bursts, five a second, falling in pitch: ha-ha-ha."""
    rng = np.random.default_rng(12)
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    pitch = 260 - 60 * (t % 1.2)
    voice = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ))
    breath = rng.normal(size=t.size)
    # The moving mean takes the edges off, as a throat does.
    source = np.convolve(0.5 * voice + 0.7 * breath, np.ones(9) / 9, "same")
    bursts = np.clip(np.sin(2 * np.pi * 5 * t), 0, None) ** 0.5
    return np.asarray(0.25 * source * bursts, np.float32)


def other_voice(speech: FloatSamples, semitones: float = 6.0) -> FloatSamples:
    """The same words by a smaller person: pitch and resonances go up together."""
    ratio = 2 ** (semitones / 12)
    return np.asarray(soxr.resample(speech, RATE_HZ * ratio, RATE_HZ), np.float32)


def clipped(speech: FloatSamples) -> FloatSamples:
    """A microphone driven far too hard."""
    return np.asarray(np.clip(speech * 40.0, -1.0, 1.0), np.float32)


def telephone(speech: FloatSamples) -> FloatSamples:
    """300 to 3400 Hz at a rate of 8 kHz, in eight bits with mu-law steps."""
    at_8 = np.asarray(soxr.resample(speech, RATE_HZ, 8_000), np.float64)
    spectrum = np.fft.rfft(at_8)
    hz = np.fft.rfftfreq(at_8.size, 1 / 8_000)
    spectrum[(hz < 300) | (hz > 3400)] = 0
    narrow = np.clip(np.fft.irfft(spectrum, at_8.size), -1, 1)
    bent: FloatSamples = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
    steps = np.round(bent * 127) / 127
    straight = np.sign(steps) * np.expm1(np.abs(steps) * np.log(256)) / 255
    return np.asarray(straight, np.float32)
