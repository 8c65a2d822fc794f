"""Things that stand outside in more than one picture."""

from __future__ import annotations

from .paper import INK, at, circle, ellipse, line, path, rect
from .things import DARK_LEAF, DARK_WOOD, LEAF, WOOD, shadow


def sun(x: float, y: float, r: float = 30) -> str:
    """Return the sun with a glow."""
    return circle(x, y, r * 1.45, "#ffd76a", opacity=0.35) + circle(x, y, r, "#ffcb47")


def cloud(x: float, y: float, s: float = 1) -> str:
    """Return a cloud."""
    return at(
        x,
        y,
        [
            path(
                "M-40 10a16 16 0 0 1 6-30a24 24 0 0 1 44-6a18 18 0 0 1 28 16a11 11 0 0 1 2 20Z",
                "#fff",
                opacity=0.9,
            )
        ],
        s,
    )


def tree(x: float, y: float, s: float = 1, leaf: str = LEAF) -> str:
    """Return a round tree."""
    return at(x, y, [
        path("M-6 0L-4 -46L4 -46L7 0Z", DARK_WOOD),
        circle(-20, -66, 26, leaf), circle(18, -70, 28, leaf), circle(0, -92, 28, leaf),
        circle(10, -84, 20, "#fff", opacity=0.12),
    ], s)  # fmt: skip


def bush(x: float, y: float, s: float = 1, leaf: str = DARK_LEAF) -> str:
    """Return a low bush."""
    return at(
        x,
        y,
        [
            circle(-18, -10, 14, leaf),
            circle(0, -16, 18, leaf),
            circle(20, -10, 14, leaf),
        ],
        s,
    )


def bench(x: float, y: float, width: float = 110, colour: str = WOOD) -> str:
    """Return a bench from the front."""
    half = width / 2
    return (
        shadow(x, y, half)
        + rect(x - half + 10, y - 28, 6, 28, "#4b4f57") + rect(x + half - 16, y - 28, 6, 28, "#4b4f57")
        + "".join(rect(x - half, y - top, width, 7, colour, 3) for top in (62, 50, 34))
    )  # fmt: skip


def dog(
    x: float, y: float, s: float = 1, colour: str = "#b5763f", flip: bool = False
) -> str:
    """Return a happy dog."""
    return at(x, y, [
        line([(-14, -14), (-17, -1)], colour, 5), line([(10, -14), (13, -1)], colour, 5), line([(-8, -14), (-7, -1)], colour, 5), line([(15, -15), (20, -2)], colour, 5),
        path("M-20 -22q-10 -8 -7 -18", None, colour, 5), rect(-20, -28, 38, 16, colour, 8),
        circle(23, -34, 10, colour), ellipse(32, -31, 6, 4.4, colour), circle(37, -32, 2, INK), circle(25, -37, 1.5, INK),
        path("M17 -42q-7 2 -5 13q5 0 7 -6Z", "#7d4c26"), path("M30 -27q2 6 5 2l-1 -3Z", "#e0645c"),
    ], s, flip)  # fmt: skip


def bag(x: float, y: float, colour: str, s: float = 1) -> str:
    """Return a bag with handles."""
    return at(
        x,
        y,
        [
            path("M-8 -22q0 -12 8 -12t8 12", None, colour, 2.6),
            path("M-14 -22H14L17 0H-17Z", colour),
            rect(-14, -22, 28, 5, "#000", opacity=0.12),
        ],
        s,
    )


def suitcase(x: float, y: float, colour: str, s: float = 1) -> str:
    """Return a suitcase on wheels."""
    return at(
        x,
        y,
        [
            line([(-6, -44), (-6, -60), (6, -60), (6, -44)], "#4b4f57", 2.5),
            rect(-15, -46, 30, 42, colour, 5),
            rect(-15, -34, 30, 3, "#000", opacity=0.15),
            rect(-15, -18, 30, 3, "#000", opacity=0.15),
            circle(-10, -2, 3, INK),
            circle(10, -2, 3, INK),
        ],
        s,
    )
