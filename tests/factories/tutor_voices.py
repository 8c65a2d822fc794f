"""Voices of tutors, and sound that passes for somebody reading."""

from __future__ import annotations

import io
import wave
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from learners.models import TutorVoice
from learners.voice_files import write_voice

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def tutor_voice(**fields: Any) -> TutorVoice:
    """Return a voice with its clip, not in use unless asked for."""
    values: dict[str, Any] = {
        "name": "Warm",
        "language": "en",
        "giver_name": "Mara Weiss",
        "purpose": "The tutor's voice",
        "statement": "My name is Mara Weiss.",
        "recorded_by": "Tom Bauer",
        "recorded_on": date(2026, 3, 1),
        "until": date(2099, 1, 1),
        "sha256": "0" * 64,
        "seconds": 8.0,
        "created_at": NOW,
    }
    voice = TutorVoice.objects.create(**values | fields)
    write_voice(voice.key, wav=wav(reading(8.0)), text=voice.statement)
    return voice


def reading(
    seconds: float,
    *,
    rate_hz: int = 24_000,
    loud: float = 0.3,
    noise: float = 0.0003,
    said: float = 0.8,
) -> Any:
    """Return sound with syllables in words: ``said`` of each second is speech."""
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    tones = sum(np.sin(2 * np.pi * 140 * n * at) / n for n in range(1, 9))
    syllables = 0.35 + 0.65 * np.abs(np.sin(2 * np.pi * 2.1 * at))
    speech = loud * tones / 2.5 * syllables * (at % 1.0 < said)
    return speech + np.random.default_rng(8).normal(0, noise, at.size)


def wav(samples: Any, *, rate_hz: int = 24_000, channels: int = 1) -> bytes:
    """Return samples as a file of 16 bits."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        pcm = (np.clip(samples, -1, 1) * 32_767).astype("<i2")
        file.writeframes(np.repeat(pcm, channels).tobytes())
    return target.getvalue()
