"""The phone model in numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inference.engines.scorers.frame_model import FrameModel

WIDTH, HIDDEN, CLASSES = 6, 5, 4


def arrays(context: int, seed: int = 0) -> dict[str, np.ndarray]:
    """A random model."""
    rng = np.random.default_rng(seed)
    return {
        "mean": rng.normal(size=WIDTH),
        "std": rng.uniform(0.5, 2, size=WIDTH),
        "w1": rng.normal(size=((2 * context + 1) * WIDTH, HIDDEN)),
        "b1": rng.normal(size=HIDDEN),
        "w2": rng.normal(size=(HIDDEN, CLASSES)),
        "b2": rng.normal(size=CLASSES),
        "context": np.asarray(context),
        "phonemes": np.asarray(["a", "b", "c"]),
    }


@pytest.mark.parametrize("context", [0, 1, 2])
def test_each_frame_sees_its_neighbours(context: int) -> None:
    """Against the plain way: neighbours put side by side, edges repeated."""
    stored = arrays(context)
    frames = np.random.default_rng(1).normal(size=(7, WIDTH)).astype(np.float32)
    normal = (frames - stored["mean"]) / stored["std"]
    rows = np.arange(7)
    side_by_side = np.hstack(
        [normal[np.clip(rows + s, 0, 6)] for s in range(-context, context + 1)]
    )
    logits = np.maximum(side_by_side @ stored["w1"] + stored["b1"], 0) @ stored["w2"]
    powers = np.exp(logits + stored["b2"])
    expected = np.log(powers / powers.sum(axis=1, keepdims=True))

    found = FrameModel.from_arrays(stored).log_posteriors(frames)

    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4)


def test_a_stored_model_comes_back(tmp_path: Path) -> None:
    """From its file, with its phonemes; silence is the last class."""
    path = tmp_path / "model.npz"
    np.savez(path, allow_pickle=False, **arrays(1))
    model = FrameModel.load(path)

    assert model.phonemes == ("a", "b", "c")
    assert model.silence == 3
    assert model.context == 1
