"""The plots of level, minutes, words and mistakes, each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.progress import words
from learners.progress.charts import (
    Value,
    bar_chart,
    line_chart,
    line_chart_between,
)
from learners.progress.figures import (
    Mistakes,
    known_words,
    level_at,
    levels,
    mistakes,
    spoken_seconds,
)
from learners.selectors import mistake_label
from lessons.levels import CEFRLevel

from .parts import FEWEST_FOR_A_RATE, Looked, Plot, Section, label_of, url_of

MOST_KINDS = 5


def level_section(looked: Looked) -> Section:
    """Return the level over time, with its band of uncertainty."""
    points = levels(learner_id=looked.learner_id, l2=looked.l2)
    values = []
    for bucket in looked.buckets:
        point = level_at(points, min(bucket.ends, looked.now))
        values.append(
            Value(
                label_of(bucket),
                point.position if point else None,
                words=_level_words(point.estimate.level, point.low, point.high)
                if point
                else "",
                url=url_of("level", bucket),
                low=point.low if point else None,
                high=point.high if point else None,
            )
        )
    ticks = [(n + 0.5, level) for n, level in enumerate(CEFRLevel.values)]
    chart = line_chart_between(values, bottom=0, top=6, ticks=ticks)
    return Section(
        "level",
        _("Your level"),
        words.level_words(points),
        (Plot(_("Level over time"), _("Level"), chart, "line"),),
        is_empty=not points,
    )


def spoken_section(looked: Looked) -> Section:
    """Return the minutes spoken."""
    spoken = spoken_seconds(
        learner_id=looked.learner_id, l2=looked.l2, buckets=looked.buckets
    )
    before = spoken_seconds(
        learner_id=looked.learner_id, l2=looked.l2, buckets=looked.before
    )
    values = [
        Value(
            label_of(bucket),
            seconds / 60,
            words=_minutes(seconds),
            url=url_of("spoken", bucket) if seconds else "",
        )
        for bucket, seconds in zip(looked.buckets, spoken, strict=True)
    ]
    return Section(
        "spoken",
        _("Minutes spoken"),
        words.spoken_words(sum(spoken), sum(before) if before else None),
        (Plot(_("Minutes"), _("Spoken"), bar_chart(values, least_top=4), "bar"),),
        is_empty=not any(spoken),
    )


def words_section(looked: Looked) -> Section:
    """Return the words known."""
    moments = [min(bucket.ends, looked.now) for bucket in looked.buckets]
    known = known_words(
        learner_id=looked.learner_id,
        l2=looked.l2,
        moments=[looked.buckets[0].begins, *moments],
    )
    counts = [len(one) for one in known]
    values = [
        Value(
            label_of(bucket),
            float(n),
            words=ngettext("%(n)s word", "%(n)s words", n) % {"n": n},
            url=url_of("words", bucket) if n else "",
        )
        for bucket, n in zip(looked.buckets, counts[1:], strict=True)
    ]
    chart = line_chart(values, from_zero=True)
    return Section(
        "words",
        _("Words that are yours"),
        words.known_words_words(counts[-1], counts[0]),
        (Plot(_("Words known"), _("Known"), chart, "line"),),
        is_empty=not any(counts),
    )


def mistakes_section(looked: Looked) -> Section:
    """Return mistakes per 100 words, all and by kind."""
    found = mistakes(learner_id=looked.learner_id, l2=looked.l2, buckets=looked.buckets)
    half = len(found) // 2
    older, newer = _sum(found[:half]), _sum(found[half:])
    kinds = [
        kind for kind, _n in (older.by_kind + newer.by_kind).most_common(MOST_KINDS)
    ]
    plots = [
        _mistakes_plot(looked, found, kind)
        for kind in ("", *kinds)
        if kinds or not kind
    ]
    return Section(
        "mistakes",
        _("Mistakes in 100 words"),
        words.mistakes_words((older, newer)),
        tuple(plots),
        is_empty=not any(one.words for one in found),
    )


def _mistakes_plot(looked: Looked, found: Sequence[Mistakes], kind: str) -> Plot:
    values = []
    for bucket, one in zip(looked.buckets, found, strict=True):
        rate = one.per_100_of(kind) if kind else one.per_100
        n = one.by_kind[kind] if kind else one.by_kind.total()
        values.append(
            Value(
                label_of(bucket),
                rate if one.words >= FEWEST_FOR_A_RATE else None,
                words=_("%(n)s in %(words)s words") % {"n": n, "words": one.words},
                url=url_of("mistakes", bucket) if one.words else "",
            )
        )
    name = mistake_label(kind) if kind else _("All kinds")
    return Plot(name, _("Per 100 words"), bar_chart(values, least_top=4), "bar")


def _sum(found: Sequence[Mistakes]) -> Mistakes:
    total = Mistakes()
    for one in found:
        total.words += one.words
        total.talks += one.talks
        total.by_kind.update(one.by_kind)
    return total


def _level_words(level: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return level
    first, last = (CEFRLevel.values[min(int(one), 5)] for one in (low, high))
    if first == last:
        return level
    return _("%(level)s (%(low)s to %(high)s)") % {
        "level": level,
        "low": first,
        "high": last,
    }


def _minutes(seconds: int) -> str:
    if 0 < seconds < 60:
        return _("%(n)s s") % {"n": seconds}
    return _("%(n)s min") % {"n": round(seconds / 60)}
