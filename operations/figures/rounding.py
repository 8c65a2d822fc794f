"""Times rounded so that days of them can be kept, and percentiles of them.

Rounding keeps the order, so that a percentile of rounded times is the rounded percentile of
the exact ones: what charts say is right to the step of the rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil, floor

# Up to so many ms, in steps of so many.
_STEPS = ((2_000, 20), (5_000, 50), (10_000, 100))
_LAST_STEP = 500


def rounded_ms(ms: float) -> int:
    """Return a time in ms to its step: finer where it is short."""
    step = next((step for top, step in _STEPS if ms < top), _LAST_STEP)
    return step * floor(max(ms, 0.0) / step + 0.5)


def percentile(times: Mapping[int, int], share: float) -> int | None:
    """Return the least time that this share of them does not go beyond, None of nothing."""
    total = sum(times.values())
    if total == 0:
        return None
    wanted = max(1, ceil(share * total - 1e-9))
    seen = 0
    for ms in sorted(times):
        seen += times[ms]
        if seen >= wanted:
            return ms
    return None


def added(*parts: Mapping[int, int]) -> Counter[int]:
    """Return the sum of several counts."""
    total: Counter[int] = Counter()
    for part in parts:
        total.update(part)
    return total
