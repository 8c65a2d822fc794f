"""The classroom: a teacher at the board, pupils who listen, draw, sleep, whisper and eat."""

from __future__ import annotations

from .outdoors import sun
from .paper import at, circle, line, path, polygon, rect, text
from .people import SKINS, Person, person
from .things import clock, plant, shadow, window


def classroom() -> list[str]:
    """Return the picture."""
    return [*_room(), *_teacher(), *_back_row(), *_front_row()]


def _room() -> list[str]:
    return [
        rect(0, 0, 800, 380, "#f2ead8"), rect(0, 360, 800, 140, "#cfae80"), path("M0 400H800M0 446H800", None, "#bf9c6d", 2), rect(0, 352, 800, 9, "#e3d6ba"),
        window(40, 60, 130, 150), sun(112, 112, 22), path("M40 210v-36q36 -24 68 0q30 -20 62 4v32Z", "#8cc681"), plant(62, 212, 0.7),
        rect(226, 52, 330, 170, "#8a5a36", 5), rect(234, 60, 314, 154, "#2f5f50"), text(330, 110, "2 + 3 = 5", 28, "#f2f0ea"),
        *[circle(x, 168, r, "none", stroke="#f2f0ea", stroke_width=3) for x, r in ((286, 20),)], polygon([(330, 188), (352, 148), (374, 188)], "none", stroke="#f2f0ea", stroke_width=3), rect(394, 150, 38, 38, "none", 0, stroke="#f4c04e", stroke_width=3),
        rect(226, 222, 330, 8, "#b9804f"), clock(604, 90, 26, 10, 40),
        # The door, open, with the corridor behind it.
        rect(664, 84, 116, 280, "#dcc9a4"), rect(676, 96, 92, 268, "#a9c7c9"), polygon([(768, 96), (796, 76), (796, 392), (768, 364)], "#b9804f"), circle(790, 240, 4, "#f4c04e"),
    ]  # fmt: skip


def _teacher() -> list[str]:
    teacher = Person(
        skin=SKINS[3],
        hair="#241a16",
        style="bun",
        top="#d2694a",
        bottom="#3a3f55",
        wears="skirt",
        hands=((-15, -48), (27, -92)),
        glasses=True,
        feet=((-6, -2), (6, -2)),
    )
    return [
        shadow(470, 372, 44),
        person(466, 374, 1.9, teacher, flip=True),
        line([(416, 200), (404, 186)], "#fff", 4),
    ]


def _desk(x: float, y: float, width: float = 150) -> str:
    return (
        rect(x - width / 2 + 8, y - 60, 6, 60, "#7d868f")
        + rect(x + width / 2 - 14, y - 60, 6, 60, "#7d868f")
        + rect(x - width / 2, y - 68, width, 11, "#e0b87f", 3)
    )


def _back_row() -> list[str]:
    one = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="short",
        top="#3f7fb5",
        hip=(0, -32),
        hands=((14, -40), (15, -56)),
        legs=False,
        mood="laugh",
    )
    two = Person(
        skin=SKINS[0],
        hair="#c9873f",
        style="spiky",
        top="#f4c04e",
        hip=(0, -32),
        hands=((12, -40), (16, -44)),
        legs=False,
        mood="laugh",
    )
    candy = [
        circle(x, y, 4, c)
        + path(f"M{x - 8} {y - 3}l4 3l-4 3ZM{x + 8} {y - 3}l-4 3l4 3Z", c)
        for x, y, c in (
            (124, 330, "#d8594a"),
            (140, 334, "#7a4fa3"),
            (152, 329, "#2f7d6b"),
        )
    ]
    talk = Person(
        skin=SKINS[1],
        hair="#3a2a20",
        style="long",
        top="#7a4fa3",
        hip=(0, -32),
        hands=((12, -42), (20, -60)),
        legs=False,
        mood="open",
    )
    friend = Person(
        skin=SKINS[4],
        hair="#a3552d",
        style="tail",
        top="#5fa876",
        hip=(0, -32),
        hands=((12, -42), (12, -88)),
        legs=False,
        mood="laugh",
    )
    return [
        person(96, 392, 1.5, one), person(184, 392, 1.5, two, flip=True), _desk(140, 404, 170), *candy,
        person(594, 392, 1.5, talk), person(690, 392, 1.5, friend, flip=True), _desk(640, 404, 170), rect(620, 326, 34, 9, "#d8594a", 2),
    ]  # fmt: skip


def _front_row() -> list[str]:
    sleeper = Person(
        skin=SKINS[5],
        hair="#2b2320",
        style="curly",
        top="#2f7d6b",
        hip=(0, -30),
        lean=34,
        hands=((20, -36), (36, -40)),
        legs=False,
        mood="asleep",
        tilt=38,
    )
    drawer = Person(
        skin=SKINS[3],
        hair="#1f1a1a",
        style="scarf",
        top="#e0645c",
        hip=(0, -30),
        lean=8,
        hands=((14, -40), (20, -40)),
        legs=False,
        tilt=8,
    )
    hand_up = Person(
        skin=SKINS[4],
        hair="#e0b060",
        style="bob",
        top="#4f6fa0",
        hip=(0, -30),
        hands=((14, -40), (12, -116)),
        legs=False,
        glasses=True,
    )
    drawing = at(
        448,
        394,
        [
            polygon([(-28, 8), (-20, -6), (28, -6), (24, 8)], "#fff"),
            circle(-6, 0, 5, "#f4c04e"),
            path("M4 5l6 -9l8 9Z", "#d8594a"),
        ],
    )
    z = [
        text(x, y, "z", size, "#56605b")
        for x, y, size in ((286, 328, 16), (300, 312, 20), (318, 294, 26))
    ]
    return [
        person(216, 478, 1.75, sleeper), *z, _desk(260, 494, 190), at(210, 420, [rect(-14, -3, 28, 6, "#3f7fb5", 2), rect(-12, -8, 24, 6, "#f4c04e", 2)]),
        person(400, 478, 1.75, drawer), _desk(450, 494, 180), drawing, line([(436, 406), (446, 390)], "#d8594a", 3),
        person(610, 478, 1.75, hand_up), _desk(650, 494, 180), at(676, 420, [polygon([(-24, 6), (-18, -6), (24, -6), (20, 6)], "#fff"), line([(-8, -1), (14, -1)], "#b9b2a6", 2)]),
    ]  # fmt: skip
