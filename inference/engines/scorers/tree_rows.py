"""What the trees see of a phoneme and of a word: one row of numbers each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .alignment import Float32, Ints
from .features import Features, SpokenText

# The first features of a phoneme are its evidence; a neighbour's say how it was linked.
_OF_NEIGHBOURS = 6
_OF_A_WORD = 12


def phone_rows(features: Features, said: SpokenText) -> Float32:
    """Return ``(n_phonemes, n_numbers)``: a phoneme, its neighbours, word and utterance."""
    phones = features.phones
    nothing = np.zeros((1, _OF_NEIGHBOURS), dtype=np.float32)
    before = np.vstack([nothing, phones[:-1, :_OF_NEIGHBOURS]])
    after = np.vstack([phones[1:, :_OF_NEIGHBOURS], nothing])
    of_words = np.column_stack(mean_and_least(features.gop, said.word))[said.word]
    rows = [
        phones,
        before,
        after,
        of_words,
        np.tile(features.utterance, (len(phones), 1)),
        said.classes[:, None],
    ]
    return np.hstack(rows).astype(np.float32)


def word_rows(features: Features, said: SpokenText, marks: Float32) -> Float32:
    """Return ``(n_words, n_numbers)``; ``marks`` are the trees' marks of the phonemes."""
    n = said.n_words
    frames = (said.spans[:, 1] - said.spans[:, 0]).astype(np.float32)
    longest = np.zeros(n, dtype=np.float32)
    np.maximum.at(longest, said.word, frames)
    mean_frames, least_frames = mean_and_least(frames, said.word)
    means = [
        mean_and_least(column, said.word)[0]
        for column in features.phones.T[:_OF_A_WORD]
    ]
    rows = [
        *mean_and_least(marks, said.word),
        *mean_and_least(features.gop, said.word),
        *mean_and_least(features.own, said.word),
        np.bincount(said.word, minlength=n),
        *features.expected.T,
        mean_frames,
        least_frames,
        longest,
        *means,
        *np.tile(features.utterance, (n, 1)).T,
        np.arange(n),
        n - 1 - np.arange(n),
    ]
    return np.column_stack(rows).astype(np.float32)


def mean_and_least(
    values: Float32, word: Ints
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return each word's mean and lowest value; ``word`` numbers the values' words."""
    n = int(word[-1]) + 1
    least = np.full(n, np.inf, dtype=np.float32)
    np.minimum.at(least, word, values)
    mean = np.bincount(word, weights=values, minlength=n) / np.bincount(
        word, minlength=n
    )
    return mean.astype(np.float32), least
