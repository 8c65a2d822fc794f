"""Colours of the design system can be read, by day and by night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "static/css/tokens.css").read_text()
PAIRS = {
    name: (day, night)
    for name, day, night in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS
    )
}
TEXT, SHAPE = 4.5, 3.0
READ_ON = [
    *(("ink", paper, TEXT) for paper in ("bg", "surface", "surface-sunk")),
    *(("ink-muted", paper, TEXT) for paper in ("bg", "surface", "surface-sunk")),
    *(("accent", paper, TEXT) for paper in ("bg", "surface", "surface-sunk")),
    *(("focus", paper, SHAPE) for paper in ("bg", "surface", "surface-sunk")),
    *(("bad", paper, TEXT) for paper in ("bg", "surface", "bad-soft")),
    ("line-strong", "surface", SHAPE),
    ("ink-on-accent", "accent", TEXT),
    ("ink-on-accent", "accent-strong", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("voice-ink", "bg", TEXT),
    ("voice-ink", "voice-soft", TEXT),
    ("good", "good-soft", TEXT),
    ("warn", "warn-soft", TEXT),
    ("ink", "warn-soft", TEXT),
]


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "paper", "least"), READ_ON)
def test_contrast_is_enough(ink: str, paper: str, least: float, theme: int) -> None:
    one, other = (_luminance(PAIRS[name][theme]) for name in (ink, paper))
    contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
    assert contrast >= least, f"{ink} on {paper}: {contrast:.2f}"
