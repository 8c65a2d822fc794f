"""What is believed about a learner's phoneme: a Beta distribution over "said right"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

HALF_LIFE_DAYS = 30.0
# Nothing is known before the first attempt: every share is as likely.
PRIOR_RIGHT = 1.0
PRIOR_WRONG = 1.0
# Attempts of one sitting resemble each other: more of them than this tell no more.
MAX_EVIDENCE = 60.0
INTERVAL = 0.9
# Below this width the interval says enough to tell a weak sound from a good one.
KNOWN_BELOW_WIDTH = 0.4
_GRID = 400
_POINTS = [(i + 0.5) / _GRID for i in range(_GRID)]
_LOG_RIGHT = [math.log(x) for x in _POINTS]
_LOG_WRONG = [math.log1p(-x) for x in _POINTS]


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts at one phoneme in one stretch of speech.

    ``right`` and ``wrong`` are expected counts: an attempt that is wrong with
    probability 0.3 adds 0.7 and 0.3.
    """

    right: float
    wrong: float
    n: int


@dataclass(frozen=True, slots=True)
class SoundMastery:
    """A phoneme: the expected share said right, and a 90 % credible interval."""

    phoneme: str
    alpha: float
    beta: float
    mean: float
    low: float
    high: float
    attempts: int
    as_of: datetime

    @property
    def is_known(self) -> bool:
        """Whether there is enough evidence to say something."""
        return self.high - self.low < KNOWN_BELOW_WIDTH


def kept_share(*, since: datetime, until: datetime) -> float:
    """Return what is left of a weight after this time; more than 1 backwards."""
    days = (until - since).total_seconds() / 86_400
    return math.exp2(-days / HALF_LIFE_DAYS)


def belief(
    phoneme: str, *, right: float, wrong: float, attempts: int, as_of: datetime
) -> SoundMastery:
    """Return what these weights say."""
    evidence = right + wrong
    scale = min(1.0, MAX_EVIDENCE / evidence) if evidence > 0 else 1.0
    alpha = PRIOR_RIGHT + scale * right
    beta = PRIOR_WRONG + scale * wrong
    low, high = credible_interval(alpha, beta)
    return SoundMastery(
        phoneme=phoneme,
        alpha=alpha,
        beta=beta,
        mean=alpha / (alpha + beta),
        low=low,
        high=high,
        attempts=attempts,
        as_of=as_of,
    )


def credible_interval(alpha: float, beta: float) -> tuple[float, float]:
    """Return the central interval of a Beta distribution, to about 0.002.

    ``alpha`` and ``beta`` are at least 1, so that the density is finite everywhere.
    """
    logs = [
        (alpha - 1) * right + (beta - 1) * wrong
        for right, wrong in zip(_LOG_RIGHT, _LOG_WRONG, strict=True)
    ]
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = sum(weights)
    tail = (1 - INTERVAL) / 2
    return _quantile(weights, tail * total), _quantile(weights, (1 - tail) * total)


def _quantile(weights: list[float], mass: float) -> float:
    below = 0.0
    for i, weight in enumerate(weights):
        if below + weight >= mass:
            return (i + (mass - below) / weight) / _GRID
        below += weight
    return 1.0
