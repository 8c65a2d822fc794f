"""How long one learner's pauses within turns last.

Such pauses are distributed log-normally (Campione & Véronis 2002, "A large-scale multilingual
study of silent pause duration"), so two numbers tell all quantiles: mean and variance of
their logarithm. What a level makes one expect counts like some pauses of the learner's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

# Shorter silences belong to the sounds of speech (closures), longer ones to absence.
SHORTEST_MS = 200.0
LONGEST_MS = 8_000.0
# The pauses of latest times count: as if so many were remembered.
REMEMBERED = 200
# So many pauses a level's expectation counts for.
EXPECTED_COUNT = 20
_LEAST_SPREAD = 0.35
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Pauses:
    """Pauses in the logarithm of milliseconds: how many, their mean and variance."""

    count: int = 0
    mean: float = 0.0
    variance: float = 0.0

    def with_pause(self, ms: float) -> Pauses:
        """Return the pauses with one more; one that is no hesitation changes nothing."""
        if not SHORTEST_MS <= ms <= LONGEST_MS:
            return self
        count = min(self.count + 1, REMEMBERED)
        step = (math.log(ms) - self.mean) / count
        variance = (1 - 1 / count) * (self.variance + count * step**2)
        return Pauses(count, self.mean + step, variance)

    def blended(self, expected: Pauses) -> Pauses:
        """Return these pauses and expected ones taken together."""
        count = self.count + expected.count
        share = self.count / count
        apart = self.mean - expected.mean
        return Pauses(
            count,
            expected.mean + share * apart,
            share * self.variance
            + (1 - share) * expected.variance
            + share * (1 - share) * apart**2,
        )

    def longer_than(self, ms: float) -> float:
        """Return the share of pauses that last longer."""
        return _NORMAL.cdf((self.mean - math.log(max(1.0, ms))) / self._spread)

    def quantile_ms(self, share: float) -> float:
        """Return how long the shortest ``share`` of the pauses last at most."""
        return math.exp(self.mean + self._spread * _NORMAL.inv_cdf(share))

    @property
    def _spread(self) -> float:
        return max(_LEAST_SPREAD, math.sqrt(self.variance))

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of them."""
        return {
            "count": self.count,
            "mean": round(self.mean, 4),
            "variance": round(self.variance, 4),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Pauses:
        """Return kept pauses; what makes no sense is none."""
        try:
            count, mean = int(kept["count"]), float(kept["mean"])
            variance = float(kept["variance"])
        except (KeyError, TypeError, ValueError):
            return cls()
        plausible = 0 < count <= REMEMBERED and variance >= 0
        low, high = math.log(SHORTEST_MS), math.log(LONGEST_MS)
        return (
            cls(count, mean, variance) if plausible and low <= mean <= high else cls()
        )


def expected_pauses(median_ms: float, spread: float) -> Pauses:
    """Return what a level's learners are expected to do.

    ``spread`` is the standard deviation of the logarithm.
    """
    return Pauses(EXPECTED_COUNT, math.log(median_ms), spread**2)
