"""Who learns, for how long, and who comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.progress.charts import Value, bar_chart

from ..models import LearnerDay
from .events import LearnerFigures, Learners, learner_figures
from .filters import Filter
from .retention import retention
from .rolling import Open, still_open
from .scopes import Scope
from .shown import Cell, Shown, Tile


@dataclass(slots=True)
class Sums:
    """What is drawn of one bucket."""

    learners: set[int] = field(default_factory=set)
    n_learners: int = 0
    spoken_ms: int = 0
    talk_ms: int = 0
    turns: int = 0


_BEGINS = {"day": F("day"), "week": TruncWeek("day"), "month": TruncMonth("day")}


def live_figures(scope: Scope, days: Open) -> Learners:
    """Return who learned on the days that are not summed up yet."""
    found: Learners = {}
    for first, last in days.stretches():
        found |= learner_figures(scope, scope.moments(first, last))
    return found


def kept_days(
    shown: Filter, days: Open, *, first: date | None = None
) -> QuerySet[LearnerDay]:
    """Return summed-up days of the scope and course, from the first shown one on."""
    rows = LearnerDay.objects.filter(
        scope=shown.scope.key,
        day__gte=shown.first if first is None else first,
        day__lte=shown.last,
    ).exclude(day__in=days.every)
    return rows if shown.course is None else rows.filter(course=shown.course)


def bucket_sums(shown: Filter, days: Open, live: Learners) -> list[Sums]:
    """Return what each bucket adds up to: who is in it twice is one learner."""
    buckets = shown.buckets()
    sums = [Sums() for _bucket in buckets]
    place = {
        bucket.first + timedelta(days=n): at
        for at, bucket in enumerate(buckets)
        for n in range((bucket.last - bucket.first).days + 1)
    }
    rows = kept_days(shown, days).order_by()
    totals = rows.values("day").annotate(
        spoken=Sum("spoken_ms"), talked=Sum("talk_ms"), n=Sum("turns")
    )
    for row in totals:
        one = sums[place[row["day"]]]
        one.spoken_ms += row["spoken"]
        one.talk_ms += row["talked"]
        one.turns += row["n"]
    # Whole weeks and months are made one by the database: months hold many days.
    stretch = rows.annotate(begins=_BEGINS[shown.step])
    for begins, learner in stretch.values_list("begins", "learner_id").distinct():
        sums[place[max(begins, shown.first)]].learners.add(learner)
    for (day, course, learner), figures in live.items():
        if day in place and shown.course in (None, course):
            _add(sums[place[day]], learner, figures)
    for one in sums:
        one.n_learners = len(one.learners)
    return sums


def learning_figures(shown: Filter, *, now: datetime) -> tuple[list[Shown], int]:
    """Return the figures of the page, and how many days are not in them yet."""
    today = shown.scope.today(now)
    monthly = today - timedelta(days=29)
    days = still_open(shown.scope, min(shown.first, monthly), today)
    live = live_figures(shown.scope, days)
    sums = bucket_sums(shown, days, live)
    latest = _latest(shown, days, live, monthly)
    figures = [
        _active(shown, sums, latest, today),
        _minutes(shown, sums),
        retention(shown, days, live, today),
    ]
    return figures, len(days.left_out)


def _add(one: Sums, learner: int, figures: LearnerFigures) -> None:
    one.learners.add(learner)
    one.spoken_ms += figures.spoken_ms
    one.talk_ms += figures.talk_ms
    one.turns += figures.turns


def _latest(
    shown: Filter, days: Open, live: Learners, since: date
) -> Mapping[int, date]:
    """Return on which day each learner was last active, of the last thirty days."""
    rows = LearnerDay.objects.filter(scope=shown.scope.key, day__gte=since).exclude(
        day__in=days.every
    )
    if shown.course is not None:
        rows = rows.filter(course=shown.course)
    found: dict[int, date] = dict(
        rows.order_by().values_list("learner_id").annotate(last=Max("day"))
    )
    for day, course, learner in live:
        if day >= since and shown.course in (None, course):
            found[learner] = max(day, found.get(learner, day))
    return found


def _active(
    shown: Filter, sums: list[Sums], latest: Mapping[int, date], today: date
) -> Shown:
    values = [
        Value(bucket.label, one.n_learners, words=str(one.n_learners))
        for bucket, one in zip(shown.buckets(), sums, strict=True)
    ]
    spans = ((0, _("today")), (6, _("in 7 days")), (29, _("in 30 days")))
    tiles = [
        Tile(
            name, str(sum(day >= today - timedelta(days=n) for day in latest.values()))
        )
        for n, name in spans
    ]
    every: set[int] = set().union(*(one.learners for one in sums))
    return Shown(
        key="active",
        title=_("Active learners"),
        columns=(_("From"), _("To"), _("Learners")),
        rows=_rows(shown, [(one.n_learners,) for one in sums]) if every else (),
        chart=bar_chart(values, least_top=4),
        unit=_("Learners"),
        sentence=ngettext(
            "%(n)s learner was active in this time.",
            "%(n)s learners were active in this time.",
            len(every),
        )
        % {"n": len(every)},
        note=_("Active is who said something, read aloud or answered an exercise."),
        empty=_("Nobody learned in this time."),
        tiles=tiles,
        wide=True,
    )


def _minutes(shown: Filter, sums: list[Sums]) -> Shown:
    values = [
        Value(
            bucket.label,
            one.spoken_ms / 60_000,
            words=_("%(n)s min") % {"n": _tenths(one.spoken_ms)},
        )
        for bucket, one in zip(shown.buckets(), sums, strict=True)
    ]
    spoken = sum(one.spoken_ms for one in sums)
    rows = [(_tenths(one.spoken_ms), _tenths(one.talk_ms), one.turns) for one in sums]
    return Shown(
        key="minutes",
        title=_("Minutes spoken"),
        columns=(
            _("From"), _("To"), _("Minutes spoken"), _("Minutes in talks"), _("Turns"),
        ),
        rows=_rows(shown, rows) if any(one.turns for one in sums) else (),
        chart=bar_chart(values, least_top=4),
        unit=_("Minutes"),
        sentence=_("Learners spoke for %(n)s minutes with their own voice.")
        % {"n": round(spoken / 60_000)},
        note=_("In talks. Typed answers add no minutes spoken."),
        empty=_("Nobody talked in this time."),
        wide=True,
    )  # fmt: skip


def _rows(shown: Filter, cells: Iterable[tuple[float | int, ...]]) -> list[list[Cell]]:
    return [
        [bucket.first.isoformat(), bucket.last.isoformat(), *row]
        for bucket, row in zip(shown.buckets(), cells, strict=True)
    ]


def _tenths(ms: int) -> float:
    return round(ms / 60_000, 1)
