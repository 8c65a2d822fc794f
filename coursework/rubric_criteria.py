"""What a rubric consists of, checked: criteria with levels, and what a draft measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_CRITERIA: Final = 8
FEWEST_LEVELS: Final = 2
MOST_LEVELS: Final = 6
MOST_POINTS: Final = 100
MOST_WEIGHT: Final = 10
# What the tutor's draft of a criterion can be computed from; "": a person decides.
MEASURES: Final[Mapping[str, str | Promise]] = {
    "": _("Nothing: a person decides"),
    "goals_reached": _("Goals reached"),
    "minutes_spoken": _("Minutes spoken"),
    "turns_answered": _("Questions answered"),
    "errors_per_100_words": _("Mistakes in a hundred words"),
    "target_words_used": _("Words of the lesson that were used"),
    "self_repair": _("Own mistakes put right"),
    "pronunciation_total": _("Pronunciation"),
    "fluency": _("Pace and pauses"),
    "exercises_right": _("Exercises right"),
    "drill_right": _("Answers of the drill right"),
}
_FIELDS = {"key", "name", "description", "weight", "measure", "levels"}


class CriteriaFault(ValueError):
    """Criteria that no mark can be made of; the text says where, for who writes files."""


def checked_criteria(criteria: Any) -> list[dict[str, Any]]:
    """Return criteria as a Rubric keeps them, the best level first. Raises CriteriaFault."""
    if not isinstance(criteria, list) or not 0 < len(criteria) <= MOST_CRITERIA:
        raise CriteriaFault(f"one to {MOST_CRITERIA} criteria are needed")
    checked = [_criterion(each) for each in criteria]
    keys = [each["key"] for each in checked]
    if len(set(keys)) != len(keys):
        raise CriteriaFault("two criteria have one key")
    return checked


def _criterion(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or set(raw) != _FIELDS:
        raise CriteriaFault(f"a criterion has {', '.join(sorted(_FIELDS))}")
    name = raw["name"]
    if not (raw["key"] and name and isinstance(raw["key"], str)):
        raise CriteriaFault("a criterion needs a key and a name")
    if raw["measure"] not in MEASURES:
        raise CriteriaFault(f"{name}: nothing is measured as {raw['measure']}")
    if not isinstance(raw["weight"], int) or not 1 <= raw["weight"] <= MOST_WEIGHT:
        raise CriteriaFault(f"{name}: a weight is 1 to {MOST_WEIGHT}")
    return {**raw, "levels": _levels(name, raw["levels"])}


def _levels(name: str, raw: Any) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not FEWEST_LEVELS <= len(raw) <= MOST_LEVELS:
        raise CriteriaFault(
            f"{name}: {FEWEST_LEVELS} to {MOST_LEVELS} levels are needed"
        )
    levels: list[dict[str, Any]] = []
    for each in raw:
        points, text = each.get("points"), each.get("text")
        if not isinstance(points, int) or not 0 <= points <= MOST_POINTS or not text:
            raise CriteriaFault(f"{name}: a level has points and a text")
        levels.append({"points": points, "text": str(text)})
    if len({level["points"] for level in levels}) != len(levels):
        raise CriteriaFault(f"{name}: two levels have the same points")
    levels.sort(key=lambda level: -level["points"])
    if levels[0]["points"] < 1:
        raise CriteriaFault(f"{name}: the best level is worth nothing")
    return levels
