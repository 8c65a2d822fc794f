"""Readings as the scorer sees them: acoustic classes, stress and words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inference.engines.scorers.alignment import WordGraph, word_graph
from inference.phonetics.inventory import EN_PHONES, acoustic_class, from_arpabet
from training.corpus import Reading

SILENCE = len(EN_PHONES)
N_CLASSES = SILENCE + 1
Ints = npt.NDArray[np.int64]


def classes_of(reading: Reading) -> Ints:
    """Return the acoustic class of each phone of the text."""
    return np.asarray([acoustic_class(from_arpabet(p)[0]) for p in reading.phones])


def stress_of(reading: Reading) -> Ints:
    """Return the stress (0, 1, 2) of each phone of the text."""
    return np.asarray([from_arpabet(phone)[1] for phone in reading.phones])


def words_of(reading: Reading) -> Ints:
    """Return the number of the word that each phone is in."""
    sizes = [len(word.phones) for word in reading.words]
    return np.repeat(np.arange(len(sizes)), sizes)


def graph_of(reading: Reading) -> WordGraph:
    """Return the graph of the text, one pronunciation a word."""
    classes = iter(classes_of(reading).tolist())
    words = [[[next(classes) for _ in word.phones]] for word in reading.words]
    return word_graph(words, silence=SILENCE)


def speaker_folds(readings: Sequence[Reading], n_folds: int, seed: int) -> Ints:
    """Return the fold of each reading: whole speakers, ages spread evenly."""
    ages = {reading.speaker: reading.age for reading in readings}
    rng = np.random.default_rng(seed)
    order = sorted(sorted(ages), key=lambda s: (ages[s], rng.random()))
    fold = {speaker: place % n_folds for place, speaker in enumerate(order)}
    return np.asarray([fold[reading.speaker] for reading in readings])
