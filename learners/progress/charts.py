"""Places of bars, lines and bands in a plot, for templates that draw them as SVG.

A plot is ``WIDTH`` by ``HEIGHT`` units and scales with the page. Everything that is drawn
is here as numbers and texts, so that the same values also fill a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 28
_BAR_SHARE = 0.62
_MOST_BAR = 56.0
_LABEL_ROOM = 64.0


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a plot. None: nothing is known there, which is not zero.

    ``low`` and ``high`` are how far it may be off. ``label`` is under it, ``words`` say it
    as a text, ``url`` leads to what it was made from.
    """

    label: str
    value: float | None
    words: str = ""
    url: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a dot: a rectangle, or a point at ``x`` and ``y``."""

    x: float
    y: float
    width: float
    height: float
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a plot draws. ``line`` and ``band`` are paths of SVG, perhaps empty."""

    values: tuple[Value, ...]
    marks: tuple[Mark, ...]
    line: str
    band: str
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def left(self) -> int:
        """Where the plot begins, right of the axis."""
        return _LEFT

    @property
    def right(self) -> int:
        """Where it ends."""
        return WIDTH - _RIGHT

    @property
    def floor(self) -> int:
        """Where its lowest line is."""
        return HEIGHT - _BOTTOM


def bar_chart(values: Sequence[Value], *, least_top: float = 1.0) -> Chart:
    """Return bars from zero. ``least_top``: the axis goes up to this at least."""
    rows = _round_rows(0.0, max([least_top, *(v.value or 0.0 for v in values)]))
    top = rows[-1]
    step = _step(len(values))
    width = min(_MOST_BAR, step * _BAR_SHARE)
    marks = []
    for at, one in enumerate(values):
        if one.value is None:
            continue
        y = _y(one.value, 0.0, top)
        x = _x(at, len(values)) - width / 2
        height = HEIGHT - _BOTTOM - y
        marks.append(Mark(_r(x), _r(y), _r(width), _r(height), one.words, one.url))
    ticks = tuple(Tick(_r(_y(row, 0.0, top)), _number(row)) for row in rows)
    return Chart(tuple(values), tuple(marks), "", "", ticks, _labels(values))


def line_chart(values: Sequence[Value], *, from_zero: bool = False) -> Chart:
    """Return a line with its band, on an axis that holds all values."""
    known = [one for one in values if one.value is not None]
    every = [
        limit
        for one in known
        for limit in (one.value, one.low, one.high)
        if limit is not None
    ]
    low, high = min(every, default=0.0), max(every, default=1.0)
    room = 0.1 * (high - low) or 0.1 * abs(high) or 0.5
    rows = _round_rows(0.0 if from_zero else max(0.0, low - room), high + room)
    ticks = [(row, _number(row)) for row in rows]
    return line_chart_between(values, bottom=rows[0], top=rows[-1], ticks=ticks)


def line_chart_between(
    values: Sequence[Value],
    *,
    bottom: float,
    top: float,
    ticks: Sequence[tuple[float, str]],
) -> Chart:
    """Return a line with its band of uncertainty, broken where nothing is known."""
    marks, line, band = [], [], []
    run: list[tuple[float, Value]] = []
    for at, one in [*enumerate(values), (len(values), Value("", None))]:
        if one.value is not None:
            run.append((_x(at, len(values)), one))
            continue
        line.append(_path([(x, _y(v.value or 0.0, bottom, top)) for x, v in run]))
        band.append(_band(run, bottom, top))
        run = []
    for at, one in enumerate(values):
        if one.value is not None:
            y = _y(one.value, bottom, top)
            x = _x(at, len(values))
            marks.append(Mark(_r(x), _r(y), 0, 0, one.words, one.url))
    return Chart(
        tuple(values),
        tuple(marks),
        " ".join(filter(None, line)),
        " ".join(filter(None, band)),
        tuple(Tick(_r(_y(at, bottom, top)), label) for at, label in ticks),
        _labels(values),
    )


def _band(run: Sequence[tuple[float, Value]], bottom: float, top: float) -> str:
    known = [(x, v) for x, v in run if v.low is not None and v.high is not None]
    if not known:
        return ""
    if len(known) == 1:
        # One estimate by itself has a band as wide as its dot.
        x, only = known[0]
        known = [(x - 8, only), (x + 8, only)]
    upper = [(x, _y(v.high or 0.0, bottom, top)) for x, v in known]
    lower = [(x, _y(v.low or 0.0, bottom, top)) for x, v in reversed(known)]
    return _path([*upper, *lower]) + "Z"


def _path(points: Sequence[tuple[float, float]]) -> str:
    steps = (f"{_r(x)} {_r(y)}" for x, y in points)
    return "M" + "L".join(steps) if points else ""


def _labels(values: Sequence[Value]) -> tuple[Tick, ...]:
    """Return as many labels as have room, the last one always."""
    every = max(1, ceil(_LABEL_ROOM / _step(len(values))))
    last = len(values) - 1
    return tuple(
        Tick(_r(_x(at, len(values))), one.label)
        for at, one in enumerate(values)
        if (last - at) % every == 0
    )


def _step(n: int) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(n, 1)


def _x(at: int, n: int) -> float:
    return _LEFT + _step(n) * (at + 0.5)


def _y(value: float, bottom: float, top: float) -> float:
    share = (min(max(value, bottom), top) - bottom) / ((top - bottom) or 1.0)
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _round_rows(bottom: float, top: float) -> list[float]:
    """Return round numbers from at most ``bottom`` to at least ``top``, four or more."""
    unit = 10 ** floor(log10((top - bottom) / 3))
    for factor in (1, 2, 2.5, 5, 10):
        step = factor * unit
        first, last = floor(bottom / step), ceil(top / step - 1e-9)
        if last - first <= 5:
            return [n * step for n in range(first, last + 1)]
    return [bottom, top]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _r(value: float) -> float:
    return round(value, 1)
