"""The steps before the heads: frames, labels, cross-fitted posteriors, features."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inference.engines.scorers.alignment import align
from inference.engines.scorers.expectation import Expectation, expect
from inference.engines.scorers.features import Features, SpokenText, extract
from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.engines.scorers.frame_model import FrameModel
from training.corpus import Reading, load_audio

from .frame_training import (
    Float32,
    Frames,
    Log,
    flat_start_labels,
    frame_statistics,
    train_frame_model,
)
from .frames import cached
from .phone_data import (
    SILENCE,
    Ints,
    classes_of,
    graph_of,
    speaker_folds,
    stress_of,
    words_of,
)

SEED = 762
N_FOLDS = 4


def spoken_text(reading: Reading, posteriors: Float32) -> SpokenText:
    """Lay the text over the frames; equal parts for a clip too short for its text."""
    found = align(posteriors, graph_of(reading))
    if found is None:
        edges = np.linspace(0, len(posteriors), len(reading.phones) + 1).astype(int)
        spans = np.column_stack([edges[:-1], np.maximum(edges[1:], edges[:-1] + 1)])
    else:
        spans = np.concatenate(found.spans)
    return SpokenText(classes_of(reading), stress_of(reading), words_of(reading), spans)


def frame_weights(reading: Reading, labels: Ints, said: SpokenText) -> Float32:
    """Return how much each frame teaches: well spoken phones most."""
    weights = np.ones(len(labels), dtype=np.float32)
    for mark, (start, end) in zip(reading.phone_accuracy, said.spans, strict=True):
        weights[start:end] = 1.0 if mark >= 1.8 else 0.5 if mark >= 1.4 else 0.05
    return weights


def label_scores(labels: Ints) -> Float32:
    """Return scores that make the aligner follow given labels."""
    scores = np.full((len(labels), SILENCE + 1), -20.0, dtype=np.float32)
    scores[np.arange(len(labels)), labels] = 0.0
    return scores


class Preparation:
    """Readings made ready for the heads, step by step."""

    def __init__(
        self,
        readings: Sequence[Reading],
        encoder: FrameEncoder,
        work: Path,
        copies: int,
        log: Log,
    ) -> None:
        self.readings = readings
        self._encoder = encoder
        self._log = log
        self.folds = speaker_folds(readings, N_FOLDS, SEED)
        clips = [load_audio(r.audio) for r in readings]
        self.clips = clips
        self.copies: list[list[Frames]] = []
        for copy in range(copies + 1):
            log(f"encoding: copy {copy} of {copies}")
            path = work / f"frames-{encoder.name}-{len(readings)}-{copy}.npz"
            self.copies.append(cached(path, encoder, clips, copy=copy))
        self.statistics = frame_statistics(self.copies[0])
        graphs = [graph_of(r) for r in readings]
        self.labels = flat_start_labels(self.copies[0], graphs, self.statistics, log)
        rough = [
            spoken_text(r, label_scores(y))
            for r, y in zip(readings, self.labels, strict=True)
        ]
        self.weights = [
            frame_weights(r, y, s)
            for r, y, s in zip(readings, self.labels, rough, strict=True)
        ]

    def frame_model(self, rows: Ints, epochs: int, seed: int) -> FrameModel:
        """Train the frame model on some of the readings."""
        return train_frame_model(
            [[copy[i] for i in rows] for copy in self.copies],
            [self.labels[i] for i in rows],
            [self.weights[i] for i in rows],
            self.statistics,
            epochs=epochs,
            seed=seed,
        )

    def cross_fitted_posteriors(self, epochs: int) -> list[Float32]:
        """Return each reading's posteriors from a model that never heard its speaker."""
        nothing = np.empty((0, 0), dtype=np.float32)
        posteriors: list[Float32] = [nothing] * len(self.readings)
        for fold in range(N_FOLDS):
            model = self.frame_model(
                np.flatnonzero(self.folds != fold), epochs, SEED + fold
            )
            held = np.flatnonzero(self.folds == fold)
            for i in held:
                posteriors[i] = model.log_posteriors(
                    self.copies[0][i].astype(np.float32)
                )
            hits = [posteriors[i].argmax(1) == self.labels[i] for i in held]
            self._log(
                f"frame model, fold {fold}: {np.concatenate(hits).mean():.3f} of frames right"
            )
        return posteriors

    def texts(self, posteriors: Sequence[Float32]) -> list[SpokenText]:
        """Return all readings' texts laid over their sound."""
        return [
            spoken_text(r, p) for r, p in zip(self.readings, posteriors, strict=True)
        ]

    def expected(self, reading: int, words: Sequence[str]) -> Expectation:
        """Ask the decoder for words in the sound of a reading."""
        frames = self.copies[0][reading].astype(np.float32)
        return expect(self._encoder, frames, words)

    def features(
        self,
        posteriors: Sequence[Float32],
        texts: Sequence[SpokenText],
        rows: Ints,
        expected: Sequence[Expectation] | None = None,
    ) -> list[Features]:
        """Return the head's inputs for some readings.

        ``texts`` and what the decoder ``expected`` belong to ``rows``.
        """
        mean, std = self.statistics
        asked = expected or [Expectation.unknown(t.n_words) for t in texts]
        return [
            extract(
                (self.copies[0][i].astype(np.float32) - mean) / std, posteriors[i], t, e
            )
            for i, t, e in zip(rows, texts, asked, strict=True)
        ]
