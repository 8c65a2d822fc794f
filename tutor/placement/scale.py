"""The scale of abilities and difficulties, and where the CEFR levels lie on it.

Logits: whoever is as able as an item is difficult knows it in one case of two. A level is
1.2 logits wide, B1 ends at 0. That is an assumption of this project, not a finding: North
and Schneider (1998) found steps of 1 to 2 logits between the levels when teachers rated
learners with the descriptors of the framework, and items of one level differ by about half
a logit among each other. ``refining`` moves items, not the cuts.
"""

from __future__ import annotations

from bisect import bisect_right

from ..learner import Level

STEP = 1.2
# Where A2, B1, B2, C1 and C2 begin.
CUTS = tuple(STEP * (n - 2) for n in range(5))
LEVELS = tuple(Level)


def level_at(ability: float) -> Level:
    """Return the level that an ability belongs to."""
    return LEVELS[bisect_right(CUTS, ability)]


def centre(level: Level) -> float:
    """Return the middle of a level; A1 and C2 count as wide as the others."""
    return at_rank(level.rank)


def at_rank(rank: float) -> float:
    """Return the ability of a rank: 1 is the middle of A1, 6 that of C2."""
    return STEP * (rank - 3.5)
