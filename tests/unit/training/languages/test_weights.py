"""The phone models that are committed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inference.engines.scorers.frame_model import FrameModel
from inference.engines.scorers.stored import WEIGHTS
from inference.phonetics.inventory import phonemes
from training.languages.stored import write

LANGUAGES = ("es", "fr", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_knows_its_language(language: str) -> None:
    """Its classes are phonemes of the inventory, in order, and silence."""
    path = WEIGHTS / f"phones_{language}.npz"
    model = FrameModel.load(path)
    known = [p for p in phonemes(language) if p in model.phonemes]

    assert list(model.phonemes) == known
    assert len(known) > 0.75 * len(phonemes(language))
    assert model.silence == len(known)
    assert path.stat().st_size < 900_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_gives_probabilities(language: str) -> None:
    """Of any frames, also odd ones."""
    model = FrameModel.load(WEIGHTS / f"phones_{language}.npz")
    frames = np.random.default_rng(0).normal(0, 20, (7, len(model.mean)))

    found = model.log_posteriors(frames.astype(np.float32))

    assert found.shape == (7, len(model.phonemes) + 1)
    assert np.exp(found).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    """In half precision, and twice the same bytes."""
    rng = np.random.default_rng(1)
    model = FrameModel(
        mean=np.zeros(4, np.float32), std=np.ones(4, np.float32),
        w1=rng.normal(size=(4, 3)).astype(np.float32), b1=np.zeros(3, np.float32),
        w2=rng.normal(size=(3, 3)).astype(np.float32), b2=np.zeros(3, np.float32),
        context=0, phonemes=("a", "tʃ"),
    )  # fmt: skip

    write(model, tmp_path / "one.npz")
    write(model, tmp_path / "two.npz")
    read = FrameModel.load(tmp_path / "one.npz")

    assert read.phonemes == ("a", "tʃ")
    assert read.w1 == pytest.approx(model.w1, abs=1e-2)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
