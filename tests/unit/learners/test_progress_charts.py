"""Bars and lines stand where their values are, and axes have round numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from learners.local_time import zone_named
from learners.progress.charts import HEIGHT, WIDTH, Value, bar_chart, line_chart
from learners.progress.sound_map import SoundState, sound_map, state_of
from learners.progress.spans import Span, bucket_named, buckets
from learners.progress.words import pace_words, spoken_words
from lessons.sounds.library import sounds_of

BERLIN = zone_named("Europe/Berlin")


def values(*found: float | None) -> list[Value]:
    return [Value(str(n), one, low=one, high=one) for n, one in enumerate(found)]


def test_bars_are_as_high_as_their_values() -> None:
    chart = bar_chart(values(1.0, 2.0, None, 4.0))
    heights = [mark.height for mark in chart.marks]
    assert heights == pytest.approx(
        [heights[2] / 4, heights[2] / 2, heights[2]], abs=0.1
    )
    assert chart.ticks[0].label == "0"


@pytest.mark.parametrize("n", [0, 1, 4, 13, 40])
@pytest.mark.parametrize("size", [0.0, 0.004, 1.0, 97.3, 12_345.0])
def test_everything_stays_inside(n: int, size: float) -> None:
    for chart in (bar_chart(values(*[size] * n)), line_chart(values(*[size] * n))):
        assert all(
            0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in chart.marks
        )
        assert len({tick.label for tick in chart.ticks}) == len(chart.ticks) >= 2
        assert len(chart.labels) <= 11


@pytest.mark.parametrize(
    ("top", "labels"),
    [
        (19.0, ["0", "5", "10", "15", "20"]),
        (5.3, ["0", "2", "4", "6"]),
        (1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (130.0, ["0", "50", "100", "150"]),
    ],
)
def test_axes_have_round_numbers(top: float, labels: list[str]) -> None:
    assert [tick.label for tick in bar_chart(values(top)).ticks] == labels


def test_a_line_breaks_where_nothing_is_known() -> None:
    chart = line_chart(values(1.0, 2.0, None, 3.0, 2.0))
    assert chart.line.count("M") == 2
    assert len(chart.marks) == 4
    assert line_chart(values(None, None)).line == ""


def test_weeks_begin_on_monday_where_the_learner_is() -> None:
    found = buckets(Span.MONTH, today=date(2026, 4, 1), zone=BERLIN, since=None)
    assert [one.first.day for one in found] == [9, 16, 23, 30]
    # Summer time began on the 29th: that week has an hour less.
    assert (found[2].ends - found[2].begins).total_seconds() == 7 * 86_400 - 3600
    assert found[3].begins == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert found[0].ends == found[1].begins
    assert bucket_named(found[0].key, BERLIN) == found[0]


@pytest.mark.parametrize(
    ("since", "n", "months"),
    [
        (None, 4, False),
        (date(2026, 3, 30), 4, False),
        (date(2026, 1, 1), 14, False),
        (date(2024, 6, 15), 23, True),
        (date(2030, 1, 1), 4, False),
    ],
)
def test_everything_is_weeks_then_months(
    since: date | None, n: int, months: bool
) -> None:
    found = buckets(Span.ALL, today=date(2026, 4, 1), zone=BERLIN, since=since)
    assert (len(found), found[0].is_month) == (n, months)
    assert found[-1].first <= date(2026, 4, 1) < found[-1].after
    assert all(a.after == b.first for a, b in pairwise(found))


@pytest.mark.parametrize(
    "key", ["", "x_y", "2026-01-01_2026-01-01", "9999-12-31_1-1-1"]
)
def test_names_that_are_no_weeks(key: str) -> None:
    assert bucket_named(key, BERLIN) is None


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_every_sound_has_one_place_on_the_map(language: str) -> None:
    mapped = sound_map(language, {})
    assert mapped
    shown = [one.sound.ipa for one in mapped.every]
    assert sorted(shown) == sorted({s.ipa for s in sounds_of(language).values()})
    places = [(one.x, one.y) for one in mapped.vowels]
    assert len(set(places)) == len(places)
    assert all(0 < x < 300 and 0 < y < 240 for x, y in places)
    assert mapped.n_known == 0


def test_thin_evidence_says_nothing() -> None:
    assert state_of(None) is SoundState.UNKNOWN
    assert sound_map("tlh", {}) is None


def test_sentences_say_when_it_is_too_early() -> None:
    assert "Less than a minute" in spoken_words(30, None)
    assert "more than" in spoken_words(1200, 600)
    assert "less than" in spoken_words(600, 1200)
    assert "About as much" in spoken_words(600, 620)
    assert "before" not in spoken_words(600, None)
    assert "2 of your sentences" in pace_words([2.0, 2.0], [0.1, 0.1])
    assert "Slower" in pace_words([3.0] * 3 + [2.0] * 3, [0.2] * 6)
    assert "pause less" in pace_words([3.0] * 6, [0.3] * 3 + [0.1] * 3)
