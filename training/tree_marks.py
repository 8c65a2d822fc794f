"""The trees' marks of readings, by trees that never met the speaker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.engines.scorers.features import Features, SpokenText
from inference.engines.scorers.head import RawMarks
from inference.engines.scorers.marking import Trees, together
from inference.engines.scorers.tree_rows import phone_rows, word_rows
from training.corpus import Reading

from .phone_data import Ints
from .trees import cross_fitted, grow


class TreeMarks:
    """Rows and marks of all readings; word rows hold cross-fitted phoneme marks."""

    def __init__(
        self,
        readings: Sequence[Reading],
        features: Sequence[Features],
        texts: Sequence[SpokenText],
        folds: Ints,
        seed: int,
    ) -> None:
        self._seed = seed
        sizes = [len(text.classes) for text in texts]
        self._cuts = np.cumsum(sizes)[:-1]
        self._word_cuts = np.cumsum([text.n_words for text in texts])[:-1]
        self._phone_rows = np.concatenate(
            [phone_rows(f, t) for f, t in zip(features, texts, strict=True)]
        )
        self._phone_marks = np.concatenate([r.phone_accuracy for r in readings])
        self._words = np.asarray(
            [(w.accuracy, w.total) for r in readings for w in r.words]
        )
        self._phones = cross_fitted(
            self._phone_rows, self._phone_marks, np.repeat(folds, sizes), seed=seed
        )
        parts = np.split(self._phones, self._cuts)
        self._word_rows = np.concatenate(
            [
                word_rows(f, t, marks)
                for f, t, marks in zip(features, texts, parts, strict=True)
            ]
        )
        self._word_folds = np.repeat(folds, [text.n_words for text in texts])

    def joined(self, by_heads: Sequence[RawMarks]) -> list[RawMarks]:
        """Return the readings' marks by heads and trees together."""
        words = np.column_stack(
            [
                cross_fitted(self._word_rows, marks, self._word_folds, seed=self._seed)
                for marks in self._words.T
            ]
        )
        return [
            RawMarks(
                together(heads.phones, phones),
                together(heads.words, of_words),
                heads.utterance,
            )
            for heads, phones, of_words in zip(
                by_heads,
                np.split(self._phones, self._cuts),
                np.split(words.astype(np.float32), self._word_cuts),
                strict=True,
            )
        ]

    def trees(self) -> Trees:
        """Return the trees that are kept, grown on everybody."""
        accuracy, total = (
            grow(self._word_rows, marks, seed=self._seed) for marks in self._words.T
        )
        phone = grow(self._phone_rows, self._phone_marks, seed=self._seed)
        return Trees(phone, accuracy, total)
