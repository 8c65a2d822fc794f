"""What a teacher decides for many at once: criteria that could not be measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .review_selectors import QueueItem
from .review_words import number


def criteria_to_decide(items: Iterable[QueueItem]) -> list[dict[str, Any]]:
    """Return the criteria that drafts leave open, each once for a rubric."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        rubric = item.submission.assignment.rubric
        for criterion in rubric.criteria if rubric else []:
            if criterion.get("key") not in item.to_decide or rubric is None:
                continue
            field = f"decide-{rubric.pk}-{criterion['key']}"
            row = found.setdefault(field, _row(field, rubric.title, criterion))
            row["n"] += 1
    return list(found.values())


def decided_words(item: QueueItem, decided: Mapping[str, int]) -> str:
    """Return what the history says of levels that were given to many at once."""
    rubric = item.submission.assignment.rubric
    names = [
        str(one.get("name", ""))
        for one in (rubric.criteria if rubric else [])
        if one.get("key") in item.to_decide and one.get("key") in decided
    ]
    if not names:
        return ""
    return _("Decided for several at once: %(names)s") % {"names": ", ".join(names)}


def _row(field: str, rubric: str, criterion: dict[str, Any]) -> dict[str, Any]:
    return {
        "field": field,
        "rubric": rubric,
        "name": criterion.get("name", ""),
        "n": 0,
        "levels": [
            {
                "at": at,
                "text": f"{number(float(one.get('points', 0)))}: {one.get('text', '')}",
            }
            for at, one in enumerate(criterion.get("levels", []))
        ],
    }
