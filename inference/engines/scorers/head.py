"""The scoring head: a small transformer over the phonemes of an utterance.

Several heads, trained from different seeds, answer together: their mean is what counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .alignment import Float32
from .features import Features, SpokenText

Arrays = dict[str, Float32]
_CLIP = 6.0
_NORM_EPS = 1e-5
ASPECTS = ("accuracy", "fluency", "prosody", "total")


@dataclass(frozen=True, slots=True)
class RawMarks:
    """Marks of one utterance on the experts' scales, not calibrated.

    ``phones`` ``(n_phonemes,)`` on 0..2; ``words`` ``(n_words, 2)`` accuracy and total,
    ``utterance`` ``(4,)`` of ``ASPECTS``, both on 0..10.
    """

    phones: Float32
    words: Float32
    utterance: Float32


@dataclass(frozen=True, slots=True)
class HeadEnsemble:
    """Heads that share one normalisation of their inputs."""

    norms: Arrays
    heads: tuple[Arrays, ...]
    n_attention_heads: int = 4

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> HeadEnsemble:
        """Make the ensemble of its stored arrays, named ``norm/...`` and ``<n>/...``."""
        norms: Arrays = {}
        heads: dict[int, Arrays] = {}
        for name, values in arrays.items():
            owner, _, part = name.partition("/")
            target = norms if owner == "norm" else heads.setdefault(int(owner), {})
            target[part] = values.astype(np.float32)
        return cls(norms, tuple(heads[number] for number in sorted(heads)))

    def score(self, features: Features, said: SpokenText) -> RawMarks:
        """Score one utterance: the mean over all heads."""
        phones = self._normalised("phones", features.phones)
        utterance = self._normalised("utterance", features.utterance)
        timbre = self._normalised("timbre", features.timbre)
        outputs = [
            self._one(head, phones, utterance, timbre, said) for head in self.heads
        ]
        return RawMarks(*(np.mean(part, axis=0) for part in zip(*outputs, strict=True)))

    def _normalised(self, name: str, values: Float32) -> Float32:
        centred = (values - self.norms[f"{name}_mean"]) / self.norms[f"{name}_std"]
        clipped: Float32 = np.clip(centred, -_CLIP, _CLIP)
        return clipped

    def _one(
        self,
        w: Arrays,
        phones: Float32,
        utterance: Float32,
        timbre: Float32,
        said: SpokenText,
    ) -> tuple[Float32, Float32, Float32]:
        places = np.minimum(np.arange(len(phones)), len(w["places"]) - 1)
        hidden = _linear(w, "input", phones) + w["phonemes"][said.classes]
        hidden = hidden + w["places"][places]
        layer = 0
        while f"layer{layer}.norm1.weight" in w:
            hidden = _encoder_layer(w, f"layer{layer}.", hidden, self.n_attention_heads)
            layer += 1
        hidden = _layer_norm(w, "norm", hidden)
        by_phone = _two_layers(w, "phone", hidden)
        in_word = said.word == np.arange(said.n_words)[:, None]
        pooled = (in_word / in_word.sum(axis=1, keepdims=True)).astype(np.float32)
        by_word = _two_layers(w, "word", pooled @ hidden)
        weights = _softmax(_linear(w, "attention", hidden)[:, 0])
        whole = np.concatenate(
            [
                weights @ hidden,
                hidden.mean(axis=0),
                _gelu(_linear(w, "utterance_in", utterance)),
                _gelu(_linear(w, "timbre_in", timbre)),
            ]
        )
        marks = _two_layers(w, "utterance", whole)
        phone_mean, phone_std = w["phone_scale"]
        return (
            by_phone[:, 0] * phone_std + phone_mean,
            by_word * w["word_scale"][1] + w["word_scale"][0],
            marks * w["utterance_scale"][1] + w["utterance_scale"][0],
        )


def _encoder_layer(w: Arrays, name: str, x: Float32, n_heads: int) -> Float32:
    """Self-attention and feed-forward, each normalised first and added."""
    normed = _layer_norm(w, f"{name}norm1", x)
    n, width = normed.shape
    mixed = _linear(w, f"{name}qkv", normed).reshape(n, 3, n_heads, width // n_heads)
    queries, keys, values = mixed.transpose(1, 2, 0, 3)
    scale = np.float32(1.0 / math.sqrt(width // n_heads))
    scores: Float32 = queries @ keys.transpose(0, 2, 1) * scale
    attended: Float32 = _softmax(scores) @ values
    attended = attended.transpose(1, 0, 2).reshape(n, width)
    mixed_in: Float32 = x + _linear(w, f"{name}out", attended)
    fed = _two_layers(w, f"{name}feed", _layer_norm(w, f"{name}norm2", mixed_in))
    return mixed_in + fed


def _linear(w: Arrays, name: str, x: Float32) -> Float32:
    product: Float32 = x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    return product


def _two_layers(w: Arrays, name: str, x: Float32) -> Float32:
    return _linear(w, f"{name}2", _gelu(_linear(w, f"{name}1", x)))


def _layer_norm(w: Arrays, name: str, x: Float32) -> Float32:
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    normed: Float32 = centred / np.sqrt(variance + _NORM_EPS)
    return normed * w[f"{name}.weight"] + w[f"{name}.bias"]


def _softmax(x: Float32) -> Float32:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Float32 = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _gelu(x: Float32) -> Float32:
    """The tanh form: within 0.001 of the exact one, and numpy has no erf."""
    cubic: Float32 = (x + 0.044715 * x**3) * np.float32(math.sqrt(2.0 / math.pi))
    shaped: Float32 = (0.5 * x * (1.0 + np.tanh(cubic))).astype(np.float32)
    return shaped
