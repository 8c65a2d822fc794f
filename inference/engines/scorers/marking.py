"""Raw marks of an utterance: what the heads and the trees say together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .alignment import Float32
from .features import Features, SpokenText
from .head import HeadEnsemble, RawMarks
from .tree_rows import phone_rows, word_rows
from .trees import BoostedTrees


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees of each mark that they are good at."""

    phone: BoostedTrees
    word_accuracy: BoostedTrees
    word_total: BoostedTrees

    def score(self, features: Features, said: SpokenText) -> tuple[Float32, Float32]:
        """Return marks of the phonemes ``(n_phonemes,)`` and words ``(n_words, 2)``."""
        phones = self.phone.predict(phone_rows(features, said))
        rows = word_rows(features, said, phones)
        words = np.column_stack(
            [self.word_accuracy.predict(rows), self.word_total.predict(rows)]
        )
        return phones, words


def mark(
    heads: HeadEnsemble, trees: Trees, features: Features, said: SpokenText
) -> RawMarks:
    """Mark one utterance."""
    by_heads = heads.score(features, said)
    phones, words = trees.score(features, said)
    return RawMarks(
        together(by_heads.phones, phones),
        together(by_heads.words, words),
        by_heads.utterance,
    )


def together(by_heads: Float32, by_trees: Float32) -> Float32:
    """Return the mean of both."""
    mean: Float32 = (0.5 * (by_heads + by_trees)).astype(np.float32)
    return mean
