"""Moves the difficulties of items by the answers of many learners, as Elo does for chess.

After a placement the learner's ability is known about as well as it will be. Each of their
answers then is a game between learner and item: an item that is missed by those who should
know it becomes harder, and the other way round. The step shrinks with the number of answers
that an item has had, so that seeds of a new bank give way first and settle later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .belief import chance

_FIRST_STEP = 0.4
_SLOWER = 0.05
# No item leaves its seed by more: then its text is wrong, and somebody should read it.
FURTHEST = 1.5


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a learner whose ability is known by now."""

    item: str
    ability: float
    right: bool


@dataclass(frozen=True, slots=True)
class Refined:
    """Where an item is after its answers; ``suspect``: it wanted to go further."""

    difficulty: float
    answers: int
    suspect: bool


def refine(
    seeds: Mapping[str, float], answers: Iterable[Answered]
) -> dict[str, Refined]:
    """Return the difficulties after all answers, in the order in which they came."""
    now = dict(seeds)
    counts = dict.fromkeys(seeds, 0)
    for one in answers:
        if one.item not in now:
            continue
        step = _FIRST_STEP / (1 + _SLOWER * counts[one.item])
        surprise = chance(one.ability, now[one.item]) - one.right
        now[one.item] += step * surprise
        counts[one.item] += 1
    return {
        key: Refined(
            difficulty=max(seed - FURTHEST, min(seed + FURTHEST, now[key])),
            answers=counts[key],
            suspect=abs(now[key] - seed) > FURTHEST,
        )
        for key, seed in seeds.items()
    }
