"""The plots of how a learner speaks: speed, pauses, and correcting themselves."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, quantiles

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.progress import words
from learners.progress.charts import Value, bar_chart, line_chart
from learners.progress.spans import Bucket

from .measures import Measured, measured, repairs
from .parts import FEWEST_FOR_A_RATE, Looked, Plot, Section, label_of, url_of


def pace_section(looked: Looked) -> Section:
    """Return speed and pauses of what was measured."""
    found = measured(
        learner_id=looked.learner_id,
        l2=looked.l2,
        begins=looked.buckets[0].begins,
        ends=looked.buckets[-1].ends,
    )
    rates = [one.measures.speech_rate for one in found]
    shares = [one.measures.pause_share for one in found]
    speed = [_spread(bucket, found, is_share=False) for bucket in looked.buckets]
    pauses = [_spread(bucket, found, is_share=True) for bucket in looked.buckets]
    return Section(
        "pace",
        _("Speed and pauses"),
        words.pace_words(rates, shares),
        (
            Plot(
                _("Syllables a second"),
                _("Speed"),
                line_chart(speed),
                "line",
            ),
            Plot(
                _("Share of silence, in %"),
                _("Pauses"),
                line_chart(pauses, from_zero=True),
                "line",
            ),
        ),
        is_empty=not found,
    )


def repairs_section(looked: Looked) -> Section:
    """Return how often the learner corrected themselves."""
    found = repairs(learner_id=looked.learner_id, l2=looked.l2, buckets=looked.buckets)
    values = [
        Value(
            label_of(bucket),
            one.per_100 if one.words >= FEWEST_FOR_A_RATE else None,
            words=_("%(n)s in %(words)s words")
            % {"n": one.repairs, "words": one.words},
            url=url_of("spoken", bucket) if one.words else "",
        )
        for bucket, one in zip(looked.buckets, found, strict=True)
    ]
    said = sum(one.words for one in found)
    return Section(
        "repairs",
        _("Correcting yourself"),
        words.repairs_words(sum(one.repairs for one in found), said),
        (
            Plot(
                _("Times in 100 words"),
                _("Corrected"),
                bar_chart(values, least_top=4),
                "bar",
            ),
        ),
        is_empty=said == 0,
    )


def _spread(bucket: Bucket, found: Sequence[Measured], *, is_share: bool) -> Value:
    values = [
        100 * one.measures.pause_share if is_share else one.measures.speech_rate
        for one in found
        if bucket.holds(one.spoken_at)
    ]
    if not values:
        return Value(label_of(bucket), None)
    tenths = quantiles(values, n=10) if len(values) > 3 else [min(values), max(values)]
    text = f"{mean(values):.0f} %" if is_share else f"{mean(values):.1f}"
    return Value(
        label_of(bucket),
        mean(values),
        words=ngettext(
            "%(value)s, from %(n)s sentence",
            "%(value)s, from %(n)s sentences",
            len(values),
        )
        % {"value": text, "n": len(values)},
        url=url_of("pace", bucket),
        low=max(0.0, tenths[0]),
        high=tenths[-1],
    )
