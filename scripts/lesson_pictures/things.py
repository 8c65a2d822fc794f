"""Things that stand around in more than one picture."""

from __future__ import annotations

import math

from .paper import INK, Point, at, circle, ellipse, line, number, path, polygon, rect

WOOD, DARK_WOOD, LIGHT_WOOD = "#b9804f", "#8a5a36", "#d9a873"
LEAF, DARK_LEAF = "#4f9a6a", "#387a55"
PAPER, STONE = "#fffaf0", "#cfc8bc"


def shadow(x: float, y: float, width: float) -> str:
    """Return the shadow under a thing."""
    return ellipse(x, y, width, 5, "#1d2b28", opacity=0.12)


def plant(x: float, y: float, s: float = 1, pot: str = "#d2694a") -> str:
    """Return a plant in a pot."""
    leaves = [
        path(
            f"M0 -22Q{number(dx)} {number(dy)} {number(dx * 1.5)} {number(dy - 4)}Q{number(dx * 0.3)} {number(dy - 2)} 0 -22Z",
            LEAF if dx < 0 else DARK_LEAF,
        )
        for dx, dy in ((-16, -44), (-8, -62), (6, -66), (15, -48))
    ]
    return at(x, y, [*leaves, path("M-14 -24H14L10 0H-10Z", pot)], s)


def table(x: float, y: float, width: float, height: float = 60, top: str = WOOD) -> str:
    """Return a table from the side; ``y`` is the floor."""
    half = width / 2
    return (
        shadow(x, y, half * 0.9)
        + rect(x - half + 10, y - height, 6, height, DARK_WOOD)
        + rect(x + half - 16, y - height, 6, height, DARK_WOOD)
        + rect(x - half, y - height - 6, width, 9, top, 3)
    )


def round_table(x: float, y: float, width: float = 90, height: float = 58) -> str:
    """Return a small round table of a café."""
    return (
        ellipse(x, y, width * 0.26, 5, "#5b5f6b")
        + rect(x - 3, y - height, 6, height, "#5b5f6b")
        + ellipse(x, y - height, width / 2, 7, "#f5efe4")
        + path(
            f"M{number(x - width / 2)} {number(y - height)}a{number(width / 2)} 7 0 0 0 {number(width)} 0v3a{number(width / 2)} 7 0 0 1 {number(-width)} 0Z",
            "#d8cfbf",
        )
    )


def chair(
    x: float, y: float, s: float = 1, flip: bool = False, colour: str = WOOD
) -> str:
    """Return a chair from the side, its back on the left."""
    return at(x, y, [
        line([(-16, 0), (-14, -40), (-18, -82)], colour, 5), line([(15, 0), (14, -40)], colour, 5),
        rect(-18, -44, 36, 7, colour, 3), line([(-17, -66), (-16.5, -56)], colour, 9),
    ], s, flip)  # fmt: skip


def cup(
    x: float, y: float, s: float = 1, colour: str = "#fff", steam: bool = True
) -> str:
    """Return a cup on a saucer; ``y`` is where it stands."""
    parts = [
        ellipse(0, 0, 13, 2.6, "#d9d2c5"),
        path("M-8 -12H8Q8 -1 3 -1H-3Q-8 -1 -8 -12Z", colour),
        path("M8 -10q6 0 5 4t-6 3", None, colour, 2),
        ellipse(0, -12, 8, 1.8, "#6b4530"),
    ]
    if steam:
        parts.append(
            path(
                "M-3 -17q-3-4 0-7t0-7M4 -17q-3-4 0-7t0-7",
                None,
                "#fff",
                1.4,
                opacity=0.8,
            )
        )
    return at(x, y, parts, s)


def glass(x: float, y: float, drink: str = "#bfe3f2", s: float = 1) -> str:
    """Return a glass with a drink."""
    return at(
        x,
        y,
        [
            path("M-6 -20H6L4.5 0H-4.5Z", "#fff", opacity=0.7),
            path("M-5.5 -14H5.5L4.5 0H-4.5Z", drink),
        ],
        s,
    )


def plate(x: float, y: float, food: str = "", s: float = 1) -> str:
    """Return a plate with some food."""
    meals = {
        "cake": path("M-10 -1L-8 -13L11 -10L11 -1Z", "#f2d8a7")
        + path("M-8 -13L11 -10L11 -7L-8.5 -9Z", "#c9513f")
        + circle(2, -13.5, 2.4, "#c9513f"),
        "soup": ellipse(0, -3, 14, 4, "#fff") + ellipse(0, -4, 11, 2.6, "#e58a3c"),
        "bones": line([(-10, -3), (10, -3)], "#e9e2d4", 2)
        + line([(-4, -7), (-4, 1)], "#e9e2d4", 1.6)
        + line([(2, -7), (2, 1)], "#e9e2d4", 1.6)
        + polygon([(10, -3), (16, -8), (16, 2)], "#e9e2d4")
        + circle(-12, -3, 4, "#e9e2d4"),
        "food": ellipse(-5, -4, 8, 4, "#7fae5a") + ellipse(6, -4, 7, 4, "#d98b52"),
    }
    return at(
        x,
        y,
        [
            ellipse(0, 0, 20, 3.6, "#fff"),
            ellipse(0, 0.8, 20, 3.6, "#d9d2c5", opacity=0.5),
            meals.get(food, ""),
        ],
        s,
    )


