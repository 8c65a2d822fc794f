"""Writing the scorer's weights: one ``.npz`` in half precision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.engines.scorers.frame_model import FrameModel
from inference.engines.scorers.marking import Trees

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScorerWeights:
    """Everything that ``inference.engines.scorers.stored`` reads back."""

    version: str
    encoder: str
    frame: FrameModel
    norms: Mapping[str, Float32]
    heads: Sequence[Mapping[str, Float32]]
    trees: Trees
    curves: Mapping[str, Float32]
    voice_offset: Float32
    voice_weights: Float32
    thresholds: Mapping[str, float]

    def write(self, path: Path) -> None:
        """Write the file. The same weights give the same bytes."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            f"frame/{name}": getattr(self.frame, name).astype(np.float16)
            for name in ("w1", "b1", "w2", "b2")
        }
        # Small numbers that others are divided by keep their precision.
        arrays["frame/mean"] = self.frame.mean.astype(np.float32)
        arrays["frame/std"] = self.frame.std.astype(np.float32)
        arrays["frame/context"] = np.asarray(self.frame.context)
        arrays |= {
            f"head/norm/{n}": v.astype(np.float32) for n, v in self.norms.items()
        }
        for number, head in enumerate(self.heads):
            arrays |= {
                f"head/{number}/{n}": v.astype(np.float16) for n, v in head.items()
            }
        for name in Trees.__slots__:
            tables = getattr(self.trees, name).arrays()
            arrays |= {f"trees/{name}/{n}": v for n, v in tables.items()}
        arrays |= {f"curve/{n}": v.astype(np.float32) for n, v in self.curves.items()}
        arrays["voice/offset"] = self.voice_offset.astype(np.float32)
        arrays["voice/weights"] = self.voice_weights.astype(np.float32)
        about = {
            "version": self.version,
            "encoder": self.encoder,
            "thresholds": dict(self.thresholds),
        }
        arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
