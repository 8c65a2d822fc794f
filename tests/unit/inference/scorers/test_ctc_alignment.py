"""The likeliest path against all paths, and spans that do not overlap."""

from __future__ import annotations

from itertools import groupby, pairwise
from math import log

import numpy as np
import pytest

from inference.engines.scorers.ctc_alignment import Span, align

from .ctc_paths import best_path, random_log_probs


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tokens", [(1,), (1, 2), (1, 1), (2, 1, 2)])
def test_each_token_covers_its_frames_of_the_best_path(
    tokens: tuple[int, ...], seed: int
) -> None:
    log_probs = random_log_probs(6, 3, seed)
    spans = align(log_probs, tokens, 0)
    frame = 0
    runs = []
    for token, run in groupby(best_path(log_probs, tokens, 0)):
        length = len(list(run))
        if token:
            runs.append((frame, frame + length))
        frame += length
    assert len(spans) == len(runs)
    for span, (first, end) in zip(spans, runs, strict=True):
        assert span.first <= first < end <= span.end
    assert all(one.end <= following.first for one, following in pairwise(spans))


def test_a_pause_belongs_to_nobody_and_a_short_gap_to_both() -> None:
    log_probs = np.full((40, 3), log(0.01))
    log_probs[:, 0] = log(0.98)
    for frame, token in ((10, 1), (14, 2), (30, 1)):
        log_probs[frame, [0, token]] = log_probs[frame, [token, 0]]
    assert align(log_probs, (1, 2, 1), 0) == (
        Span(7, 12),
        Span(12, 18),
        Span(27, 34),
    )


def test_no_tokens_have_no_spans_and_too_few_frames_are_refused() -> None:
    log_probs = random_log_probs(2, 3, 0)
    assert align(log_probs, (), 0) == ()
    with pytest.raises(ValueError, match="2 frames are too few for 2 tokens"):
        align(log_probs, (1, 1), 0)
