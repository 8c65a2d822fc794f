"""All that happened to one cell of the gradebook, latest first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sessions.learners_talks import name_of

from ..models import Assignment, Extension, MarkChange, MarkOverride
from ..review_words import WAYS, number


def cell_history(*, assignment: Assignment, learner_id: int) -> list[dict[str, Any]]:
    """Return marks of all attempts, overrides and being excused, with who and why."""
    rows: list[dict[str, Any]] = [
        {
            "at": one.at,
            "who": name_of(one.by) if one.by else "",
            "what": WAYS.get(one.way, one.way),
            "attempt": one.submission.attempt,
            "before": number(one.points_before),
            "points": number(one.points),
            "reason": one.reason,
        }
        for one in MarkChange.objects.filter(
            submission__assignment=assignment, submission__learner_id=learner_id
        ).select_related("by__profile", "submission")
    ]
    rows += [
        {
            "at": one.at,
            "who": name_of(one.by) if one.by else "",
            "what": _("set the mark by hand")
            if one.points is not None
            else _("took back what was set by hand"),
            "attempt": None,
            "before": "",
            "points": number(one.points),
            "reason": one.reason,
        }
        for one in MarkOverride.objects.filter(
            assignment=assignment, learner_id=learner_id
        ).select_related("by__profile")
    ]
    rows += [
        {
            "at": one.given_at,
            "who": name_of(one.given_by) if one.given_by else "",
            "what": _("excused") if one.is_excused else _("gave more time or attempts"),
            "attempt": None,
            "before": "",
            "points": "",
            "reason": one.reason,
        }
        for one in Extension.objects.filter(
            assignment=assignment, learner_id=learner_id
        ).select_related("given_by__profile")
    ]
    return sorted(rows, key=lambda row: row["at"], reverse=True)
