"""From what is believed to a level, and the levels that it may be as well."""

from __future__ import annotations

from dataclasses import dataclass

from ..learner import Level
from .belief import Belief
from .scale import LEVELS, level_at

# Nine chances in ten lie between these shares.
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level; with nine chances in ten it is one from ``low`` to ``high``."""

    level: Level
    low: Level
    high: Level
    ability: float
    error: float


def verdict(belief: Belief, *, top: Level = Level.C2) -> Verdict:
    """Return the level in whose middle the belief lies: half is below it, half above.

    ``top`` is the highest level that was asked about; nobody is placed above it.
    """
    return Verdict(
        level=_at_most(level_at(belief.quantile(0.5)), top),
        low=_at_most(level_at(belief.quantile(_LOW)), top),
        high=_at_most(level_at(belief.quantile(_HIGH)), top),
        ability=belief.mean,
        error=belief.error,
    )


def _at_most(level: Level, top: Level) -> Level:
    return LEVELS[min(level.rank, top.rank) - 1]
