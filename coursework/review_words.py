"""The codes of reviewing in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.selectors import mistake_label
from tutor.goals import Why

from .drafts.measured import Missing
from .drafts.trouble import TROUBLE_NAMES
from .models import MarkChange
from .rubric_criteria import MEASURES

WAYS: Final[dict[str, str | Promise]] = {
    MarkChange.Way.DRAFT_ACCEPTED: gettext_lazy("accepted the tutor’s draft"),
    MarkChange.Way.MARKED: gettext_lazy("gave the mark"),
    MarkChange.Way.OVERRULED: gettext_lazy("overruled"),
    MarkChange.Way.CLEARED: gettext_lazy("took the mark back"),
}
MISSING: Final[dict[str, str | Promise]] = {
    Missing.NOTHING_ASKED: gettext_lazy("Nothing was asked for here."),
    Missing.NO_TALK: gettext_lazy("There is no talk to measure."),
    Missing.TOO_LITTLE: gettext_lazy("Too little was said to measure it."),
    Missing.NOT_JUDGED: gettext_lazy("Nothing here could judge it: you decide."),
    Missing.UNCLEAR: gettext_lazy(
        "Most goals are not clear from what was said: you decide."
    ),
    Missing.NO_SCORES: gettext_lazy("How it sounded was not scored: you decide."),
    Missing.NO_ANSWERS: gettext_lazy("Nothing was answered."),
    Missing.BY_HAND: gettext_lazy("You decide this one."),
}
EVIDENCE: Final[dict[str, str | Promise]] = {
    "long_turn": gettext_lazy("spoke for %(value)s s"),
    "low_total": gettext_lazy("rated %(value)s"),
    "low_fluency": gettext_lazy("fluency %(value)s"),
    "word_used": gettext_lazy("used a word"),
    "repaired": gettext_lazy("put right later"),
    "not_repaired": gettext_lazy("not put right"),
    "not_understood": gettext_lazy("not understood"),
    "goal_reached": gettext_lazy("reached a goal"),
}
GOALS: Final[dict[str, str | Promise]] = {
    Why.SHOWN: gettext_lazy("reached"),
    Why.NOTHING_LIKE_IT: gettext_lazy("nothing of the kind was said"),
    Why.NOT_READ: gettext_lazy("cannot be told by rule: you decide"),
    Why.TOO_LITTLE: gettext_lazy("too little was said"),
    Why.PARTLY: gettext_lazy("only a part of it shows: you decide"),
    Why.NOT_SURE: gettext_lazy("not sure: you decide"),
}
# How a measure's value is written: factor, decimals, unit.
_FORMS: Final = {
    "goals_reached": (100, 0, "%"),
    "minutes_spoken": (1, 1, " min"),
    "errors_per_100_words": (1, 1, ""),
    "pronunciation_total": (1, 0, ""),
    "fluency": (1, 0, ""),
    "target_words_used": (100, 0, "%"),
    "self_repair": (100, 0, "%"),
    "turns_answered": (100, 0, "%"),
    "exercises_right": (100, 0, "%"),
    "drill_right": (100, 0, "%"),
}


def clock(ms: int) -> str:
    """Return a moment of a talk as people read it."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def trouble_words(codes: list[str]) -> list[str]:
    """Return what is troubling in words."""
    return [str(TROUBLE_NAMES[code]) for code in codes if code in TROUBLE_NAMES]


def missing_words(code: str) -> str:
    """Return why something was not measured."""
    return str(MISSING.get(code, ""))


def value_words(measure: str, value: float, uncertainty: float) -> str:
    """Return what was measured, with how far off it may be."""
    if measure not in _FORMS:
        return ""
    factor, decimals, unit = _FORMS[measure]
    return _("%(name)s: %(value)s ± %(error)s%(unit)s") % {
        "name": MEASURES[measure],
        "value": f"{factor * value:.{decimals}f}",
        "error": f"{factor * uncertainty:.{decimals}f}",
        "unit": unit,
    }


def goal_words(why: str) -> str:
    """Return what is known of a goal."""
    return str(GOALS.get(why, GOALS[Why.NOT_READ]))


def evidence_words(one: dict[str, Any]) -> str:
    """Return what a moment shows."""
    code = str(one.get("code", ""))
    if code.startswith("mistake."):
        return str(mistake_label(code.removeprefix("mistake.")))
    words = str(EVIDENCE.get(code, code))
    return words % {"value": round(one.get("value") or 0)} if "%(" in words else words


def number(value: float | None) -> str:
    """Return points as people write them: two decimals at most, none that say nothing."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".")
