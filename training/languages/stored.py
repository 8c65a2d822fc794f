"""Writing a phone model as the scorer reads it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inference.engines.scorers.frame_model import FrameModel


def write(model: FrameModel, path: Path) -> None:
    """Write the file in half precision. The same model gives the same bytes."""
    numbers = {name: getattr(model, name) for name in ("w1", "b1", "w2", "b2")}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            allow_pickle=False,
            mean=model.mean.astype(np.float32),
            # Numbers that others are divided by keep their precision.
            std=model.std.astype(np.float32),
            context=np.asarray(model.context),
            phonemes=np.asarray(model.phonemes),
            **{name: values.astype(np.float16) for name, values in numbers.items()},
        )
