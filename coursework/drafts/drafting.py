"""Puts measures into a rubric's levels and adds them up to a draft mark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .facts import WorkFacts
from .measured import Found, Measured, Missing
from .measures import MEASURES

MODEL = "draft-1"
# Criteria of the same talk err together: what was misheard counts in several of them.
TOGETHER = 0.3
# Nothing is known of a criterion that a person decides: its error is that of any share.
UNKNOWN_ERROR = 1 / math.sqrt(12)
# With less than this part of the weights measured there is no draft of the whole.
LEAST_MEASURED = 0.5

Criterion = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion's level, by number, between ``lowest`` and ``highest``, and its points.

    ``missing`` says why there is no level. ``of`` is the most that can be had.
    """

    key: str
    measure: str
    weight: float
    of: float
    found: Found
    level: int | None = None
    lowest: int | None = None
    highest: int | None = None
    points: float | None = None
    uncertainty: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        common: dict[str, Any] = {
            "key": self.key,
            "measure": self.measure,
            "weight": self.weight,
            "of": self.of,
        }
        if isinstance(self.found, Missing):
            return common | {"missing": self.found.value, "evidence": []}
        return common | {
            "value": round(self.found.value, 3),
            "value_uncertainty": round(self.found.uncertainty, 3),
            "share": round(self.found.share, 4),
            "share_uncertainty": round(self.found.share_uncertainty, 4),
            "level": self.level,
            "lowest": self.lowest,
            "highest": self.highest,
            "points": _rounded(self.points),
            "uncertainty": _rounded(self.uncertainty),
            "evidence": [one.as_json() for one in self.found.evidence],
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a mark. ``is_complete``: every criterion that counts was measured.

    ``known_uncertainty`` is that of what was measured alone, without the criteria that a
    person has to decide.
    """

    points: float | None
    uncertainty: float | None
    criteria: tuple[CriterionDraft, ...]
    is_complete: bool
    known_uncertainty: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "model": MODEL,
            "points": _rounded(self.points),
            "uncertainty": _rounded(self.uncertainty),
            "known_uncertainty": _rounded(self.known_uncertainty),
            "is_complete": self.is_complete,
            "criteria": [one.as_json() for one in self.criteria],
        }


def draft_mark(
    facts: WorkFacts, *, criteria: Sequence[Criterion], points: int, kind: str
) -> Draft:
    """Return the draft out of ``points``; without criteria, by what was asked for."""
    drafted = tuple(
        _criterion(facts, one) for one in criteria or plain_criteria(facts, kind=kind)
    )
    return _whole(drafted, points=points)


def plain_criteria(facts: WorkFacts, *, kind: str) -> list[Criterion]:
    """Return what counts where there is no rubric: goals, minutes, exercises, drills."""
    names = {
        "EXERCISES": ["exercises_right"],
        "DRILL": ["drill_right"],
    }.get(kind, [])
    if kind == "LESSON" and facts.answers:
        names.append("exercises_right")
    if facts.turns is not None or not names:
        names += ["goals_reached"] if facts.goals else []
        names += ["minutes_spoken"] if facts.min_minutes else []
    return [{"key": name, "measure": name, "weight": 1, "levels": []} for name in names]


def _criterion(facts: WorkFacts, criterion: Criterion) -> CriterionDraft:
    name = str(criterion.get("measure") or "")
    measure = MEASURES.get(name)
    found: Found = measure(facts) if measure is not None else Missing.BY_HAND
    steps = level_points(criterion)
    common: dict[str, Any] = {
        "key": str(criterion.get("key", "")),
        "measure": name,
        "weight": float(criterion.get("weight", 1) or 0),
        "of": max(steps, default=1.0),
    }
    if isinstance(found, Missing):
        return CriterionDraft(**common, found=found)
    if not steps:
        return CriterionDraft(
            **common, found=found, points=found.share,
            uncertainty=found.share_uncertainty,
        )  # fmt: skip
    return _levelled(found, steps, common)


def level_points(criterion: Criterion) -> list[float]:
    """Return the points of a criterion's levels, in the order they are written."""
    return [float(level.get("points", 0)) for level in criterion.get("levels") or ()]


def _levelled(
    found: Measured, steps: list[float], common: dict[str, Any]
) -> CriterionDraft:
    # From the fewest points to the most, whatever order they are written in.
    order = sorted(range(len(steps)), key=lambda at: (steps[at], at))
    rising = [steps[at] for at in order]
    last = len(rising) - 1

    def place(share: float) -> int:
        return min(last, max(0, math.floor(share * last + 0.5)))

    low, high = (
        min(1.0, max(0.0, found.share + side * found.share_uncertainty))
        for side in (-1, 1)
    )
    points = rising[place(found.share)]
    reach = (_between(rising, high) - _between(rising, low)) / 2
    return CriterionDraft(
        **common,
        found=found,
        level=order[place(found.share)],
        lowest=order[place(low)],
        highest=order[place(high)],
        points=points,
        # What the measure does not know, and what the level rounds off.
        uncertainty=math.hypot(reach, points - _between(rising, found.share)),
    )


def _between(rising: list[float], share: float) -> float:
    """Return the points at a share, straight between the levels."""
    at = share * (len(rising) - 1)
    below = min(len(rising) - 1, math.floor(at))
    above = min(len(rising) - 1, below + 1)
    return rising[below] + (at - below) * (rising[above] - rising[below])


def _whole(criteria: tuple[CriterionDraft, ...], *, points: int) -> Draft:
    counting = [one for one in criteria if one.weight > 0 and one.of > 0]
    known = [one for one in counting if one.points is not None]
    weights = sum(one.weight for one in counting)
    measured = sum(one.weight for one in known)
    is_complete = bool(counting) and len(known) == len(counting)
    if not known or measured < LEAST_MEASURED * weights:
        return Draft(None, None, criteria, is_complete)
    share = sum(one.weight * (one.points or 0.0) / one.of for one in known) / measured
    parts = [one.weight / weights * (one.uncertainty or 0.0) / one.of for one in known]
    known_variance = (1 - TOGETHER) * sum(part**2 for part in parts)
    known_variance += TOGETHER * sum(parts) ** 2
    unknown_error = (1 - measured / weights) * UNKNOWN_ERROR
    return Draft(
        points * share,
        points * math.hypot(math.sqrt(known_variance), unknown_error),
        criteria,
        is_complete,
        points * math.sqrt(known_variance),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
