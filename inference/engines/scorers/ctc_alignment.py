"""Where each token of a sequence was said: the likeliest path through a CTC model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ctc_trellis import LogProbs, may_skip, states_of

# A CTC model marks a sound with one or two frames of it; the blanks around belong to it
# too, up to so many frames on either side.
_REACH_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Span:
    """The frames ``[first, end)`` of one token."""

    first: int
    end: int


def align(log_probs: LogProbs, tokens: Sequence[int], blank: int) -> tuple[Span, ...]:
    """Return the span of each token, in order; none overlap.

    Raises ValueError if there are fewer frames than the sequence needs.
    """
    if not tokens:
        return ()
    path = _likeliest(log_probs, tokens, blank)
    peaks = []
    for i in range(len(tokens)):
        frames = np.flatnonzero(path == 2 * i + 1)
        peaks.append(Span(int(frames[0]), int(frames[-1]) + 1))
    return _widened(peaks, len(log_probs))


def _likeliest(
    log_probs: LogProbs, tokens: Sequence[int], blank: int
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the state of each frame."""
    states = states_of(tokens, blank)
    skips = may_skip(states)
    seen = log_probs[:, states]
    n_frames, n_states = seen.shape
    steps = np.zeros((n_frames, n_states), np.intp)
    best = np.full(n_states, -np.inf)
    best[0] = 0.0
    for t in range(n_frames):
        choices = np.full((3, n_states), -np.inf)
        choices[0] = best
        choices[1, 1:] = best[:-1]
        choices[2, 2:] = np.where(skips[2:], best[:-2], -np.inf)
        steps[t] = choices.argmax(axis=0)
        best = choices.max(axis=0) + seen[t]
    state = n_states - 1 if best[-1] >= best[-2] else n_states - 2
    if not np.isfinite(best[state]):
        raise ValueError(f"{n_frames} frames are too few for {len(tokens)} tokens")
    path = np.empty(n_frames, np.intp)
    for t in range(n_frames - 1, -1, -1):
        path[t] = state
        state -= steps[t, state]
    return path


def _widened(peaks: Sequence[Span], n_frames: int) -> tuple[Span, ...]:
    """Share the blanks between neighbours out among them."""
    spans = []
    for i, peak in enumerate(peaks):
        earlier = peaks[i - 1].end if i else 0
        later = peaks[i + 1].first if i + 1 < len(peaks) else n_frames
        # The gap's middle, rounded the same way from both sides.
        first = earlier + (peak.first - earlier) // 2 if i else earlier
        end = peak.end + (later - peak.end) // 2 if i + 1 < len(peaks) else later
        spans.append(
            Span(
                max(first, peak.first - _REACH_FRAMES),
                min(end, peak.end + _REACH_FRAMES),
            )
        )
    return tuple(spans)
