"""What an hour of talk costs, from prices that administrators give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from schools import site_settings

from ..models import LearnerDay
from .filters import Filter
from .learning import live_figures
from .rolling import still_open
from .scopes import site_scope
from .shown import Shown, Tile

HOURS_OF_MONTH = 365.25 * 24 / 12


@dataclass(frozen=True, slots=True)
class Prices:
    """What is paid, in one currency."""

    currency: str
    hosts: int
    host_month: float
    gpus: int
    gpu_hour: float
    million_tokens: float
    turn_tokens: int

    @property
    def is_known(self) -> bool:
        """Whether anything is paid at all."""
        return any((self.host_month, self.gpu_hour, self.million_tokens))


def prices() -> Prices:
    """Return the prices of the site's settings."""
    return Prices(**{name: site_settings.get(name) for name in Prices.__slots__})


def cost(prices: Prices, *, hours: float, turns: int) -> dict[str, float]:
    """Return what so many hours of running and turns cost, by part."""
    return {
        "hosts": prices.hosts * prices.host_month * hours / HOURS_OF_MONTH,
        "gpus": prices.gpus * prices.gpu_hour * hours,
        "tokens": turns * prices.turn_tokens / 1e6 * prices.million_tokens,
    }


def cost_figures(shown: Filter, *, now: datetime) -> list[Shown]:
    """Return what an hour of talk cost on the whole site, in the days that are shown."""
    scope = site_scope()
    days = still_open(scope, shown.first, shown.last)
    rows = LearnerDay.objects.filter(
        scope=scope.key, day__gte=shown.first, day__lte=shown.last
    ).exclude(day__in=days.every)
    kept = rows.aggregate(talk=Sum("talk_ms"), turns=Sum("turns"))
    live = live_figures(scope, days).values()
    talk_ms = (kept["talk"] or 0) + sum(one.talk_ms for one in live)
    turns = (kept["turns"] or 0) + sum(one.turns for one in live)
    until = min(now, scope.moments(shown.last, shown.last).ends)
    began = scope.moments(shown.first, shown.first).begins
    hours = max(0.0, (until - began).total_seconds() / 3600)
    return [_shown(prices(), hours=hours, talk_hours=talk_ms / 3_600_000, turns=turns)]


def _shown(what: Prices, *, hours: float, talk_hours: float, turns: int) -> Shown:
    parts = cost(what, hours=hours, turns=turns)
    total = sum(parts.values())
    each = total / talk_hours if talk_hours else None
    formulas = (
        (_("Hosts"), f"{what.hosts} × {what.host_month:g} × {hours:.1f} h / {HOURS_OF_MONTH:.1f} h", parts["hosts"]),
        (_("Graphics cards"), f"{what.gpus} × {what.gpu_hour:g} × {hours:.1f} h", parts["gpus"]),
        (_("Language model"), f"{turns} × {what.turn_tokens} / 1 000 000 × {what.million_tokens:g}", parts["tokens"]),
        (_("Together"), "", total),
        (_("For each hour of talk"), f"{total:.2f} / {talk_hours:.2f} h", each),
    )  # fmt: skip
    return Shown(
        key="cost",
        title=_("What an hour of talk costs"),
        columns=(_("Part"), _("How it is counted"), what.currency),
        rows=[
            (name, how, None if value is None else round(value, 2))
            for name, how, value in formulas
        ],
        tiles=[Tile(_("for each hour of talk"), _money(what.currency, each))]
        if what.is_known
        else (),
        sentence=""
        if what.is_known
        else _("No prices are known yet. Give them in the settings of the site."),
        note=_(
            "Hosts and cards are paid for every hour, whether anybody talks or not."
        ),
        wide=True,
    )


def _money(currency: str, value: float | None) -> str:
    return "–" if value is None else f"{currency} {value:.2f}"
