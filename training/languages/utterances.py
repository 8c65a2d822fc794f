"""Sentences as voices said them, and the file they are kept in between two runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inference.types.audio import FloatSamples

RATE_HZ = 16_000
# One pronunciation a word.
Sounds = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence in one voice.

    ``sounds`` are the phonemes of each word where the voice was told them; ``borders``
    are where each of them begins, in seconds, and where the last one ends.
    """

    text: str
    voice: str
    samples: FloatSamples
    sounds: Sounds | None = None
    borders: tuple[tuple[float, float], ...] | None = None

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.samples.size / RATE_HZ


def save(path: Path, utterances: Sequence[Utterance]) -> None:
    """Write utterances, in 16 bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = [
        {"text": u.text, "voice": u.voice, "sounds": u.sounds, "borders": u.borders}
        for u in utterances
    ]
    sound = {
        str(n): (np.clip(u.samples, -1, 1) * 32767).astype(np.int16)
        for n, u in enumerate(utterances)
    }
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        words = np.frombuffer(json.dumps(about).encode(), np.uint8)
        np.savez(file, allow_pickle=False, about=words, **sound)
    unfinished.rename(path)


def load(path: Path) -> list[Utterance]:
    """Read what ``save`` wrote."""
    with np.load(path) as stored:
        about = json.loads(stored["about"].tobytes())
        return [
            Utterance(
                text=one["text"],
                voice=one["voice"],
                samples=stored[str(n)].astype(np.float32) / 32767,
                sounds=one["sounds"] and tuple(tuple(w) for w in one["sounds"]),
                borders=one["borders"] and tuple((a, b) for a, b in one["borders"]),
            )
            for n, one in enumerate(about)
        ]
