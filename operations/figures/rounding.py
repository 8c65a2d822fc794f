"""Times rounded so that days of them can be kept, and percentiles of them.

Rounding keeps the order, so that a percentile of rounded times is the rounded percentile of
the exact ones: what charts say is right to the step of the rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil

_FINE, _MIDDLE, _COARSE = 2_000, 5_000, 10_000


def rounded_ms(ms: float) -> int:
    """Return a time in ms to its step: finer where it is short."""
    if ms < _FINE:
        step = 20
    elif ms < _MIDDLE:
        step = 50
    else:
        step = 100 if ms < _COARSE else 500
    return step * int(max(ms, 0.0) / step + 0.5)


def percentile(times: Mapping[str, int], share: float) -> int | None:
    """Return the least time that this share of them does not go beyond, None of nothing.

    Times are the keys, as JSON keeps them.
    """
    total = sum(times.values())
    if total == 0:
        return None
    wanted = max(1, ceil(share * total - 1e-9))
    seen = 0
    for ms in sorted(map(int, times)):
        seen += times[str(ms)]
        if seen >= wanted:
            return ms
    return None


def added(*parts: Mapping[str, int]) -> Counter[str]:
    """Return the sum of several counts."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total
