"""A living room after an hour alone with a cat: table, sofa, lamp, window, and a mess."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, polygon, rect
from .things import WOOD, cat, chair, lamp, plant, plate, window


def living_room() -> list[str]:
    """Return the picture."""
    return [*_room(), *_table(), *_sofa(), *_floor()]


def _room() -> list[str]:
    shelf = [
        rect(24, 120, 120, 262, "#b9804f", 4),
        *[rect(32, y, 104, 54, "#8a5a36") for y in (130, 194, 258, 322)],
    ]
    books = [
        rect(x, y - h, 11, h, c, 1)
        for x, y, h, c in (
            (36, 184, 44, "#d8594a"),
            (49, 184, 38, "#2f7d6b"),
            (62, 184, 46, "#f4c04e"),
            (75, 184, 40, "#7a4fa3"),
            (36, 248, 40, "#3f7fb5"),
            (49, 248, 46, "#e0a83c"),
            (36, 312, 38, "#5fa876"),
        )
    ]
    picture = [
        rect(556, 70, 150, 104, "#8a5a36", 4),
        rect(564, 78, 134, 88, "#f7efdf"),
        circle(668, 100, 12, "#f4c04e"),
        path("M564 166v-26q30 -34 60 -6q30 -26 74 10v22Z", "#7fae8a"),
        path("M564 152q60 -16 134 4v10H564Z", "#6aa9c9"),
    ]
    return [
        rect(0, 0, 800, 372, "#e9dfc9"), rect(0, 372, 800, 128, "#c99c6c"), path("M0 414H800M0 456H800", None, "#b98c5d", 2), rect(0, 364, 800, 9, "#f7efdf"), *shelf, *books, at(100, 248, [circle(0, -12, 12, "#6aa9c9"), path("M-9 -16q8 -6 18 0q-6 8 -18 8Z", "#7cc05f"), rect(-6, -2, 12, 3, "#4b4f57")]), plant(92, 122, 0.8),
        window(214, 58, 210, 170), path("M214 228v-40q50 -40 110 -8q50 -30 100 6v42Z", "#8cc681"), path("M200 50q34 90 -6 190h-16V50ZM438 50q-34 90 6 190h16V50Z", "#d8594a", opacity=0.85), line([(176, 50), (462, 50)], "#8a5a36", 6), *picture,
        ellipse(452, 448, 250, 38, "#7a4fa3", opacity=0.85), ellipse(452, 448, 214, 30, "none", stroke="#f4c04e", stroke_width=4),
    ]  # fmt: skip


def _table() -> list[str]:
    return [
        circle(326, 402, 13, "#f4c04e"), path("M314 398q12 8 24 2M318 410q8 -2 12 -20", None, "#d8594a", 3),
        lamp(196, 388, 190), chair(232, 412, 1.6), chair(416, 412, 1.6, True),
        rect(252, 326, 144, 12, WOOD, 4), rect(264, 338, 9, 78, "#8a5a36"), rect(376, 338, 9, 78, "#8a5a36"), plate(300, 326, "bones", 1.4), at(360, 326, [polygon([(-24, 0), (-20, -6), (0, -3), (20, -6), (24, 0)], "#2f7d6b"), polygon([(-21, -2), (-18, -9), (0, -5), (18, -9), (21, -2)], "#fff")]),
    ]  # fmt: skip


def _sofa() -> list[str]:
    scratches = path("M730 300l-8 40M742 300l-6 44M754 302l-4 38", None, "#fff7e8", 3)
    stuffing = [
        circle(x, y, r, "#fff7e8")
        for x, y, r in (
            (700, 346, 9),
            (712, 352, 11),
            (726, 346, 8),
            (744, 414, 7),
            (762, 420, 9),
        )
    ]
    return [
        rect(512, 392, 14, 22, "#8a5a36"), rect(756, 392, 14, 22, "#8a5a36"), rect(510, 258, 262, 110, "#2f7d6b", 22), rect(520, 334, 122, 50, "#3a8f7b", 12), rect(642, 334, 122, 50, "#3a8f7b", 12), rect(486, 300, 48, 100, "#2a7060", 18), rect(748, 300, 44, 100, "#2a7060", 18), rect(500, 380, 280, 20, "#24614f", 8), scratches, *stuffing,
        at(584, 318, [rect(-26, -26, 52, 50, "#f4c04e", 10)]), cat(668, 338, 1.35),
    ]  # fmt: skip


def _floor() -> list[str]:
    book = [
        polygon([(-30, 0), (-22, -14), (0, -6), (22, -14), (30, 0), (0, 7)], "#d8594a"),
        polygon([(-26, -2), (-19, -16), (0, -8), (19, -16), (26, -2), (0, 4)], "#fff"),
        line([(0, -8), (0, 4)], "#cfc8bc", 2),
    ]
    shards = [
        polygon([(x, y), (x + 9, y - 12), (x + 15, y + 2)], "#fff", opacity=0.85)
        for x, y in ((330, 468), (352, 474), (372, 462))
    ]
    return [
        ellipse(356, 470, 40, 8, "#8fcbe0", opacity=0.9), *shards, at(318, 464, [path("M-12 -10L12 -14L14 4L-10 6Z", "#fff", opacity=0.9), ellipse(-11, -2, 4, 8, "#cfe8f2")]),
        at(120, 446, book, 1.1), at(206, 470, [rect(-30, -9, 60, 9, "#f4c04e", 2), rect(-27, -7, 54, 5, "#fff"), ]), at(158, 406, book, 0.8),
        circle(520, 462, 13, "#e0645c"), path("M510 454q10 8 20 2M508 464q12 6 24 0M534 462q22 18 40 2t40 6t20 -8", None, "#e0645c", 2.5),
    ]  # fmt: skip
