"""Training the phone model of one language on labelled frames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from inference.engines.scorers.frame_model import FrameModel

from .graphs import Float32, Ints

HIDDEN = 256
_BATCH = 512
_DROPOUT = 0.3
_SMOOTHING = 0.05
_RATE = 2e-3
_DECAY = 1e-2

Statistics = tuple[Float32, Float32]


def train(
    frames: Sequence[npt.NDArray[np.float16]],
    labels: Sequence[Ints],
    statistics: Statistics,
    phonemes: tuple[str, ...],
    *,
    epochs: int,
    seed: int,
    hidden: int = HIDDEN,
) -> FrameModel:
    """Return a model whose classes are ``phonemes`` and silence."""
    torch.manual_seed(seed)
    mean, std = statistics
    inputs = torch.from_numpy(
        np.concatenate([((f - mean) / std).astype(np.float32) for f in frames])
    )
    wanted = torch.from_numpy(np.concatenate(labels))
    net = nn.Sequential(
        nn.Linear(inputs.shape[1], hidden),
        nn.ReLU(),
        nn.Dropout(_DROPOUT),
        nn.Linear(hidden, len(phonemes) + 1),
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=epochs * -(-len(inputs) // _BATCH)
    )
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs)).split(_BATCH):
            loss = nn.functional.cross_entropy(
                net(inputs[rows]), wanted[rows], label_smoothing=_SMOOTHING
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return FrameModel(
        mean=mean,
        std=std,
        w1=_numbers(net[0].weight.T),
        b1=_numbers(net[0].bias),
        w2=_numbers(net[3].weight.T),
        b2=_numbers(net[3].bias),
        context=0,
        phonemes=phonemes,
    )


def _numbers(tensor: torch.Tensor) -> Float32:
    values: Float32 = tensor.detach().numpy().astype(np.float32).copy()
    return values
