"""What lies between an answer's first sound and the models that it needed."""

from __future__ import annotations

from typing import Any

import pytest

from bench.turn_floor import Answered, Floor, gap, model_s
from inference.types.audio import AudioClip

CLIP = AudioClip(b"", 16_000)


def timing(*, own_words_ms: float | None) -> dict[str, Any]:
    marks = {} if own_words_ms is None else {"own_words_ms": own_words_ms}
    spans = [
        ("respond_first", 500, 1300),
        ("synthesize", 510, 600),
        ("synthesize", 1900, 2000),
    ]
    if own_words_ms == 1900:
        del spans[1]
    names = ("name", "start_ms", "end_ms")
    return {"marks": marks, "stages": [dict(zip(names, s, strict=True)) for s in spans]}


@pytest.mark.parametrize(
    ("own_words_ms", "seconds"),
    [(1900, 1.4), (1850, 0.0), (None, 0.0)],
    ids=["its own words", "behind an opener", "ready-made"],
)
def test_the_model_counts_where_its_words_are_heard_first(
    own_words_ms: float | None, seconds: float
) -> None:
    assert model_s(timing(own_words_ms=own_words_ms)) == pytest.approx(seconds)


def test_the_gap_is_what_the_floor_leaves_of_the_first_audio() -> None:
    answered = [Answered(CLIP, "Okay.", s) for s in (0.5, 0.6, 0.9)]
    found = gap(answered, [Floor(0.16, 0.2, 0.0, 0.12)] * 3)
    assert found["floor_p50_s"] == pytest.approx(0.48)
    assert found["models_alone_p50_s"] == pytest.approx(0.32)
    assert found["floor_gap_share"] == pytest.approx(0.2)
