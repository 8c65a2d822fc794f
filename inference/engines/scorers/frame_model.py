"""From encoder frames to phone log-posteriors: a small network over three frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .alignment import Float32


@dataclass(frozen=True, slots=True)
class FrameModel:
    """A multilayer perceptron with one hidden layer, trained by ``training``.

    Inputs are ``2 * context + 1`` neighbouring encoder frames, each normalised by
    ``mean`` and ``std``; outputs are the acoustic classes of ``phonemes`` (may be empty
    where the language's inventory gives the order) and silence, which is last.
    """

    mean: Float32
    std: Float32
    w1: Float32
    b1: Float32
    w2: Float32
    b2: Float32
    context: int
    phonemes: tuple[str, ...] = ()

    @property
    def silence(self) -> int:
        """Class index of silence."""
        return len(self.b2) - 1

    @classmethod
    def load(cls, path: Path) -> FrameModel:
        """Read a model written by the training script (float16 in an ``.npz``)."""
        with np.load(path) as stored:
            return cls.from_arrays({name: stored[name] for name in stored.files})

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> FrameModel:
        """Make a model of its stored arrays."""
        numbers = {
            name: arrays[name].astype(np.float32)
            for name in ("mean", "std", "w1", "b1", "w2", "b2")
        }
        names = (
            tuple(str(p) for p in arrays["phonemes"]) if "phonemes" in arrays else ()
        )
        return cls(**numbers, context=int(arrays["context"]), phonemes=names)

    def normalised(self, frames: Float32) -> Float32:
        """Return frames with mean 0 and deviation 1 in each dimension."""
        centred: Float32 = (frames - self.mean) / self.std
        return centred

    def log_posteriors(self, frames: Float32) -> Float32:
        """Return log-probabilities of shape ``(n_frames, n_classes)``.

        ``frames`` has shape ``(n_frames, width)``, straight from the encoder.
        """
        inputs = self.normalised(frames)
        # One product for each neighbour: no wide copy of the frames is made.
        hidden = np.broadcast_to(self.b1, (len(frames), len(self.b1))).copy()
        width = frames.shape[1]
        rows = np.arange(len(frames))
        for step in range(-self.context, self.context + 1):
            block = self.w1[(step + self.context) * width :][:width]
            product = inputs @ block
            hidden += product[np.clip(rows + step, 0, len(frames) - 1)]
        logits = np.maximum(hidden, 0.0) @ self.w2 + self.b2
        logits -= logits.max(axis=1, keepdims=True)
        totals = np.exp(logits).sum(axis=1, keepdims=True)
        log_shares: Float32 = logits - np.log(totals)
        return log_shares
