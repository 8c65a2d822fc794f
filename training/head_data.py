"""Features and marks of many utterances, padded into tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from inference.engines.scorers.alignment import Float32
from inference.engines.scorers.features import Features, SpokenText
from training.corpus import Reading

from .head_model import Batch

_CLIP = 6.0
Norms = dict[str, Float32]


@dataclass(frozen=True, slots=True)
class Marks:
    """The experts' marks, padded like the batch: NaN where nothing is.

    ``phones`` ``[n, p]`` on 0..2, ``words`` ``[n, w, 2]`` accuracy and total,
    ``utterance`` ``[n, 4]`` accuracy, fluency, prosody, total, on 0..10.
    """

    phones: torch.Tensor
    words: torch.Tensor
    utterance: torch.Tensor


def norms_of(features: Sequence[Features]) -> Norms:
    """Return mean and deviation of each kind of feature."""
    kinds = {
        "phones": np.concatenate([f.phones for f in features]),
        "utterance": np.stack([f.utterance for f in features]),
        "timbre": np.stack([f.timbre for f in features]),
    }
    norms: Norms = {}
    for name, values in kinds.items():
        norms[f"{name}_mean"] = values.mean(axis=0).astype(np.float32)
        norms[f"{name}_std"] = (values.std(axis=0) + 1e-4).astype(np.float32)
    return norms


def batch_of(
    features: Sequence[Features], texts: Sequence[SpokenText], norms: Norms
) -> Batch:
    """Return normalised, padded inputs."""
    n_phones = max(len(t.classes) for t in texts)
    n_words = max(t.n_words for t in texts)
    n = len(texts)
    phones = np.zeros((n, n_phones, features[0].phones.shape[1]), dtype=np.float32)
    classes = np.zeros((n, n_phones), dtype=np.int64)
    present = np.zeros((n, n_phones), dtype=np.float32)
    pooling = np.zeros((n, n_words, n_phones), dtype=np.float32)
    for i, (one, text) in enumerate(zip(features, texts, strict=True)):
        size = len(text.classes)
        phones[i, :size] = _normal("phones", one.phones, norms)
        classes[i, :size] = text.classes
        present[i, :size] = 1.0
        pooling[i, text.word, np.arange(size)] = 1.0
    pooling /= np.maximum(pooling.sum(axis=2, keepdims=True), 1.0)
    utterance = np.stack([_normal("utterance", f.utterance, norms) for f in features])
    timbre = np.stack([_normal("timbre", f.timbre, norms) for f in features])
    return Batch(
        *map(torch.from_numpy, (phones, classes, present, pooling, utterance, timbre))
    )


def marks_of(readings: Sequence[Reading]) -> Marks:
    """Return the experts' marks."""
    n_phones = max(len(r.phones) for r in readings)
    n_words = max(len(r.words) for r in readings)
    phones = np.full((len(readings), n_phones), np.nan, dtype=np.float32)
    words = np.full((len(readings), n_words, 2), np.nan, dtype=np.float32)
    for i, reading in enumerate(readings):
        phones[i, : len(reading.phones)] = reading.phone_accuracy
        words[i, : len(reading.words)] = [(w.accuracy, w.total) for w in reading.words]
    utterance = np.asarray(
        [(r.accuracy, r.fluency, r.prosodic, r.total) for r in readings],
        dtype=np.float32,
    )
    return Marks(*map(torch.from_numpy, (phones, words, utterance)))


def with_planted(marks: Marks, planted: Sequence[Float32], n_phones: int) -> Marks:
    """Return marks followed by those of readings with planted mistakes.

    Only their phones have marks. ``n_phones`` is the width of the whole batch.
    """
    n, width = len(marks.phones), marks.phones.shape[1]
    phones = torch.full((n + len(planted), n_phones), torch.nan)
    phones[:n, :width] = marks.phones
    for row, values in enumerate(planted, start=n):
        phones[row, : len(values)] = torch.from_numpy(values)
    words = torch.full((len(phones), *marks.words.shape[1:]), torch.nan)
    words[:n] = marks.words
    utterance = torch.full((len(phones), marks.utterance.shape[1]), torch.nan)
    utterance[:n] = marks.utterance
    return Marks(phones, words, utterance)


def select(batch: Batch, rows: torch.Tensor) -> Batch:
    """Return some utterances, cut to the longest of them."""
    present = batch.present[rows]
    pooling = batch.pooling[rows]
    n_phones = int(present.sum(1).max())
    n_words = int((pooling.sum(2) > 0).sum(1).max())
    return Batch(
        batch.phones[rows, :n_phones],
        batch.classes[rows, :n_phones],
        present[:, :n_phones],
        pooling[:, :n_words, :n_phones],
        batch.utterance[rows],
        batch.timbre[rows],
    )


def _normal(kind: str, values: npt.NDArray[np.float32], norms: Norms) -> Float32:
    centred = (values - norms[f"{kind}_mean"]) / norms[f"{kind}_std"]
    clipped: Float32 = np.clip(centred, -_CLIP, _CLIP).astype(np.float32)
    return clipped
