"""The picture of a sound against numbers of the code that the network was published with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inference.engines.turns.log_mel import log_mel
from inference.engines.turns.no_turns import NoTurns
from inference.engines.turns.smart_turn import MODEL_FILE, SmartTurn
from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

# Seconds of a swelling sweep; mean and deviation of its picture; single values by band and
# frame. From pipecat-ai 1.14.0, compute_whisper_log_mel_features.
REFERENCE = [
    (
        3,
        (-0.0767555, 0.2614894),
        {(3, 799): 0.85449, (5, 560): 0.78738, (12, 650): 0.2816, (79, 400): -0.13481},
    ),
    (
        12,
        (-0.0527440, 0.4029008),
        {(0, 0): 1.17453, (3, 799): 0.45164, (12, 650): -0.2117, (30, 333): -0.2156},
    ),
]


def sweep(seconds: float) -> FloatSamples:
    t = np.arange(int(16_000 * seconds)) / 16_000
    tone = np.sin(2 * np.pi * (100 * t + 40 * t * t))
    return (0.3 * tone * (0.5 + 0.5 * np.sin(2 * np.pi * 3 * t))).astype(np.float32)


@pytest.mark.parametrize(("seconds", "summary", "values"), REFERENCE)
def test_the_picture_is_the_published_one(
    seconds: float,
    summary: tuple[float, float],
    values: dict[tuple[int, int], float],
) -> None:
    picture = log_mel(sweep(seconds))
    assert picture.shape == (80, 800)
    assert picture.dtype == np.float32
    assert (picture.mean(), picture.std()) == pytest.approx(summary, abs=1e-5)
    for place, value in values.items():
        assert picture[place] == pytest.approx(value, abs=2e-5), place


def test_the_last_eight_seconds_count() -> None:
    long = sweep(12)
    assert np.array_equal(log_mel(long), log_mel(long[-8 * 16_000 :]))


def test_what_is_shorter_stands_at_the_end() -> None:
    picture = log_mel(sweep(1))
    quiet, loud = picture[:, :690], picture[:, 705:]
    assert quiet.max() == pytest.approx(picture.min())
    assert loud.max() == picture.max()


def test_nothing_at_all_is_a_flat_picture() -> None:
    picture = log_mel(np.zeros(0, np.float32))
    assert np.isfinite(picture).all()
    assert np.ptp(picture) == 0


def test_weights_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    (tmp_path / MODEL_FILE).write_bytes(b"no model")
    with pytest.raises(EngineUnavailable) as raised:
        SmartTurn(model_dir=tmp_path).warm()
    assert raised.value.code == "engine.weights_broken"


def test_nobody_who_listens_cannot_tell() -> None:
    assert NoTurns().end_probability(sweep(1)) is None
