"""Voices that are programs told a text: Pico and espeak-ng.

Both come from the package archive of Debian: ``espeak-ng``, and ``libttspico-utils``,
which is non-free because its voices have no source.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
import soxr

from inference.types.audio import FloatSamples

from .utterances import RATE_HZ, Utterance

_PICO = {"es": "es-ES", "fr": "fr-FR", "de": "de-DE"}
_ESPEAK = {"es": ("es", "es-419"), "fr": ("fr-fr", "fr-be"), "de": ("de",)}
# Variants of espeak-ng that sound like somebody.
_VARIANTS = (
    "m1", "m2", "m3", "m4", "m5", "m7", "f1", "f2", "f3", "f4", "f5", "klatt2", "klatt4",
    "Alicia", "Andrea", "Annie", "Denis", "Gene", "Jacky", "Lee", "Michael", "belinda",
    "david", "linda", "max", "pablo", "steph", "zac",
)  # fmt: skip
_DEADLINE_S = 30


class VoiceError(Exception):
    """A voice is not installed or said nothing."""


def pico(text: str, language: str, rng: np.random.Generator) -> Utterance:
    """Say a sentence with Pico's only voice of a language, at some pitch and pace."""
    pitch, pace = int(rng.integers(75, 135)), int(rng.integers(75, 115))
    marked = f"<pitch level='{pitch}'><speed level='{pace}'>{escape(text, quote=False)}"
    with TemporaryDirectory() as folder:
        path = Path(folder, "said.wav")
        run(
            ["pico2wave", "-l", _PICO[language], "-w", str(path)],
            f"{marked}</speed></pitch>",
        )
        return Utterance(text, "pico", read_sound(path))


def espeak(text: str, language: str, rng: np.random.Generator) -> Utterance:
    """Say a sentence with one of espeak-ng's variants, at some pitch and pace."""
    variant = str(rng.choice(_VARIANTS))
    accent = str(rng.choice(_ESPEAK[language]))
    with TemporaryDirectory() as folder:
        path = Path(folder, "said.wav")
        run(
            [
                "espeak-ng", "-v", f"{accent}+{variant}", "-w", str(path),
                "-p", str(rng.integers(25, 80)), "-s", str(rng.integers(115, 160)),
            ],
            text,
        )  # fmt: skip
        return Utterance(text, f"espeak/{variant}", read_sound(path))


def missing(programs: Sequence[str]) -> list[str]:
    """Return the programs that are not installed."""
    return [program for program in programs if which(program) is None]


def run(command: list[str], text: str) -> None:
    """Give a program a text. Raises VoiceError if it fails."""
    try:
        subprocess.run(
            command,
            input=text.encode(),
            capture_output=True,
            timeout=_DEADLINE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as failure:
        raise VoiceError(f"{command[0]} failed: {failure}") from failure


def read_sound(path: Path) -> FloatSamples:
    """Return a sound file at 16 kHz. Raises VoiceError for an empty one."""
    samples, rate = soundfile.read(path, dtype="float32")
    if not samples.size:
        raise VoiceError("A voice said nothing")
    resampled: FloatSamples = soxr.resample(samples, rate, RATE_HZ).astype(np.float32)
    return resampled
