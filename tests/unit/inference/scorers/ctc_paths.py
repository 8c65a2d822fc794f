"""CTC by hand: every path of a few frames, collapsed, its probability added up."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, product

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def random_log_probs(n_frames: int, n_tokens: int, seed: int) -> Floats:
    """Return uneven distributions, one a frame."""
    raw = np.random.default_rng(seed).normal(0, 2, (n_frames, n_tokens))
    return np.asarray(raw - np.logaddexp.reduce(raw, axis=1, keepdims=True))


def collapse(path: tuple[int, ...], blank: int) -> tuple[int, ...]:
    """Return what a path says: repeats joined, then blanks left out."""
    return tuple(token for token, _ in groupby(path) if token != blank)


def said_by_paths(log_probs: Floats, blank: int) -> dict[tuple[int, ...], float]:
    """Return the probability of each sequence, by looking at every path."""
    found: dict[tuple[int, ...], float] = defaultdict(float)
    n_frames, n_tokens = log_probs.shape
    for path in product(range(n_tokens), repeat=n_frames):
        chance = float(np.exp(log_probs[range(n_frames), path].sum()))
        found[collapse(path, blank)] += chance
    return found


def best_path(
    log_probs: Floats, tokens: tuple[int, ...], blank: int
) -> tuple[int, ...]:
    """Return the likeliest path that says a sequence."""
    n_frames, n_tokens = log_probs.shape
    paths = (
        path
        for path in product(range(n_tokens), repeat=n_frames)
        if collapse(path, blank) == tokens
    )
    return max(paths, key=lambda path: log_probs[range(n_frames), path].sum())
