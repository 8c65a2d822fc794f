"""What is believed of a learner's ability: a distribution over a grid of abilities.

The model of an answer is Rasch's with one addition: whoever does not know an item of four
choices still hits it by guessing. With a wish to guess always that would be 1 in 4; since
"I don't know" is offered too, ``GUESS`` is a little lower. Without it a lucky learner of A1
ends two levels too high (docs/placement.md has the figures).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ..learner import Level
from .scale import LEVELS, level_at

GUESS = 0.2
# Half a logit beyond the middles of A1 and C2 and as much again: nobody is outside.
_END = 4.8
_POINTS = 97
GRID = tuple(-_END + 2 * _END * n / (_POINTS - 1) for n in range(_POINTS))
_LEVEL_OF = tuple(level_at(point) for point in GRID)
# Wide: nothing is known of somebody who has just come.
PRIOR_MEAN = -0.6
PRIOR_SD = 2.4


def chance(ability: float, difficulty: float, *, guess: float = GUESS) -> float:
    """Return how likely a right answer is."""
    return guess + (1 - guess) / (1 + math.exp(difficulty - ability))


def information(ability: float, difficulty: float, *, guess: float = GUESS) -> float:
    """Return how much an answer would tell about an ability (Fisher's information)."""
    known = 1 / (1 + math.exp(difficulty - ability))
    right = guess + (1 - guess) * known
    slope = (1 - guess) * known * (1 - known)
    return slope * slope / (right * (1 - right))


@dataclass(frozen=True, slots=True)
class Belief:
    """A share for each ability of ``GRID``; the shares add up to 1."""

    shares: tuple[float, ...]

    @classmethod
    def before_anything(cls) -> Belief:
        """Return what is believed of a learner who has answered nothing."""
        return _normal(PRIOR_MEAN, PRIOR_SD)

    def after(self, difficulty: float, *, right: bool) -> Belief:
        """Return what is believed once an item was answered."""
        curve = _curve(round(difficulty, 3))
        if right:
            return _scaled([s * p for s, p in zip(self.shares, curve, strict=True)])
        return _scaled([s * (1 - p) for s, p in zip(self.shares, curve, strict=True)])

    def leaning(self, ability: float, sd: float) -> Belief:
        """Return what is believed after a hint at an ability that errs by ``sd``."""
        hint = _normal(ability, sd).shares
        return _scaled([s * h for s, h in zip(self.shares, hint, strict=True)])

    @property
    def mean(self) -> float:
        """The expected ability."""
        return sum(s * point for s, point in zip(self.shares, GRID, strict=True))

    @property
    def error(self) -> float:
        """The standard error of ``mean``."""
        mean = self.mean
        parts = zip(self.shares, GRID, strict=True)
        return math.sqrt(sum(s * (point - mean) ** 2 for s, point in parts))

    @property
    def levels(self) -> dict[Level, float]:
        """How likely each level is."""
        found = dict.fromkeys(LEVELS, 0.0)
        for share, level in zip(self.shares, _LEVEL_OF, strict=True):
            found[level] += share
        return found

    def quantile(self, share: float) -> float:
        """Return the ability below which ``share`` of the belief lies."""
        for point, below in zip(GRID, accumulate(self.shares), strict=True):
            if below >= share:
                return point
        return GRID[-1]


@cache
def _normal(mean: float, sd: float) -> Belief:
    return _scaled([math.exp(-(((point - mean) / sd) ** 2) / 2) for point in GRID])


@cache
def _curve(difficulty: float) -> tuple[float, ...]:
    return tuple(chance(point, difficulty) for point in GRID)


def _scaled(shares: Sequence[float]) -> Belief:
    total = sum(shares)
    return Belief(tuple(share / total for share in shares))
