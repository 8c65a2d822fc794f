"""Training the frame model: from a flat start to phone labels, then the network.

No aligner is needed at the beginning. Each utterance is cut into equal parts, one a
phone; a linear model learns that, its Viterbi alignment gives better labels, and so on
(hard expectation maximisation, as in Rabiner 1989, section V). The network then learns
the labels, from the recordings and from changed copies of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from inference.engines.scorers.alignment import WordGraph, align
from inference.engines.scorers.frame_model import FrameModel

from .phone_data import N_CLASSES, SILENCE, Ints

Frames = npt.NDArray[np.float16]
Float32 = npt.NDArray[np.float32]
Log = Callable[[str], None]

_BATCH = 2048
_EDGE_SHARE = 0.15
_PRIOR_WEIGHT = 0.7
_LINEAR_ROUNDS = 4
_DEEP_ROUNDS = 2
_HIDDEN = 768
_DROPOUT = 0.5


def frame_statistics(frames: Sequence[Frames]) -> tuple[Float32, Float32]:
    """Return mean and deviation ``(width,)``, each utterance counting the same."""
    means = [f.astype(np.float32).mean(axis=0) for f in frames]
    variances = [f.astype(np.float32).var(axis=0) for f in frames]
    return np.mean(means, axis=0), np.sqrt(np.mean(variances, axis=0))


def flat_start_labels(
    frames: Sequence[Frames],
    graphs: Sequence[WordGraph],
    statistics: tuple[Float32, Float32],
    log: Log,
) -> list[Ints]:
    """Return a class for each frame of each utterance."""
    stacked = torch.from_numpy(_normalised(frames, statistics))
    ends = np.cumsum([len(f) for f in frames])
    labels = np.concatenate(
        [_uniform(len(f), g) for f, g in zip(frames, graphs, strict=True)]
    )
    for round_ in range(_LINEAR_ROUNDS + _DEEP_ROUNDS):
        deep = round_ >= _LINEAR_ROUNDS
        torch.manual_seed(round_)
        net = (
            _network(stacked.shape[1])
            if deep
            else nn.Linear(stacked.shape[1], N_CLASSES)
        )
        _fit(net, stacked, torch.from_numpy(labels), None, epochs=4 if deep else 3)
        with torch.no_grad():
            posteriors = torch.log_softmax(net(stacked), 1).numpy()
        prior = np.log(np.bincount(labels, minlength=N_CLASSES) / len(labels) + 1e-4)
        scaled = np.split(
            posteriors - _PRIOR_WEIGHT * prior.astype(np.float32), ends[:-1]
        )
        old = np.split(labels, ends[:-1])
        new = [_viterbi(s, g, o) for s, g, o in zip(scaled, graphs, old, strict=True)]
        changed = float(np.mean(np.concatenate(new) != labels))
        labels = np.concatenate(new)
        log(f"alignment round {round_ + 1}: {changed:.1%} of labels changed")
    return np.split(labels, ends[:-1])


def train_frame_model(
    copies: Sequence[Sequence[Frames]],
    labels: Sequence[Ints],
    weights: Sequence[Float32],
    statistics: tuple[Float32, Float32],
    *,
    epochs: int,
    seed: int,
) -> FrameModel:
    """Train on one or more copies of the utterances, which share labels and weights.

    ``weights[u][t]`` is how much a frame counts: badly spoken phones hardly teach.
    """
    torch.manual_seed(seed)
    mean, std = statistics
    stacked = torch.cat(
        [torch.from_numpy(_normalised(copy, statistics)) for copy in copies]
    )
    once = torch.from_numpy(np.concatenate(labels))
    counted = torch.from_numpy(np.concatenate(weights))
    net = _network(stacked.shape[1])
    _fit(
        net,
        stacked,
        once.repeat(len(copies)),
        counted.repeat(len(copies)),
        epochs=epochs,
    )
    first, last = net[0], net[3]
    return FrameModel(
        mean=mean,
        std=std,
        w1=first.weight.detach().numpy().T.copy(),
        b1=first.bias.detach().numpy().copy(),
        w2=last.weight.detach().numpy().T.copy(),
        b2=last.bias.detach().numpy().copy(),
        context=0,
    )


def _network(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, _HIDDEN),
        nn.ReLU(),
        nn.Dropout(_DROPOUT),
        nn.Linear(_HIDDEN, N_CLASSES),
    )


def _fit(
    net: nn.Module,
    inputs: torch.Tensor,
    labels: torch.Tensor,
    weights: torch.Tensor | None,
    *,
    epochs: int,
) -> None:
    steps = epochs * -(-len(inputs) // _BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    net.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs)).split(_BATCH):
            losses = nn.functional.cross_entropy(
                net(inputs[batch]),
                labels[batch],
                reduction="none",
                label_smoothing=0.05,
            )
            if weights is not None:
                losses = losses * weights[batch]
            optimiser.zero_grad()
            losses.mean().backward()
            optimiser.step()
            schedule.step()
    net.eval()


def _normalised(
    frames: Sequence[Frames], statistics: tuple[Float32, Float32]
) -> Float32:
    mean, std = statistics
    return np.concatenate([(f - mean) / std for f in frames]).astype(np.float32)


def _uniform(n_frames: int, graph: WordGraph) -> Ints:
    """Labels of a text cut into equal parts between two silences."""
    sounds = graph.classes[graph.word >= 0]
    edge = int(n_frames * _EDGE_SHARE)
    inner = max(1, n_frames - 2 * edge)
    place = np.clip(
        (np.arange(n_frames) - edge) * len(sounds) // inner, 0, len(sounds) - 1
    )
    labels = sounds[place]
    labels[:edge] = SILENCE
    labels[n_frames - edge :] = SILENCE
    return labels


def _viterbi(scores: Float32, graph: WordGraph, otherwise: Ints) -> Ints:
    """Labels of the best path; the old ones for a clip too short for its text."""
    found = align(scores, graph)
    if found is None:
        return otherwise
    labels = np.full(len(scores), SILENCE, dtype=np.int64)
    sounds = graph.classes[graph.word >= 0]
    spans = np.concatenate(found.spans)
    for sound, (start, end) in zip(sounds, spans, strict=True):
        labels[start:end] = sound
    return labels
