"""Training heads: the loss, the schedule, and predictions for speakers held back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from inference.engines.scorers.head import RawMarks

from .head_data import Marks, select
from .head_model import Batch, Head, HeadShape

Float32 = npt.NDArray[np.float32]
_BATCH = 32
_RATE = 2e-3
_WRONG_WEIGHT = 0.3
_PLANTED_WEIGHT = 0.3
_WELL_SPOKEN = 1.8


@dataclass(frozen=True, slots=True)
class Scales:
    """Mean and deviation of the marks: heads learn standardised ones."""

    phone: Float32
    word: Float32
    utterance: Float32

    @classmethod
    def of(cls, marks: Marks, rows: torch.Tensor) -> Scales:
        """Measure the scales of some utterances."""
        phones = marks.phones[rows]
        phones = phones[~phones.isnan()]
        words = marks.words[rows].flatten(0, 1)
        words = words[~words[:, 0].isnan()]
        whole = marks.utterance[rows]
        whole = whole[~whole[:, 0].isnan()]
        return cls(
            np.asarray([phones.mean(), phones.std()], dtype=np.float32),
            torch.stack([words.mean(0), words.std(0)]).numpy(),
            torch.stack([whole.mean(0), whole.std(0)]).numpy(),
        )


@dataclass(frozen=True, slots=True)
class TrainedHead:
    """A head and the scales of its marks."""

    head: Head
    scales: Scales

    def arrays(self) -> dict[str, Float32]:
        """Return everything the product needs."""
        return {
            **self.head.arrays(),
            "phone_scale": self.scales.phone,
            "word_scale": self.scales.word,
            "utterance_scale": self.scales.utterance,
        }


def train_head(
    batch: Batch,
    marks: Marks,
    rows: npt.NDArray[np.int64],
    shape: HeadShape,
    *,
    epochs: int,
    seed: int,
) -> TrainedHead:
    """Train on the utterances ``rows`` of the batch."""
    torch.manual_seed(seed)
    chosen = torch.from_numpy(rows)
    scales = Scales.of(marks, chosen)
    head = Head(shape)
    steps = epochs * -(-len(chosen) // _BATCH)
    optimiser = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=0.15
    )
    head.train()
    for _ in range(epochs):
        for part in chosen[torch.randperm(len(chosen))].split(_BATCH):
            loss = _loss(head(select(batch, part)), marks, part, scales)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 2.0)
            optimiser.step()
            schedule.step()
    head.eval()
    return TrainedHead(head, scales)


def predict(
    trained: TrainedHead, batch: Batch, rows: npt.NDArray[np.int64]
) -> list[RawMarks]:
    """Return the raw scores of some utterances, on the experts' scales."""
    scales = trained.scales
    outputs = []
    for part in torch.from_numpy(rows).split(128):
        chosen = select(batch, part)
        with torch.no_grad():
            phones, words, whole = (t.numpy() for t in trained.head(chosen))
        for i in range(len(part)):
            n_phones = int(chosen.present[i].sum())
            n_words = int((chosen.pooling[i].sum(1) > 0).sum())
            outputs.append(
                RawMarks(
                    phones[i, :n_phones, 0] * scales.phone[1] + scales.phone[0],
                    words[i, :n_words] * scales.word[1] + scales.word[0],
                    whole[i] * scales.utterance[1] + scales.utterance[0],
                )
            )
    return outputs


def mean_output(outputs: list[RawMarks]) -> RawMarks:
    """Return what several heads say together of one utterance."""
    return RawMarks(
        *(
            np.mean([getattr(o, name) for o in outputs], axis=0)
            for name in RawMarks.__slots__
        )
    )


def _loss(
    output: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
    marks: Marks,
    rows: torch.Tensor,
    scales: Scales,
) -> torch.Tensor:
    phones, words, whole = output
    by_whole = marks.utterance[rows]
    real = ~by_whole[:, 0].isnan()
    target = marks.phones[rows, : phones.shape[1]]
    rated = ~target.isnan() & real[:, None]
    mark = target[rated]
    phone_loss = _mean_squares(phones[..., 0][rated], _standard(mark, scales.phone))
    # Experts' mean 0.4 and below: most call it wrong; 1.2 and above: none does.
    wrong = torch.clamp((1.2 - mark) / 0.8, 0.0, 1.0)
    wrong_loss = _cross_entropy(phones[..., 1][rated], wrong)
    # What is neither surely right nor planted teaches nothing about exchanged phones.
    sure = (target >= _WELL_SPOKEN) | ((target == 0.0) & ~real[:, None])
    planted = (target[sure] == 0.0).to(phones.dtype)
    planted_loss = _cross_entropy(phones[..., 2][sure], planted)
    by_word = marks.words[rows, : words.shape[1]]
    spoken = ~by_word[..., 0].isnan()
    word_loss = _mean_squares(words[spoken], _standard(by_word[spoken], scales.word))
    whole_loss = _mean_squares(whole[real], _standard(by_whole[real], scales.utterance))
    return (
        phone_loss
        + word_loss
        + whole_loss
        + _WRONG_WEIGHT * wrong_loss
        + _PLANTED_WEIGHT * planted_loss
    )


def _cross_entropy(odds: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Mean binary cross-entropy; 0 for a batch without such marks."""
    total = functional.binary_cross_entropy_with_logits(odds, truth, reduction="sum")
    return total / max(1, odds.numel())


def _mean_squares(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Mean squared difference; 0 for a batch without such marks."""
    return (one - other).square().sum() / max(1, one.numel())


def _standard(values: torch.Tensor, scale: Float32) -> torch.Tensor:
    mean, std = (torch.as_tensor(part) for part in scale)
    return (values - mean) / std
