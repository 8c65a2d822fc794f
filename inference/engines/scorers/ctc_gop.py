"""Goodness of pronunciation from a CTC model, without cutting the speech into phones.

The probability of the text's phones is compared with that of the same phones with one
replaced or left out, each summed over every way to place them in time:

    gop = log P(phones) - log P(phones with the best other thing in place of this one)

After Cao, Fan, Svendsen, Salvi, "Segmentation-free Goodness of Pronunciation" (2025,
arXiv 2507.16838). Restricting what may stand in a phone's place to what a speaker might
say follows Parikh, Tejedor-Garcia, Cucchiarini, Strik, "Enhancing GOP in CTC-based
mispronunciation detection with phonological knowledge" (Interspeech 2025, arXiv
2506.02080). The sums share one trellis, so all phones together cost one more sweep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .ctc_trellis import LogProbs, Trellis, trellis

# In the place of a token: the competitor is that nothing was said.
DROPPED = -1


@dataclass(frozen=True, slots=True)
class Goodness:
    """How well each token of a sequence stands against what else could be there.

    ``gop`` is the log ratio against the best competitor; ``rival`` is that competitor, a
    token or ``DROPPED``; ``posterior`` is the token's share among it and all
    competitors. Each has one entry a token.
    """

    log_probability: float
    gop: LogProbs
    posterior: LogProbs
    rival: npt.NDArray[np.intp]


def goodness(
    log_probs: LogProbs,
    tokens: Sequence[int],
    blank: int,
    rivals: npt.NDArray[np.bool_],
) -> Goodness:
    """Compare each token with its rivals and with its absence.

    ``rivals`` has shape ``(n, n_tokens)`` and says which tokens may stand in place of
    each; the token itself and the blank never do. ``log_probs`` has shape
    ``(n_frames, n_tokens)``.
    """
    said = np.asarray(tokens, np.intp)
    allowed = rivals.copy()
    allowed[:, blank] = False
    allowed[np.arange(len(said)), said] = False
    walk = trellis(log_probs, tokens, blank)
    columns = np.flatnonzero(allowed.any(axis=0))
    replaced = _replaced(walk, log_probs[:, columns], said, columns)
    replaced[~allowed[:, columns]] = -np.inf
    others = np.column_stack([_dropped(walk, said), replaced])
    names = np.concatenate([[DROPPED], columns]).astype(np.intp)
    best = others.argmax(axis=1)
    whole = walk.log_probability
    everything = np.logaddexp.reduce(
        np.column_stack([np.full(len(said), whole), others]), axis=1
    )
    return Goodness(
        log_probability=whole,
        gop=whole - others.max(axis=1),
        posterior=np.exp(whole - everything),
        rival=names[best],
    )


def _replaced(
    walk: Trellis,
    log_probs: LogProbs,
    said: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
) -> LogProbs:
    """Return log P with token ``i`` replaced by each column, shape ``(n, n_columns)``."""
    blank_before, label_before = walk.before[:, 0:-1:2], _shifted(walk.before, -1)
    blank_after, label_after = walk.after[:, 2::2], _shifted(walk.after, 1)
    # An equal neighbour must be parted by a blank.
    like_previous = columns == np.concatenate([[-1], said[:-1]])[:, None]
    like_next = columns == np.concatenate([said[1:], [-1]])[:, None]
    inside = np.full((len(said), len(columns)), -np.inf)
    total = inside.copy()
    for t in range(len(log_probs)):
        entering = _joined(blank_before[t], label_before[t], like_previous)
        inside = np.logaddexp(inside, entering) + log_probs[t]
        leaving = _joined(blank_after[t + 1], label_after[t + 1], like_next)
        total = np.logaddexp(total, inside + leaving)
    return total


def _joined(
    blank: LogProbs, label: LogProbs, parted: npt.NDArray[np.bool_]
) -> LogProbs:
    either = np.logaddexp(blank, label)
    return np.where(parted, blank[:, None], either[:, None])


def _shifted(reached: LogProbs, by: int) -> LogProbs:
    """Return the label states, moved so that column ``i`` is token ``i + by``."""
    labels = reached[:, 1::2]
    moved = np.full_like(labels, -np.inf)
    if by < 0:
        moved[:, 1:] = labels[:, :-1]
    else:
        moved[:, :-1] = labels[:, 1:]
    return moved


def _dropped(walk: Trellis, said: npt.NDArray[np.intp]) -> LogProbs:
    """Return log P of the sequence without token ``i``, shape ``(n,)``."""
    n = len(said)
    result = np.empty(n)
    for i in range(n):
        parted = 0 < i < n - 1 and said[i - 1] == said[i + 1]
        source = walk.before[:, 2 * i]
        if i > 0 and not parted:
            source = np.logaddexp(source, walk.before[:, 2 * i - 1])
        if i == n - 1:
            result[i] = source[-1]
        else:
            result[i] = np.logaddexp.reduce(source + walk.after[:, 2 * i + 3])
    return result
