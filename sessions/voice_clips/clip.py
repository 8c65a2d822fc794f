"""A clip somebody brings: is it sound that an engine can learn a voice from?"""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np
import soxr
from django.utils.translation import gettext as _

from inference.types.audio import AudioClip, FloatSamples

MAX_BYTES = 12_000_000
SHORTEST_S, LONGEST_S = 6.0, 30.0
LOWEST_HZ, HIGHEST_HZ = 16_000, 96_000
KEPT_HZ = 24_000
EAR_HZ = 16_000
_FRAME_S = 0.02
# Samples at the very top, as a share of those that are loud at all.
_MOST_CLIPPED = 0.001
_TOP = 0.99
_QUIETEST_DB = -40.0
_LEAST_OVER_NOISE_DB = 18.0
_MOST_SILENT = 0.5
# Under the loud part of speech by this much nobody is speaking.
_PAUSE_DB = 30.0


class VoiceRefused(Exception):
    """A clip cannot be a tutor's voice.

    ``code`` is stable and documented in ``docs/wire_protocol.md``; the message is for the
    person who brought it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class VoiceClip:
    """A clip as it is kept: one channel of 16 bits at 24 kHz, without anything else."""

    wav: bytes
    samples: FloatSamples

    @property
    def seconds(self) -> float:
        """How long it is."""
        return float(self.samples.size / KEPT_HZ)

    def for_ears(self) -> AudioClip:
        """Return it as recognition wants it."""
        return AudioClip.from_float32(
            np.asarray(soxr.resample(self.samples, KEPT_HZ, EAR_HZ), np.float32),
            EAR_HZ,
        )


def read_clip(data: bytes) -> VoiceClip:
    """Return an uploaded WAV as it is kept. Raises VoiceRefused ``voice.*``."""
    samples, rate_hz = _decoded(data)
    _refuse_sound(samples, rate_hz)
    kept = np.asarray(soxr.resample(samples, rate_hz, KEPT_HZ), np.float32)
    kept = np.clip(kept, -1.0, 1.0)
    return VoiceClip(_wav(kept), kept)


def _decoded(data: bytes) -> tuple[FloatSamples, int]:
    if len(data) > MAX_BYTES:
        raise VoiceRefused(
            "voice.too_large", _("That file is too large. Choose one of up to 12 MB.")
        )
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels = file.getsampwidth(), file.getnchannels()
            rate_hz = file.getframerate()
            # A header may promise more than there is.
            pcm = file.readframes(min(file.getnframes(), len(data)))
    except (wave.Error, EOFError, ValueError, OSError, RuntimeError) as error:
        raise _unreadable() from error
    if width != 2 or channels not in (1, 2) or rate_hz <= 0:
        raise _unreadable()
    pcm = pcm[: len(pcm) // (2 * channels) * (2 * channels)]
    if not LOWEST_HZ <= rate_hz <= HIGHEST_HZ:
        raise VoiceRefused(
            "voice.low_rate",
            _("The recording has too few samples a second: it needs 16,000 at least."),
        )
    whole = np.frombuffer(pcm, dtype="<i2").reshape(-1, channels)
    return (whole.mean(axis=1) / 32768.0).astype(np.float32), rate_hz


def _refuse_sound(samples: FloatSamples, rate_hz: int) -> None:
    """Refuse what a voice cannot be learnt from; the first trouble is told."""
    seconds = samples.size / rate_hz
    if seconds < SHORTEST_S:
        raise VoiceRefused(
            "voice.too_short",
            _("The recording is too short: it needs 6 seconds at least."),
        )
    if seconds > LONGEST_S:
        raise VoiceRefused(
            "voice.too_long", _("The recording is too long: 30 seconds at most.")
        )
    levels = _levels_db(samples, rate_hz)
    speech_db = float(np.percentile(levels, 90))
    if speech_db < _QUIETEST_DB:
        raise VoiceRefused(
            "voice.too_quiet",
            _("The recording is too quiet. Come nearer to the microphone."),
        )
    if np.mean(np.abs(samples) >= _TOP) > _MOST_CLIPPED:
        raise VoiceRefused(
            "voice.clipped",
            _("The recording is distorted: it was too loud. Move back a little."),
        )
    if np.mean(levels < speech_db - _PAUSE_DB) > _MOST_SILENT:
        raise VoiceRefused(
            "voice.mostly_silent",
            _("More than half of the recording is silence. Cut it to the words."),
        )
    if speech_db - float(np.percentile(levels, 5)) < _LEAST_OVER_NOISE_DB:
        raise VoiceRefused(
            "voice.noisy",
            _("There is too much noise behind the voice. Record in a quiet room."),
        )


def _levels_db(samples: FloatSamples, rate_hz: int) -> FloatSamples:
    """Return the level of each 20 ms in dB of full scale."""
    width = int(rate_hz * _FRAME_S)
    n_frames = max(1, samples.size // width)
    framed = np.resize(samples, n_frames * width).reshape(n_frames, width)
    power = np.mean(np.square(framed, dtype=np.float64), axis=1)
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)), np.float32)


def _wav(samples: FloatSamples) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(KEPT_HZ)
        file.writeframes(AudioClip.from_float32(samples, KEPT_HZ).pcm)
    return target.getvalue()


def _unreadable() -> VoiceRefused:
    return VoiceRefused(
        "voice.unreadable",
        _("That sound cannot be read. Bring a WAV file of 16 bits."),
    )
