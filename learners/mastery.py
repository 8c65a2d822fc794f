"""What is believed about a learner's phoneme: a Beta distribution over "said right"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

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
_POINTS = (np.arange(_GRID) + 0.5) / _GRID
_LOG_RIGHT = np.log(_POINTS)
_LOG_WRONG = np.log1p(-_POINTS)


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
    logs = (alpha - 1) * _LOG_RIGHT + (beta - 1) * _LOG_WRONG
    weights = np.exp(logs - logs.max())
    below = np.cumsum(weights)
    tail = (1 - INTERVAL) / 2
    low, high = tail * below[-1], (1 - tail) * below[-1]
    return _quantile(weights, below, low), _quantile(weights, below, high)


def _quantile(weights: FloatArray, below: FloatArray, mass: float) -> float:
    """Return where so much of the weight lies below; ``below`` includes each point's own."""
    at = min(int(np.searchsorted(below, mass)), _GRID - 1)
    rest = mass - (below[at] - weights[at])
    return float((at + rest / weights[at]) / _GRID)
