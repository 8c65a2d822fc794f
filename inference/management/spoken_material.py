"""Speech to try engines on: from the configured voice, or from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import soundfile
import soxr

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import SpeechSynthesizer
from inference.stages.stage import EngineKind
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import SynthesisRequest
from inference.verification.material import Material

RATE_HZ = 16_000


def from_synthesizer(text: str, language: str) -> Material:
    """Have the configured synthesizer say a text. Raises StageError if it cannot."""
    synthesizer: SpeechSynthesizer = get_engine(EngineKind.SYNTHESIZER)
    request = SynthesisRequest(text, language=language)
    chunks = list(synthesizer.synthesize(request, cancelled=Event()))
    if not chunks:
        raise StageError("tts.failed", f"The synthesizer has no sound for {text!r}")
    samples = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
    speech = _at_16_khz(samples, chunks[0].clip.sample_rate_hz)
    return Material(speech, text, language)


def from_folder(folder: Path, language: str) -> Iterator[Material]:
    """Yield each WAV file with the words of the text file beside it.

    Raises ValueError where a text or all sound is missing.
    """
    paths = sorted(folder.glob("*.wav"))
    if not paths:
        raise ValueError(f"There is no .wav file in {folder}")
    for path in paths:
        words = path.with_suffix(".txt")
        if not words.is_file():
            raise ValueError(f"{words.name} with the words of {path.name} is missing")
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        text = " ".join(words.read_text(encoding="utf-8").split())
        yield Material(_at_16_khz(samples.mean(axis=1), rate_hz), text, language)


def _at_16_khz(samples: FloatSamples, rate_hz: int) -> AudioClip:
    resampled = soxr.resample(samples, rate_hz, RATE_HZ).astype(np.float32)
    return AudioClip.from_float32(resampled, RATE_HZ)