def bread(x: float, y: float, s: float = 1) -> str:
    """Return a loaf of bread."""
    return at(
        x,
        y,
        [
            path("M-26 0Q-32 -20 -14 -21H16Q32 -20 27 0Z", "#c98a4b"),
            *[line([(dx, -17), (dx + 5, -8)], "#f0c78d", 2.4) for dx in (-14, -3, 8)],
        ],
        s,
    )


def cheese(x: float, y: float, s: float = 1) -> str:
    """Return a piece of cheese."""
    return at(
        x,
        y,
        [
            polygon([(-20, 0), (-20, -12), (18, -20), (20, 0)], "#f4c04e"),
            circle(-8, -6, 3, "#d99f2f"),
            circle(6, -9, 3.6, "#d99f2f"),
            circle(12, -4, 2, "#d99f2f"),
        ],
        s,
    )


def fruit(x: float, y: float, colour: str, r: float = 7) -> str:
    """Return an apple or a tomato."""
    return circle(x, y, r, colour) + path(
        f"M{number(x)} {number(y - r + 1)}q1 -4 4 -5", None, DARK_LEAF, 1.8
    )


def clock(x: float, y: float, r: float, hour: int, minute: int) -> str:
    """Return a clock on a wall."""

    def hand(turn: float, size: float, width: float) -> str:
        angle = math.tau * turn - math.tau / 4
        return line(
            [(x, y), (x + math.cos(angle) * r * size, y + math.sin(angle) * r * size)],
            INK,
            width,
        )

    ticks = "".join(
        circle(
            x + math.cos(math.tau * k / 12) * r * 0.8,
            y + math.sin(math.tau * k / 12) * r * 0.8,
            r * 0.05,
            INK,
        )
        for k in range(12)
    )
    return (
        circle(x, y, r, "#4b4f57")
        + circle(x, y, r * 0.88, "#fff")
        + ticks
        + hand((hour % 12 + minute / 60) / 12, 0.45, r * 0.1)
        + hand(minute / 60, 0.68, r * 0.07)
    )


def lamp(x: float, y: float, height: float = 150, shade: str = "#f4c04e") -> str:
    """Return a standing lamp with its light."""
    return (
        circle(x, y - height, 42, "#ffe9a8", opacity=0.35)
        + ellipse(x, y, 20, 4, "#4b4f57")
        + rect(x - 2.5, y - height, 5, height, "#4b4f57")
        + path(f"M{number(x - 14)} {number(y - height - 18)}h28l12 36h-52Z", shade)
    )


def window(x: float, y: float, w: float, h: float, sky: str = "#bfe3f2") -> str:
    """Return a window with a frame."""
    return (
        rect(x - 6, y - 6, w + 12, h + 12, "#fff", 4)
        + rect(x, y, w, h, sky)
        + rect(x + w / 2 - 2.5, y, 5, h, "#fff")
        + rect(x, y + h / 2 - 2.5, w, 5, "#fff")
        + rect(x - 10, y + h + 4, w + 20, 7, "#e6ddcf", 2)
    )


def cat(
    x: float, y: float, s: float = 1, colour: str = "#5c5a66", flip: bool = False
) -> str:
    """Return a sitting cat."""
    return at(x, y, [
        path("M14 -4q18 2 14 -22", None, colour, 5), path("M-12 0Q-16 -34 0 -36Q18 -34 16 0Z", colour), circle(-4, -40, 11, colour),
        polygon([(-14, -44), (-12, -57), (-5, -49)], colour), polygon([(-2, -49), (5, -57), (6, -44)], colour),
        circle(-8, -41, 1.6, "#f4e08a"), circle(0, -41, 1.6, "#f4e08a"), line([(-4.5, -37), (-3.5, -37)], "#e8a0a0", 2),
    ], s, flip)  # fmt: skip


def book(x: float, y: float, colour: str, s: float = 1) -> str:
    """Return an open book that somebody holds."""
    return at(
        x,
        y,
        [
            polygon([(-11, -7), (0, -5), (11, -7), (11, 6), (0, 8), (-11, 6)], colour),
            polygon(
                [(-9.5, -8), (0, -6), (9.5, -8), (9.5, 4), (0, 6), (-9.5, 4)], "#fff"
            ),
            line([(0, -6), (0, 6)], "#cfc8bc", 1),
        ],
        s,
    )


def note(x: float, y: float, s: float = 1, colour: str = "#7a4fa3") -> str:
    """Return a note of music."""
    return at(
        x,
        y,
        [
            ellipse(-5, 0, 4.6, 3.4, colour),
            ellipse(9, -3, 4.6, 3.4, colour),
            line([(-1, 0), (-1, -19), (13, -22), (13, -3)], colour, 2.4),
        ],
        s,
    )


def fan(points_: list[Point], fill: str) -> str:
    """Return a beam of light."""
    return polygon(points_, fill, opacity=0.18)
