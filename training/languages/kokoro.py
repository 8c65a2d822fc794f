"""Kokoro-82M: a neural voice that is told phonemes and says how long each one took.

Its speakers are Japanese. They can be mixed, so that there are more than five.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import soxr

from inference.phonetics.inventory import is_vowel
from inference.phonetics.pronunciation import Variant

from .kokoro_files import DURATIONS, kokoro_files
from .utterances import RATE_HZ, Utterance

SPEAKERS = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
_MODEL_RATE_HZ = 24_000
_STEP_S = 600 / _MODEL_RATE_HZ
# What a token stands for is heard this much before its own stretch of time.
_EARLY_S = 0.05
# Phonemes that Kokoro writes with other symbols than the inventory.
_SYMBOLS = {
    "tʃ": "ʧ", "dʒ": "ʤ", "ts": "ʦ", "ʏ": "y", "ɔʏ": "ɔy", "pf": "pf",
}  # fmt: skip
_STRESS = {1: "ˈ", 2: "ˌ"}


@dataclass(frozen=True, slots=True)
class Style:
    """A speaker between two of Kokoro's, and a speed."""

    one: str
    other: str
    share: float
    speed: float

    @property
    def name(self) -> str:
        """The speaker it is nearest to."""
        return f"kokoro/{self.one if self.share < 0.5 else self.other}"


class Kokoro:
    """The voice, on one core."""

    def __init__(self, work: Path) -> None:
        folder = kokoro_files(work)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokens: dict[str, int] = json.loads(
            (folder / "vocab.json").read_text(encoding="utf-8")
        )["vocab"]
        with np.load(folder / "voices_ja.npz") as stored:
            self._styles = {name: stored[name] for name in SPEAKERS}

    def say(
        self, text: str, words: Sequence[tuple[Variant, str]], style: Style
    ) -> Utterance:
        """Say words, each with the punctuation that follows it."""
        symbols, owners = symbols_of(words)
        tokens = [self._tokens[s] for s in symbols]
        audio, durations = self._run(tokens, style)
        ends = np.cumsum(durations) * _STEP_S - _EARLY_S
        starts = ends - durations * _STEP_S
        borders = [(9e9, 0.0)] * sum(len(v.phonemes) for v, _ in words)
        # The first and last tokens are the silence around the sentence.
        for owner, start, end in zip(owners, starts[1:], ends[1:], strict=False):
            if owner is not None:
                low, high = borders[owner]
                borders[owner] = (min(low, float(start)), max(high, float(end)))
        return Utterance(
            text,
            style.name,
            _at_16_khz(audio),
            tuple(v.phonemes for v, _ in words),
            tuple(borders),
        )

    def _run(
        self, tokens: list[int], style: Style
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
        place = min(len(tokens), 509)
        one, other = self._styles[style.one][place], self._styles[style.other][place]
        mixed = (1 - style.share) * one + style.share * other
        audio, durations = self._session.run(
            ["audio", DURATIONS],
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": mixed.reshape(1, 256).astype(np.float32),
                "speed": np.array([style.speed], dtype=np.float32),
            },
        )
        return np.ravel(audio).astype(np.float32), np.ravel(durations).astype(float)


def symbols_of(
    words: Sequence[tuple[Variant, str]],
) -> tuple[list[str], list[int | None]]:
    """Return Kokoro's symbols, and for each the number of the phoneme it belongs to."""
    symbols: list[str] = []
    owners: list[int | None] = []
    number = 0
    for variant, mark in words:
        for phoneme, stress in zip(variant.phonemes, variant.stress, strict=True):
            if stress and is_vowel(phoneme):
                symbols.append(_STRESS[stress])
                owners.append(None)
            written = _SYMBOLS.get(phoneme, phoneme)
            symbols.extend(written)
            owners.extend([number] * len(written))
            number += 1
        following = [mark] if mark in (",", ".", "!", "?", ":", ";") else []
        symbols.extend([*following, " "])
        owners.extend([None] * (len(following) + 1))
    return symbols[:-1], owners[:-1]


def _at_16_khz(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    resampled: npt.NDArray[np.float32] = soxr.resample(samples, _MODEL_RATE_HZ, RATE_HZ)
    return resampled
