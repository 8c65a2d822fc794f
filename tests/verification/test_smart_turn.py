"""Smart Turn with its weights: published numbers, and speech that is cut off."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.turns.smart_turn import SmartTurn
from tests.unit.inference.turns.test_log_mel import sweep

from .conftest import Say, model_dir

pytestmark = pytest.mark.engine("smart_turn", "piper")


@pytest.fixture(scope="module")
def smart_turn() -> SmartTurn:
    return SmartTurn(model_dir=model_dir("smart-turn-v3.2"))


# From the code of pipecat-ai 1.14.0 with the same weights.
@pytest.mark.parametrize(("seconds", "probability"), [(3, 0.09924), (12, 0.91997)])
def test_numbers_are_the_published_ones(
    smart_turn: SmartTurn, seconds: float, probability: float
) -> None:
    found = smart_turn.end_probability(sweep(seconds))
    assert found == pytest.approx(probability, abs=0.02)


@pytest.mark.parametrize(
    ("finished", "words_kept"),
    [
        ("I stayed at home because my sister was very ill.", 0.51),
        ("When I was a child I lived in a small village.", 0.4),
    ],
)
def test_a_sentence_is_over_when_it_is_and_not_before(
    smart_turn: SmartTurn, say: Say, finished: str, words_kept: float
) -> None:
    silence = np.zeros(3_200, np.float32)
    whole = say(finished)
    part = whole[: int(words_kept * whole.size)]
    over = smart_turn.end_probability(np.concatenate([whole, silence]))
    not_over = smart_turn.end_probability(np.concatenate([part, silence]))
    assert over is not None
    assert not_over is not None
    assert not_over < 0.5 < over
