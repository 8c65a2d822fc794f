"""The sums of CTC-GOP against every path counted by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from inference.engines.scorers.ctc_gop import DROPPED, goodness
from inference.engines.scorers.ctc_trellis import trellis

from .ctc_paths import random_log_probs, said_by_paths

N_TOKENS = 4
SEQUENCES = [(1,), (1, 2), (1, 1), (1, 2, 1), (2, 2, 2), (3, 1, 3), (1, 2, 3)]
BLANKS = [0, 3]


def with_blank(tokens: tuple[int, ...], blank: int) -> tuple[int, ...]:
    """Return the sequence without the blank's own number in it."""
    return tuple(0 if token == blank else token for token in tokens)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_is_as_likely_as_its_paths(
    sequence: tuple[int, ...], blank: int
) -> None:
    tokens = with_blank(sequence, blank)
    for n_frames in (3, 6):
        log_probs = random_log_probs(n_frames, N_TOKENS, seed=n_frames)
        by_hand = said_by_paths(log_probs, blank).get(tokens, 0.0)
        found = trellis(log_probs, tokens, blank)
        assert np.exp(found.log_probability) == pytest.approx(by_hand)
        # From the other end it is the same sum.
        backwards = np.exp(np.logaddexp.reduce(found.after[0, :2]))
        assert backwards == pytest.approx(by_hand)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_each_token_is_weighed_against_all_that_may_replace_it(
    sequence: tuple[int, ...], blank: int
) -> None:
    tokens = with_blank(sequence, blank)
    log_probs = random_log_probs(6, N_TOKENS, seed=11)
    chances = said_by_paths(log_probs, blank)
    found = goodness(
        log_probs, tokens, blank, np.ones((len(tokens), N_TOKENS), np.bool_)
    )
    for i, token in enumerate(tokens):
        others = {DROPPED: chances[tokens[:i] + tokens[i + 1 :]]}
        for other in set(range(N_TOKENS)) - {blank, token}:
            others[other] = chances[(*tokens[:i], other, *tokens[i + 1 :])]
        best = max(others, key=lambda name: others[name])
        mine = chances[tokens]
        assert found.rival[i] == best
        assert found.gop[i] == pytest.approx(log(mine) - log(others[best]))
        share = mine / (mine + sum(others.values()))
        assert found.posterior[i] == pytest.approx(share)


def test_only_what_may_replace_a_token_competes() -> None:
    log_probs = random_log_probs(6, N_TOKENS, seed=3)
    rivals = np.zeros((2, N_TOKENS), np.bool_)
    rivals[0, 3] = True
    found = goodness(log_probs, (1, 2), 0, rivals)
    chances = said_by_paths(log_probs, 0)
    best = max(chances[(3, 2)], chances[(2,)])
    assert found.gop[0] == pytest.approx(log(chances[(1, 2)] / best))
    assert found.rival[1] == DROPPED
    assert found.gop[1] == pytest.approx(log(chances[(1, 2)] / chances[(1,)]))


def test_what_was_said_instead_is_the_rival() -> None:
    # Frames that say 1, 3, 2 almost surely, a blank between each.
    log_probs = np.full((7, 5), log(0.01 / 4))
    log_probs[range(7), [0, 1, 0, 3, 0, 2, 0]] = log(0.99)
    wrong = goodness(log_probs, (1, 4, 2), 0, np.ones((3, 5), np.bool_))
    assert wrong.rival[1] == 3
    assert wrong.gop[1] < -4 < 4 < min(wrong.gop[0], wrong.gop[2])
    dropped = goodness(log_probs, (1, 3, 2, 4), 0, np.ones((4, 5), np.bool_))
    assert dropped.rival[3] == DROPPED
    assert dropped.gop[3] < -4


def test_a_long_sequence_does_not_underflow() -> None:
    log_probs = random_log_probs(900, 30, seed=1)
    tokens = tuple(1 + i * 7 % 29 for i in range(200))
    found = goodness(log_probs, tokens, 0, np.ones((200, 30), np.bool_))
    assert np.isfinite(found.gop).all()
    assert ((found.posterior >= 0) & (found.posterior <= 1)).all()


def test_more_tokens_than_frames_cannot_have_been_said() -> None:
    log_probs = random_log_probs(2, N_TOKENS, seed=1)
    assert trellis(log_probs, (1, 2, 3), 0).log_probability == -np.inf
