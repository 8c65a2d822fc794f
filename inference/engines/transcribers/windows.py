"""Cutting long speech where it is quietest."""

from __future__ import annotations

import numpy as np

from inference.types.audio import FloatSamples

_FRAME_S = 0.03
# The cut is looked for in the last part of a window, so that windows stay long.
_SEARCH_SHARE = 0.35


def split_at_pauses(
    samples: FloatSamples, rate_hz: int, longest_s: float
) -> list[tuple[int, int]]:
    """Return ``(start, end)`` sample ranges that cover ``samples`` in order.

    None is longer than ``longest_s``. Each cut is at the quietest moment in the last
    third of what would fit.
    """
    longest = int(longest_s * rate_hz)
    ranges: list[tuple[int, int]] = []
    start = 0
    while samples.size - start > longest:
        earliest = start + int(longest * (1 - _SEARCH_SHARE))
        end = earliest + _quietest(samples[earliest : start + longest], rate_hz)
        ranges.append((start, end))
        start = end
    ranges.append((start, samples.size))
    return ranges


def _quietest(samples: FloatSamples, rate_hz: int) -> int:
    """Return the middle of the quietest stretch of about a third of a second."""
    width = int(_FRAME_S * rate_hz)
    n_frames = samples.size // width
    energy = (
        np.square(samples[: n_frames * width]).reshape(n_frames, width).mean(axis=1)
    )
    span = min(10, n_frames)
    smooth = np.convolve(energy, np.ones(span), mode="valid")
    return int((int(np.argmin(smooth)) + span / 2) * width)
