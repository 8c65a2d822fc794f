"""Pictures of clauses that follow each other: none twice, none missing."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from inference.types.face import FPS, picture_numbers

durations = st.lists(
    st.integers(1, 60_000).map(lambda samples: round(samples / 22.05, 1)), min_size=1
)


@given(durations)
def test_clauses_share_one_grid(parts: list[float]) -> None:
    numbers: list[int] = []
    start_ms = 0.0
    for part in parts:
        numbers += picture_numbers(start_ms, part)
        start_ms = round(start_ms + part, 1)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) == math.ceil(round(start_ms * FPS / 1000, 6))


def test_a_picture_on_the_border_belongs_to_what_follows() -> None:
    assert picture_numbers(0, 80) == range(2)
    assert picture_numbers(80, 40) == range(2, 3)
    assert picture_numbers(81, 10) == range(3, 3)
