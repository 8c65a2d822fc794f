"""The pages of figures: which figures each has, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .costs import cost_figures
from .filters import Filter
from .learning import learning_figures
from .machines import machine_figures
from .outcomes import outcome_figures
from .shown import Shown
from .speed import speed_figures

Figures = tuple[list[Shown], int]


class PageName(StrEnum):
    """The pages, as their addresses name them."""

    LEARNING = "learning"
    OUTCOMES = "outcomes"
    SPEED = "speed"
    MACHINES = "machines"


@dataclass(frozen=True, slots=True)
class Page:
    """``figures`` returns what is shown, and how many days are not counted yet."""

    title: str | Promise
    lead: str | Promise
    figures: Callable[[Filter, datetime], Figures]
    for_managers: bool = False
    has_course: bool = True


PAGES = {
    PageName.LEARNING: Page(
        _("Learning"),
        _("Who learns, for how long, and who comes back."),
        lambda shown, now: learning_figures(shown, now=now),
        for_managers=True,
    ),
    PageName.OUTCOMES: Page(
        _("Outcomes"),
        _("What came of it, by course and level."),
        lambda shown, now: (outcome_figures(shown), 0),
        for_managers=True,
    ),
    PageName.SPEED: Page(
        _("Speed and failures"),
        _(
            "How fast the tutor answers, what went wrong, and which models were at work."
        ),
        lambda shown, now: speed_figures(shown),
    ),
    PageName.MACHINES: Page(
        _("Machines and cost"),
        _("What runs at this moment, and what an hour of talk costs."),
        lambda shown, now: ([*machine_figures(), *cost_figures(shown, now=now)], 0),
        has_course=False,
    ),
}
