"""From levels of a rubric to points, and what the draft says in both."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ..drafts.drafting import level_points
from ..models import Submission
from ..problem import WorkProblem


class PointsOutOfRange(WorkProblem):
    """More than there is, or less than nothing."""

    message = _("Give a number of points from 0 to %(most)s.")


class LevelsMissing(WorkProblem):
    """Neither points nor a level for everything that counts."""

    message = _("Choose a level for “%(criterion)s” too, or give the points yourself.")


def known_levels(submission: Submission, given: Mapping[str, int]) -> dict[str, int]:
    """Return the levels that the rubric has, of those that were given."""
    rubric = submission.assignment.rubric
    sizes = {
        str(one.get("key")): len(level_points(one))
        for one in (rubric.criteria if rubric else [])
    }
    return {
        key: level for key, level in given.items() if 0 <= level < sizes.get(key, 0)
    }


def given_points(
    submission: Submission, points: float | None, levels: Mapping[str, int]
) -> float:
    """Return the points that were given, else those of the levels.

    Raises PointsOutOfRange or LevelsMissing.
    """
    most = submission.assignment.points
    if points is None:
        points = points_of_levels(submission, levels)
    # Neither a number beyond the range nor one that is none.
    if not 0 <= points <= most:
        raise PointsOutOfRange(most=most)
    return round(points, 2)


def points_of_levels(submission: Submission, levels: Mapping[str, int]) -> float:
    """Return the points of levels: the weighted share that was reached, of all points.

    Raises LevelsMissing where a criterion that counts has no level.
    """
    rubric = submission.assignment.rubric
    criteria = rubric.criteria if rubric else []
    top = bottom = 0.0
    for one in criteria:
        steps, weight = level_points(one), float(one.get("weight", 1) or 0)
        if not steps or max(steps) <= 0 or weight <= 0:
            continue
        if one.get("key") not in levels:
            raise LevelsMissing(criterion=one.get("name", ""))
        top += weight * steps[levels[str(one["key"])]] / max(steps)
        bottom += weight
    if not bottom:
        raise PointsOutOfRange(most=submission.assignment.points)
    return submission.assignment.points * top / bottom


def draft_levels(submission: Submission) -> dict[str, int]:
    """Return the levels of the draft, by criterion."""
    criteria = (submission.draft or {}).get("criteria", [])
    return {
        one["key"]: one["level"]
        for one in criteria
        if isinstance(one.get("level"), int)
    }


def draft_shown(submission: Submission) -> str:
    """Return the draft's points as a page sends them back; another draft has others."""
    points = submission.draft_points
    return "" if points is None else repr(round(points, 4))
