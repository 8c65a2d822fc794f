"""Who comes back, weeks after the first one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Min, QuerySet
from django.db.models.functions import ExtractWeek
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learners.progress.charts import Value, line_chart_between

from ..models import LearnerDay
from .events import Learners
from .filters import Filter
from .rolling import Open
from .shown import Shown

RETENTION_WEEKS = 12
# Cohorts that are shown one by one.
COHORTS = 8
_TICKS = tuple((float(n), f"{n}") for n in (0, 25, 50, 75, 100))


def retention(shown: Filter, days: Open, live: Learners, today: date) -> Shown:
    """Return the share of learners who are still active weeks after their first one."""
    monday = today - timedelta(days=today.weekday())
    weeks = _weeks(shown, days, live, monday)
    cohorts: dict[date, list[set[date]]] = defaultdict(list)
    for active in weeks.values():
        cohorts[min(active)].append(active)
    shares: list[Value] = []
    for n in range(RETENTION_WEEKS + 1):
        counted = [
            (begins, active)
            for begins, every in cohorts.items()
            if begins + timedelta(weeks=n) < monday
            for active in every
        ]
        back = sum(begins + timedelta(weeks=n) in active for begins, active in counted)
        share = 100 * back / len(counted) if counted else None
        words = "" if share is None else _("%(n)s of %(all)s") % {
            "n": back, "all": len(counted),
        }  # fmt: skip
        shares.append(Value(str(n), share, words=words))
    latest = sorted(cohorts, reverse=True)[:COHORTS]
    rows = [
        (
            date_format(begins, "j M Y"),
            len(cohorts[begins]),
            *(
                _share_back(cohorts[begins], begins, n, monday)
                for n in range(1, RETENTION_WEEKS + 1)
            ),
        )
        for begins in sorted(latest)
    ]
    return Shown(
        key="retention",
        title=_("Who comes back"),
        columns=(
            _("First week"),
            _("Learners"),
            *(_("Week %(n)s") % {"n": n} for n in range(1, RETENTION_WEEKS + 1)),
        ),
        rows=rows,
        chart=line_chart_between(shares, bottom=0, top=100, ticks=_TICKS),
        kind="line",
        unit=_("Percent still active, by weeks since the first one"),
        sentence=_retention_words(shares),
        note=_(
            "Of those who began in the same week, the percent that was active again so "
            "many weeks later. Weeks that are not over yet do not count."
        ),
        empty=_("Nobody began in this time."),
        wide=True,
    )


def _weeks(
    shown: Filter, days: Open, live: Learners, monday: date
) -> Mapping[int, set[date]]:
    """Return the weeks in which learners were active, of those who began lately."""
    since = monday - timedelta(weeks=RETENTION_WEEKS + COHORTS)
    rows = LearnerDay.objects.filter(scope=shown.scope.key).exclude(day__in=days.every)
    if shown.course is not None:
        rows = rows.filter(course=shown.course)
    began_lately = (
        rows.order_by().values("learner_id").annotate(f=Min("day")).filter(f__gte=since)
    )
    found: dict[int, set[date]] = defaultdict(set)
    pairs = (
        rows.filter(day__gte=since, learner_id__in=began_lately.values("learner_id"))
        .order_by()
        .annotate(week=ExtractWeek("day"))
        .values_list("learner_id", "week")
        .distinct()
    )
    # A number of a week is read faster than its Monday; less than a year has each once.
    mondays = [since + timedelta(weeks=n) for n in range(RETENTION_WEEKS + COHORTS + 1)]
    begins = {one.isocalendar().week: one for one in mondays}
    for learner, week in pairs:
        found[learner].add(begins[week])
    return _with_live(shown, found, live, rows)


def _with_live(
    shown: Filter,
    found: dict[int, set[date]],
    live: Learners,
    rows: QuerySet[LearnerDay],
) -> Mapping[int, set[date]]:
    """Add what is not summed up yet; who began long ago stays out."""
    fresh = {key[2] for key in live if shown.course in (None, key[1])} - set(found)
    old = set(
        rows.filter(learner_id__in=fresh)
        .values_list("learner_id", flat=True)
        .distinct()
        if fresh
        else ()
    )
    for day, course, learner in live:
        if shown.course in (None, course) and learner not in old:
            found[learner].add(day - timedelta(days=day.weekday()))
    return found


def _share_back(
    cohort: Iterable[set[date]], begins: date, n: int, monday: date
) -> int | None:
    week = begins + timedelta(weeks=n)
    if week >= monday:
        return None
    every = list(cohort)
    return round(100 * sum(week in active for active in every) / len(every))


def _retention_words(shares: list[Value]) -> str:
    after = shares[4].value
    if after is None:
        return _("After five weeks this says who is still there.")
    return _("Four weeks after their first one %(share)s %% are active.") % {
        "share": round(after)
    }
