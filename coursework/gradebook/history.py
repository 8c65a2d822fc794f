"""All that happened to one cell of the gradebook, latest first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sessions.learners_talks import name_of

from ..models import MarkChange
from ..review_words import WAYS, number
from .one_cell import CellRecord


def cell_history(record: CellRecord) -> list[dict[str, Any]]:
    """Return marks of all attempts, overrides and being excused, with who and why."""
    attempts = {one.pk: one.attempt for one in record.submissions}
    rows: list[dict[str, Any]] = [
        {
            "at": one.at,
            "who": name_of(one.by) if one.by else "",
            "what": WAYS.get(one.way, one.way),
            "attempt": attempts[one.submission_id],
            "before": number(one.points_before),
            "points": number(one.points),
            "reason": one.reason,
        }
        for one in MarkChange.objects.filter(submission__in=attempts).select_related(
            "by__profile"
        )
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
        for one in record.overrides
    ]
    extension = record.extension
    if extension is not None:
        rows.append(
            {
                "at": extension.given_at,
                "who": name_of(extension.given_by) if extension.given_by else "",
                "what": _("excused")
                if extension.is_excused
                else _("gave more time or attempts"),
                "attempt": None,
                "before": "",
                "points": "",
                "reason": extension.reason,
            }
        )
    return sorted(rows, key=lambda row: row["at"], reverse=True)
