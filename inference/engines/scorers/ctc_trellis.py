"""The states a CTC model goes through while it says a sequence, summed over all paths.

A sequence of ``n`` tokens has ``2 n + 1`` states: a blank, a token, a blank, and so on.
State ``2 i + 1`` is token ``i``, states ``2 i`` and ``2 i + 2`` are the blanks around it.
A blank may be left out, except between two equal tokens. Everything is in logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LogProbs = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trellis:
    """What leads to each state and what follows from it.

    ``before[t, s]``: the first ``t`` frames are over and the last one was in state
    ``s``. Row 0 is the moment before the first frame, which counts as the first blank.
    ``after[t, s]``: frame ``t`` is in state ``s`` and the sequence is said to its end.
    Row ``n_frames`` is the moment after the last frame, which counts as the last blank.
    Both have shape ``(n_frames + 1, 2 n + 1)``.
    """

    before: LogProbs
    after: LogProbs

    @property
    def log_probability(self) -> float:
        """Logarithm of the probability that exactly this sequence was said."""
        return float(np.logaddexp.reduce(self.before[-1, -2:]))


def states_of(tokens: Sequence[int], blank: int) -> npt.NDArray[np.intp]:
    """Return the token of each state, blanks included."""
    states = np.full(2 * len(tokens) + 1, blank, dtype=np.intp)
    states[1::2] = tokens
    return states


def may_skip(states: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return for each state whether it may follow the state two before it."""
    skips = np.zeros(len(states), dtype=np.bool_)
    skips[3::2] = states[3::2] != states[1:-2:2]
    return skips


def trellis(log_probs: LogProbs, tokens: Sequence[int], blank: int) -> Trellis:
    """Sum over all paths through ``log_probs``, shape ``(n_frames, n_tokens)``."""
    states = states_of(tokens, blank)
    seen = np.asarray(log_probs, np.float64)[:, states]
    barred = np.where(may_skip(states), 0.0, -np.inf)
    forward = _swept(seen, barred)
    # Backwards it is the same walk, with time, states and skips turned round.
    turned = np.full_like(barred, -np.inf)
    turned[2:] = barred[2:][::-1]
    backward = _swept(seen[::-1, ::-1], turned)[::-1, ::-1]
    return Trellis(forward, backward)


def _swept(seen: LogProbs, barred: LogProbs) -> LogProbs:
    n_frames, n_states = seen.shape
    reached = np.full((n_frames + 1, n_states), -np.inf)
    reached[0, 0] = 0.0
    for t in range(n_frames):
        here = reached[t]
        arriving = here.copy()
        arriving[1:] = np.logaddexp(arriving[1:], here[:-1])
        arriving[2:] = np.logaddexp(arriving[2:], here[:-2] + barred[2:])
        reached[t + 1] = arriving + seen[t]
    return reached
