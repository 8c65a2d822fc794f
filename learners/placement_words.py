"""Levels and their uncertainty in words, and what a level lets somebody do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.levels import CEFRLevel

from .models import LevelEstimate, PlacementTest

_LEVELS = list(CEFRLevel)

# Own words, not those of the framework, which are not free to copy.
CAN_DO = {
    CEFRLevel.A1: (
        gettext_lazy("I can say who I am and ask simple things about others."),
        gettext_lazy("I can order, buy and thank with short phrases."),
        gettext_lazy("I understand people who speak slowly and help me."),
    ),
    CEFRLevel.A2: (
        gettext_lazy(
            "I can talk about my day, my family and my plans in short sentences."
        ),
        gettext_lazy("I can manage in shops, on trains and at the doctor's."),
        gettext_lazy("I can say what I did last weekend."),
    ),
    CEFRLevel.B1: (
        gettext_lazy("I can get by in most situations on a journey."),
        gettext_lazy("I can tell a story and say why I think something."),
        gettext_lazy("I follow a conversation when it is about things I know."),
    ),
    CEFRLevel.B2: (
        gettext_lazy("I can talk freely with people who grew up with the language."),
        gettext_lazy("I can argue for a view and weigh what speaks against it."),
        gettext_lazy("I follow most films, talks and news."),
    ),
    CEFRLevel.C1: (
        gettext_lazy("I speak fluently and seldom look for a word."),
        gettext_lazy("I can choose the right tone at work, in a quarrel or in a joke."),
        gettext_lazy("I catch what people mean without saying it."),
    ),
    CEFRLevel.C2: (
        gettext_lazy("I understand nearly all that I hear and read."),
        gettext_lazy("I can put fine shades of meaning into words."),
        gettext_lazy("I can sum up long debates and stay exact."),
    ),
}


def level_sentence(test: PlacementTest) -> str:
    """Return "You are about B1; it may be A2 or B2." as this placement found it."""
    others = [
        str(level.value)
        for level in _LEVELS
        if test.level_low <= level.value <= test.level_high and level != test.level
    ]
    if not others:
        return _("You are about %(level)s.") % {"level": test.level}
    if len(others) == 1:
        return _("You are about %(level)s; it may be %(other)s.") % {
            "level": test.level,
            "other": others[0],
        }
    return _("You are about %(level)s; it may be %(others)s or %(last)s.") % {
        "level": test.level,
        "others": ", ".join(others[:-1]),
        "last": others[-1],
    }


def can_do(level: str) -> list[str]:
    """Return what somebody of a level can do, as sentences of theirs."""
    return [str(line) for line in CAN_DO[CEFRLevel(level)]]


def level_scale(test: PlacementTest) -> list[dict[str, str | bool]]:
    """Return the six levels: which one it is, and which ones it may be."""
    return [
        {
            "level": level.value,
            "is_it": level == test.level,
            "may_be": test.level_low <= level.value <= test.level_high,
        }
        for level in _LEVELS
    ]


def said_by(estimate: LevelEstimate) -> str:
    """Return who said a level, in words."""
    source = LevelEstimate.Source(estimate.source)
    if source is LevelEstimate.Source.TEACHER and estimate.said_by is not None:
        profile = getattr(estimate.said_by, "profile", None)
        if profile is not None:
            return _("%(name)s, a teacher") % {"name": profile.display_name}
    return str(source.label)
