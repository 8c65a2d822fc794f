"""A phoneme model's output columns, by the phonemes of one language.

Models that were trained on espeak-ng's transcriptions write one phoneme in several ways
(long, short, r-coloured, reduced). The ways that are one phoneme to the language are one
column here: their probabilities add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.phonetics.inventory import phonemes

from .ctc_trellis import LogProbs

BLANK = 0
_LENGTH_AND_TIES = str.maketrans("", "", "ːˑˈˌ͜͡")
# Other symbols for a phoneme; only used where the language has no such phoneme itself.
_OTHER_SYMBOLS: Mapping[str, str] = {
    "ɜ": "ɝ", "ɐ": "ə", "ᵻ": "ɪ", "ɨ": "ɪ", "ɾ": "t", "ɫ": "l", "g": "ɡ", "r": "ɹ",
    "ɒ": "ɑ", "əʊ": "oʊ", "e": "ɛ", "o": "ɔ", "ʀ": "ʁ", "ɔø": "ɔʏ", "ɔɪ": "ɔʏ", "ʤ": "dʒ",
    "ʧ": "tʃ", "ʦ": "ts", "ø": "øː", "ɹ": "ʁ", "i": "iː", "u": "uː", "y": "yː",
}  # fmt: skip
# English: these pairs differ in stress alone.
_ONE_SOUND: Mapping[str, Mapping[str, str]] = {"en": {"ə": "ʌ", "ɚ": "ɝ"}}


@dataclass(frozen=True, slots=True)
class Unit:
    """One column of the table, and the phonemes ``[first, end)`` of a word it stands for."""

    label: int
    first: int
    end: int


class PhonemeColumns:
    """Column 0 is the blank; each other one a phoneme, or two that are one token."""

    def __init__(self, tokens: Mapping[str, int], blank: int, language: str) -> None:
        one_sound = _ONE_SOUND.get(language, {})
        self._known = {name: one_sound.get(name, name) for name in phonemes(language)}
        found: dict[tuple[str, ...], list[int]] = {}
        for token, number in tokens.items():
            if number != blank and (said := self._said(token)):
                found.setdefault(said, []).append(number)
        self._names = [(), *sorted(found)]
        self._numbers = [[blank], *(found[name] for name in self._names[1:])]
        self._labels = {name: i for i, name in enumerate(self._names)}

    def __len__(self) -> int:
        """Return how many columns there are, the blank included."""
        return len(self._names)

    def merged(self, log_probs: npt.NDArray[np.floating]) -> LogProbs:
        """Return ``(n_frames, len(self))`` from the model's ``(n_frames, n_tokens)``."""
        return np.stack(
            [
                np.logaddexp.reduce(log_probs[:, numbers].astype(np.float64), axis=1)
                for numbers in self._numbers
            ],
            axis=1,
        )

    def units(self, said: Sequence[str]) -> tuple[Unit, ...] | None:
        """Return the columns of a pronunciation; None if the model lacks a phoneme."""
        names = [self._known.get(phoneme, phoneme) for phoneme in said]
        units: list[Unit] = []
        first = 0
        while first < len(names):
            for end in (first + 2, first + 1):
                label = self._labels.get(tuple(names[first:end]))
                if label is not None and end <= len(names):
                    units.append(Unit(label, first, end))
                    first = end
                    break
            else:
                return None
        return tuple(units)

    def phoneme(self, label: int) -> str | None:
        """Return the phoneme of a column; None for the blank and for pairs."""
        name = self._names[label]
        return name[0] if len(name) == 1 else None

    def rivals(self, labels: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Return which columns may stand in place of each label: single phonemes.

        The parts of a pair do not compete with it: they are most of the same sound.
        """
        single = np.array([len(name) == 1 for name in self._names])
        allowed = np.tile(single, (len(labels), 1))
        for row, label in enumerate(labels):
            for part in self._names[label]:
                if (column := self._labels.get((part,))) is not None:
                    allowed[row, column] = False
        return allowed

    def _said(self, token: str) -> tuple[str, ...] | None:
        if (one := self._phoneme(token)) is not None:
            return (one,)
        # espeak-ng writes a vowel and its r, and a syllabic l, as one.
        if len(token) > 1 and token[-1] in "ɹl":
            vowel, last = self._phoneme(token[:-1]), self._phoneme(token[-1])
            if vowel is not None and last is not None:
                return (vowel, last)
        return None

    def _phoneme(self, symbol: str) -> str | None:
        bare = symbol.translate(_LENGTH_AND_TIES)
        for name in (symbol, bare, _OTHER_SYMBOLS.get(bare)):
            if name in self._known:
                return self._known[name]
        return None
