"""How fast the tutor answers, what went wrong, and which models were at work."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.progress.charts import Value, bar_chart, line_chart

from ..models import CountDay, StageDay
from .events import ALL_COURSES, TurnFigures, turn_figures
from .filters import Filter
from .rolling import still_open
from .rounding import added, percentile
from .shown import Shown, Tile

STAGES = {
    "words_known": gettext_lazy("Words known"),
    "first_text": gettext_lazy("First words of the answer"),
    "first_sound": gettext_lazy("First sound of the answer"),
    "endpoint": gettext_lazy("Noticing that somebody has finished"),
    "transcribe": gettext_lazy("Recognising"),
    "analyse": gettext_lazy("Looking for mistakes"),
    "respond_first": gettext_lazy("Model, until its first word"),
    "respond_rest": gettext_lazy("Model, the rest"),
    "synthesize": gettext_lazy("Voice, first clause"),
    "animate": gettext_lazy("Mouth, first clause"),
    "render": gettext_lazy("Video, first clause"),
    "assess": gettext_lazy("Judging pronunciation"),
}
# A turn goes on without these: worse, but it goes on.
_DEGRADED = ("tts.", "face.", "video.", "assess.", "audio.")
_Key = tuple[str, str, str]


@dataclass(slots=True)
class Collected:
    """What the page shows, added up: by stage, engine and host, and by day."""

    stages: dict[_Key, list[dict[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    first_sound: dict[date, list[dict[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counts: Counter[tuple[date, str, str]] = field(default_factory=Counter)


def speed_figures(shown: Filter) -> tuple[list[Shown], int]:
    """Return the figures of the page, and how many days are not in them yet."""
    days = still_open(shown.scope, shown.first, shown.last)
    live: dict[date, TurnFigures] = {}
    for first, last in days.stretches():
        live |= turn_figures(shown.scope, shown.scope.moments(first, last))
    found = _kept(shown, days.every)
    for day, figures in live.items():
        _take(found, shown, day, figures)
    figures_shown = [
        _answers(shown, found), _stages(found), _failures(shown, found), _errors(found),
        _models(found),
    ]  # fmt: skip
    return figures_shown, len(days.left_out)


def _kept(shown: Filter, but: tuple[date, ...]) -> Collected:
    found = Collected()
    within = {
        "scope": shown.scope.key, "day__gte": shown.first, "day__lte": shown.last,
    }  # fmt: skip
    course = ALL_COURSES if shown.course is None else shown.course
    stages = StageDay.objects.filter(**within, course=course).exclude(day__in=but)
    for day, stage, engine, host, times in stages.order_by().values_list(
        "day", "stage", "engine", "host", "times"
    ):
        found.stages[stage, engine, host].append(times)
        if stage == "first_sound":
            found.first_sound[day].append(times)
    counts = CountDay.objects.filter(**within).exclude(day__in=but)
    if shown.course is not None:
        counts = counts.filter(course=shown.course)
    summed = counts.order_by().values_list("day", "kind", "name").annotate(n=Sum("n"))
    for day, kind, name, n in summed:
        found.counts[day, kind, name] += n
    return found


def _take(found: Collected, shown: Filter, day: date, figures: TurnFigures) -> None:
    course = ALL_COURSES if shown.course is None else shown.course
    for (of, stage, engine, host), times in figures.stages.items():
        if of == course:
            found.stages[stage, engine, host].append(dict(times))
            if stage == "first_sound":
                found.first_sound[day].append(dict(times))
    for (of, kind, name), n in figures.counts.items():
        if shown.course in (None, of):
            found.counts[day, kind, name] += n


def _answers(shown: Filter, found: Collected) -> Shown:
    values, rows = [], []
    for bucket in shown.buckets():
        times = added(
            *(one for day, every in found.first_sound.items() if bucket.holds(day)
              for one in every)
        )  # fmt: skip
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        n = times.total()
        words = "" if p50 is None or p95 is None else f"{p50} ms, {p95} ms"
        values.append(
            Value(bucket.label, _seconds(p50), words, low=_seconds(p50),
                  high=_seconds(p95))
        )  # fmt: skip
        rows.append((bucket.first.isoformat(), bucket.last.isoformat(), p50, p95, n))
    every = added(*(one for parts in found.first_sound.values() for one in parts))
    p50, p95 = percentile(every, 0.5), percentile(every, 0.95)
    return Shown(
        key="answers",
        title=_("From the last word to the first sound of the answer"),
        columns=(_("From"), _("To"), _("p50, ms"), _("p95, ms"), _("Turns")),
        rows=rows if every else (),
        chart=line_chart(values, from_zero=True),
        kind="line",
        unit=_("Seconds; the band goes up to 95 of 100"),
        tiles=[
            Tile(_("half of all"), _in_seconds(p50)),
            Tile(_("95 of 100"), _in_seconds(p95)),
            Tile(_("turns"), str(sum(n for (_d, kind, _n), n in found.counts.items()
                                     if kind == "state"))),
        ],
        empty=_("No turn was timed in this time."),
        wide=True,
    )  # fmt: skip


def _stages(found: Collected) -> Shown:
    order = list(STAGES)
    rows = []
    for (stage, engine, host), parts in found.stages.items():
        times = added(*parts)
        rows.append(
            (
                STAGES.get(stage, stage), engine, host, percentile(times, 0.5),
                percentile(times, 0.95), times.total(),
                order.index(stage) if stage in order else len(order),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row[-1], row[1], row[2]))
    return Shown(
        key="stages",
        title=_("Each stage, by engine and host"),
        columns=(
            _("Stage"), _("Engine"), _("Host"), _("p50, ms"), _("p95, ms"), _("Turns"),
        ),
        rows=[(str(name), *cells) for name, *cells, _place in rows],
        note=_("The first three count from the end of what the learner said. Times are "
               "rounded: to 20 ms up to 2 s, to 50 ms up to 5 s, to 100 ms up to 10 s."),
        empty=_("No turn was timed in this time."),
        wide=True,
    )  # fmt: skip


def _failures(shown: Filter, found: Collected) -> Shown:
    values, rows = [], []
    for bucket in shown.buckets():
        of = [
            (kind, name, n)
            for (day, kind, name), n in found.counts.items()
            if bucket.holds(day)
        ]
        turns = sum(n for kind, _name, n in of if kind == "state")
        failed = sum(n for kind, name, n in of if (kind, name) == ("state", "FAILED"))
        degraded = sum(
            n for kind, name, n in of if kind == "error" and name.startswith(_DEGRADED)
        )
        rows.append(
            (bucket.first.isoformat(), bucket.last.isoformat(), turns, failed, degraded)
        )
        share = 100 * failed / turns if turns else None
        values.append(Value(bucket.label, share, words=f"{failed} / {turns}"))
    turns, failed = (sum(int(row[at]) for row in rows) for at in (2, 3))
    return Shown(
        key="failures",
        title=_("Turns that failed"),
        columns=(_("From"), _("To"), _("Turns"), _("Failed"), _("Went on with less")),
        rows=rows if turns else (),
        chart=bar_chart(values),
        unit=_("Percent of all turns"),
        sentence=_("%(failed)s of %(turns)s turns had no answer.")
        % {"failed": failed, "turns": turns},
        note=_("Went on with less: voice, face, video or scores were missing."),
        empty=_("There was no turn in this time."),
    )


def _errors(found: Collected) -> Shown:
    total: Counter[tuple[str, str]] = Counter()
    for (_day, kind, name), n in found.counts.items():
        if kind in ("error", "state"):
            total[kind, name] += n
    names = {"error": _("Error"), "state": _("Outcome")}
    return Shown(
        key="errors",
        title=_("Outcomes and errors"),
        columns=(_("Kind"), _("Name"), _("Times")),
        rows=[
            (names[kind], name, n)
            for (kind, name), n in sorted(
                total.items(), key=lambda one: (one[0][0], -one[1])
            )
        ],
        empty=_("There was no turn in this time."),
    )


def _models(found: Collected) -> Shown:
    total: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], date] = {}
    for (day, kind, name), n in found.counts.items():
        if kind in ("engine", "model"):
            what, _sep, which = name.partition(": ")
            one = (what, which) if kind == "engine" else (_("scores by"), name)
            total[one] += n
            last[one] = max(day, last.get(one, day))
    return Shown(
        key="models",
        title=_("Models in use"),
        columns=(_("Part"), _("Engine or version"), _("Turns"), _("Last used")),
        rows=[(*one, n, last[one].isoformat()) for one, n in sorted(total.items())],
        empty=_("No model was used in this time."),
        wide=True,
    )


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def _in_seconds(ms: int | None) -> str:
    return "–" if ms is None else _("%(n)s s") % {"n": f"{ms / 1000:.2f}"}
