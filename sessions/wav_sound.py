"""WAV files in memory: what a page sends, and what it gets to play."""

from __future__ import annotations

import io
import wave

import numpy as np
import soxr
from django.utils.translation import gettext as _

from inference.types.audio import AudioClip

from .api_errors import RequestRefused

ENGINE_RATE_HZ = 16_000
MIN_RATE_HZ = 8_000
MAX_RATE_HZ = 48_000
MAX_AUDIO_S = 65
# 65 s at the highest rate, with room for a header.
MAX_AUDIO_BYTES = 6_500_000


def read_wav(data: bytes) -> AudioClip:
    """Return what a page recorded, at 16 kHz. Raises RequestRefused ``audio.*``."""
    if len(data) > MAX_AUDIO_BYTES:
        raise RequestRefused(
            "audio.too_large", _("That recording is too large."), status=413
        )
    try:
        with wave.open(io.BytesIO(data)) as file:
            form = (file.getsampwidth(), file.getnchannels())
            rate = file.getframerate()
            # A header made while streaming may promise more than there is.
            pcm = file.readframes(min(file.getnframes(), len(data)))
    except (wave.Error, EOFError, ValueError, OSError, RuntimeError) as error:
        raise _bad_wav() from error
    pcm = pcm[: len(pcm) // 2 * 2]
    if form != (2, 1) or not MIN_RATE_HZ <= rate <= MAX_RATE_HZ or not pcm:
        raise _bad_wav()
    clip = AudioClip(pcm, rate)
    if clip.duration_ms > MAX_AUDIO_S * 1000:
        raise RequestRefused(
            "audio.too_long",
            _("That was too long. Please keep it under %(most)s seconds.")
            % {"most": MAX_AUDIO_S},
            status=413,
        )
    return clip if rate == ENGINE_RATE_HZ else _resampled(clip)


def write_wav(clip: AudioClip) -> bytes:
    """Return a clip as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(clip.sample_rate_hz)
        target.writeframes(clip.pcm)
    return file.getvalue()


def _resampled(clip: AudioClip) -> AudioClip:
    samples = np.frombuffer(clip.pcm, dtype="<i2")
    resampled = soxr.resample(samples, clip.sample_rate_hz, ENGINE_RATE_HZ)
    return AudioClip(resampled.astype("<i2").tobytes(), ENGINE_RATE_HZ)


def _bad_wav() -> RequestRefused:
    return RequestRefused(
        "audio.bad_wav",
        _("That sound cannot be read. Please record it again."),
        status=400,
    )
