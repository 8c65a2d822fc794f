"""Made-up readings: the pitch of a tone stands for speaker and text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from training.corpus import AccuracySource, Reading, ReadWord

from .scripted_judge import ScriptedJudge

PHONES = {
    "WE": ("W", "IY0"), "CALL": ("K", "AO0", "L"), "IT": ("IH0", "T"),
    "BEAR": ("B", "EH0", "R"), "HE": ("HH", "IY0"), "SAW": ("S", "AO0"),
    "TWO": ("T", "UW0"), "DOGS": ("D", "AO0", "G", "Z"), "SHE": ("SH", "IY0"),
    "THINKS": ("TH", "IH0", "NG", "K", "S"),
}  # fmt: skip
TEXTS = ("WE CALL IT BEAR", "HE SAW TWO DOGS", "SHE THINKS")
AGES = (7, 15, 30)


def make_readings(folder: Path) -> tuple[Reading, ...]:
    """Write three tones by each of three speakers; the second text is badly read."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        _reading(folder, speaker, number)
        for speaker in range(len(AGES))
        for number in range(len(TEXTS))
    )


def make_judge(readings: tuple[Reading, ...]) -> ScriptedJudge:
    """Return the judge that knows them."""
    return ScriptedJudge({int(r.id): (r.text, r.total / 10) for r in readings})


def _reading(folder: Path, speaker: int, number: int) -> Reading:
    pitch = 1000 * (speaker + 1) + 10 * number
    tone = 0.5 * np.sin(2 * np.pi * pitch * np.arange(16_000) / 16_000)
    path = folder / f"{pitch}.flac"
    soundfile.write(path, tone, 16_000)
    score = (9.0, 2.0, 7.0)[number]
    words = tuple(
        ReadWord(text, PHONES[text], (score / 5,) * len(PHONES[text]), score, 10, score)
        for text in TEXTS[number].split()
    )
    return Reading(
        str(pitch), "dev", str(speaker), AGES[speaker], "f", TEXTS[number], words,
        score, score, score, score,
        AccuracySource.OFFICIAL if speaker else AccuracySource.RECONSTRUCTED, path,
    )  # fmt: skip
