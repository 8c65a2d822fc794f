"""The scoring head as a torch module, parameter for parameter the one in numpy.

Names and shapes are those that ``inference.engines.scorers.head`` reads; a test compares
the outputs of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from inference.engines.scorers.alignment import Float32

_PLACES = 80
_TIMBRE_DROPOUT = 0.5


@dataclass(frozen=True, slots=True)
class HeadShape:
    """Sizes of a head. ``width`` must divide by 4, the number of attention heads."""

    phone_features: int
    utterance_features: int
    timbre_features: int
    n_classes: int = 39
    width: int = 32
    layers: int = 2
    dropout: float = 0.1


@dataclass(slots=True)
class Batch:
    """Utterances padded to the same length.

    ``phones`` ``[b, p, f]``, ``classes`` ``[b, p]``, ``present`` ``[b, p]`` (0 or 1),
    ``pooling`` ``[b, w, p]`` (rows sum to 1 for words that are there), ``utterance``
    ``[b, u]``, ``timbre`` ``[b, t]``.
    """

    phones: torch.Tensor
    classes: torch.Tensor
    present: torch.Tensor
    pooling: torch.Tensor
    utterance: torch.Tensor
    timbre: torch.Tensor


class Head(nn.Module):
    """Scores phones, words and the utterance at once (as GOPT, Gong et al. 2022)."""

    def __init__(self, shape: HeadShape) -> None:
        super().__init__()
        width = shape.width
        self.input = nn.Linear(shape.phone_features, width)
        self.phonemes = nn.Embedding(shape.n_classes, width)
        self.places = nn.Parameter(torch.randn(_PLACES, width) * 0.02)
        self.layers = nn.ModuleList(
            _Layer(width, shape.dropout) for _ in range(shape.layers)
        )
        self.norm = nn.LayerNorm(width)
        self.phone = _two(width, width, 3)
        self.word = _two(width, width, 2)
        self.attention = nn.Linear(width, 1)
        self.utterance_in = nn.Linear(shape.utterance_features, 32)
        self.timbre_in = nn.Linear(shape.timbre_features, 24)
        self.utterance = _two(2 * width + 56, 48, 4, dropout=0.1)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return standardised marks ``[b, p, 3]``, ``[b, w, 2]``, ``[b, 4]``.

        A phone's second number is the log-odds that most experts call it wrong. Its
        third, that another phone was said, is only there to be learned: it keeps the
        layers below from explaining everything by how fluent a speaker is.
        """
        hidden = self.input(batch.phones) + self.phonemes(batch.classes)
        hidden = hidden + self.places[: hidden.shape[1]]
        absent = batch.present == 0
        for layer in self.layers:
            hidden = layer(hidden, absent)
        hidden = self.norm(hidden)
        scores = self.attention(hidden).squeeze(-1).masked_fill(absent, -1e9)
        weights = torch.softmax(scores, 1).unsqueeze(1)
        count = batch.present.sum(1, keepdim=True)
        mean = (hidden * batch.present.unsqueeze(-1)).sum(1) / count
        timbre = functional.dropout(batch.timbre, _TIMBRE_DROPOUT, self.training)
        timbre = _gelu(self.timbre_in(timbre))
        whole = torch.cat(
            [
                (weights @ hidden).squeeze(1),
                mean,
                _gelu(self.utterance_in(batch.utterance)),
                functional.dropout(timbre, 0.2, self.training),
            ],
            dim=-1,
        )
        return (
            self.phone(hidden),
            self.word(batch.pooling @ hidden),
            self.utterance(whole),
        )

    def arrays(self) -> dict[str, Float32]:
        """Return the parameters under the names that the product reads."""
        stored = {}
        for name, value in self.state_dict().items():
            name = name.replace("layers.", "layer").replace(
                "phonemes.weight", "phonemes"
            )
            for old, new in ((".first.", "1."), (".last.", "2.")):
                name = name.replace(old, new)
            stored[name] = value.detach().numpy().astype(np.float32)
        return stored


class _Layer(nn.Module):
    """Self-attention and feed-forward, each normalised first and added."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = _two(width, 2 * width, width, dropout=dropout)
        self._dropout = dropout

    def forward(self, x: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        size, length, width = x.shape
        mixed = self.qkv(self.norm1(x)).view(size, length, 3, 4, width // 4)
        queries, keys, values = mixed.permute(2, 0, 3, 1, 4)
        bias = torch.zeros_like(absent, dtype=x.dtype).masked_fill(absent, -1e9)
        attended = functional.scaled_dot_product_attention(
            queries,
            keys,
            values,
            attn_mask=bias[:, None, None, :],
            dropout_p=self._dropout if self.training else 0.0,
        )
        attended = self.out(attended.transpose(1, 2).reshape(size, length, width))
        x = x + functional.dropout(attended, self._dropout, self.training)
        fed = self.feed(self.norm2(x))
        return x + functional.dropout(fed, self._dropout, self.training)


class _Two(nn.Module):
    """Two linear maps with a GELU between them."""

    def __init__(self, inputs: int, hidden: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
        self._dropout = dropout

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = functional.dropout(_gelu(self.first(x)), self._dropout, self.training)
        mapped: torch.Tensor = self.last(inner)
        return mapped


def _two(inputs: int, hidden: int, outputs: int, dropout: float = 0.0) -> _Two:
    return _Two(inputs, hidden, outputs, dropout)


def _gelu(x: torch.Tensor) -> torch.Tensor:
    return functional.gelu(x, approximate="tanh")
