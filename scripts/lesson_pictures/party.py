"""A party in the evening: they dance, talk, eat, and one opens a present."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, polygon, rect
from .people import SKINS, Person, person
from .things import fan, glass, note, plate, shadow, window


def party() -> list[str]:
    """Return the picture."""
    return [*_room(), *_table(), *_talking(), *_dancers(), *_present(), *_eating()]


def _room() -> list[str]:
    flags = [
        polygon([(x, y), (x + 30, y + d), (x + 13, y + 32)], c)
        for x, y, d, c in (
            (20, 22, 6, "#d8594a"),
            (64, 32, 5, "#f4c04e"),
            (108, 40, 3, "#2f7d6b"),
            (152, 45, 2, "#3f7fb5"),
            (196, 48, 0, "#d8594a"),
            (240, 47, -1, "#f4c04e"),
            (284, 44, -3, "#2f7d6b"),
            (328, 38, -4, "#3f7fb5"),
            (372, 30, -6, "#d8594a"),
        )
    ]
    balloons = [
        line([(x, y), (x + 4, y + 60)], "#fff", 1.5, opacity=0.6)
        + ellipse(x, y, 19, 23, c)
        + ellipse(x - 6, y - 8, 4, 6, "#fff", opacity=0.5)
        for x, y, c in (
            (748, 90, "#d8594a"),
            (716, 122, "#f4c04e"),
            (772, 140, "#5fa876"),
        )
    ]
    return [
        rect(0, 0, 800, 380, "#4a4272"), rect(0, 372, 800, 128, "#6b4a52"), path("M0 412H800M0 456H800", None, "#5d3f47", 2), window(470, 64, 150, 130, "#22284a"), circle(580, 100, 16, "#f7edc0"), *[circle(x, y, 1.8, "#fff") for x, y in ((490, 86), (516, 112), (500, 150), (600, 160), (562, 140))],
        fan([(400, 0), (250, 372), (420, 372)], "#f4c04e"), fan([(400, 0), (470, 372), (640, 372)], "#e0645c"), path("M10 20Q200 80 420 22", None, "#fff", 2, opacity=0.7), *flags, *balloons, line([(400, 0), (400, 26)], "#fff", 2, opacity=0.7), circle(400, 44, 20, "#cfd8e6"), path("M381 40h38M381 50h38M390 27v34M400 24v40M410 27v34", None, "#9aa6bd", 1.5),
        rect(20, 196, 70, 176, "#2b2a33", 6), circle(55, 240, 22, "#4b4f57"), circle(55, 240, 9, "#9aa0a8"), circle(55, 318, 28, "#4b4f57"), circle(55, 318, 11, "#9aa0a8"), note(118, 190, 1.4, "#f4c04e"), note(150, 140, 1.1, "#8fe0c8"), note(108, 120, 0.9, "#f0a0b8"),
    ]  # fmt: skip


def _table() -> list[str]:
    cake = at(
        690,
        300,
        [
            ellipse(0, 2, 50, 7, "#fff"),
            rect(-40, -30, 80, 32, "#f7e3d0", 5),
            rect(-40, -34, 80, 12, "#e0645c", 5),
            rect(-26, -56, 52, 24, "#f7e3d0", 4),
            rect(-26, -60, 52, 10, "#e0645c", 4),
            *[
                rect(dx - 2, -76, 4, 16, c) + ellipse(dx, -80, 3, 5, "#f4c04e")
                for dx, c in ((-15, "#fff"), (0, "#8fe0c8"), (15, "#fff"))
            ],
        ],
    )
    return [
        rect(590, 300, 210, 12, "#fff7e8", 4),
        path("M594 310h206v70H606Z", "#f2e6d3"),
        cake,
        glass(618, 300, "#f0922e", 1.3),
        glass(638, 300, "#8fe0c8", 1.3),
        plate(770, 300, "food", 1.1),
    ]


def _talking() -> list[str]:
    tall = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="short",
        beard="#1f1a1a",
        top="#3f7fb5",
        bottom="#2b2a44",
        hands=((-12, -46), (17, -66)),
        front=(),
        mood="laugh",
    )
    nurse = Person(
        skin=SKINS[0],
        hair="#c9873f",
        style="bob",
        top="#8fe0c8",
        bottom="#3a3f55",
        wears="dress",
        hands=((-14, -48), (18, -72)),
        mood="open",
        sleeves="short",
    )
    return [
        shadow(510, 402, 70),
        person(470, 404, 2.15, tall),
        person(548, 404, 1.8, nurse, flip=True),
        glass(507, 268, "#f0922e", 1.1),
        glass(516, 282, "#d8594a", 1),
    ]


def _dancers() -> list[str]:
    woman = Person(
        skin=SKINS[3],
        hair="#241a16",
        style="curly",
        top="#f4c04e",
        bottom="#f4c04e",
        wears="dress",
        sleeves="none",
        lean=-8,
        hands=((-22, -104), (22, -92)),
        feet=((-16, -3), (12, -12)),
        mood="laugh",
    )
    man = Person(
        skin=SKINS[4],
        hair="#6b4530",
        style="spiky",
        top="#d8594a",
        bottom="#39404f",
        lean=9,
        hands=((-24, -84), (20, -100)),
        feet=((-13, -10), (15, -2)),
        mood="laugh",
    )
    boy = Person(
        skin=SKINS[5],
        hair="#2b2320",
        style="short",
        hat="party:#8fe0c8",
        top="#7fae5a",
        bottom="#3f4a80",
        sleeves="short",
        hands=((-22, -82), (22, -82)),
        feet=((-12, -2), (12, -2)),
        mood="laugh",
    )
    return [
        shadow(170, 452, 54),
        shadow(280, 446, 54),
        person(170, 456, 1.95, woman),
        person(282, 450, 1.95, man, flip=True),
        shadow(376, 474, 38),
        person(376, 478, 1.35, boy),
    ]


def _present() -> list[str]:
    girl = Person(
        skin=SKINS[1],
        hair="#3a2a20",
        style="long",
        hat="party:#f4c04e",
        top="#7fc8e0",
        bottom="#7a4fa3",
        wears="dress",
        hands=((-2, -52), (26, -62)),
        mood="open",
    )
    box = at(
        512,
        398,
        [
            rect(-34, -36, 68, 44, "#d8594a", 3),
            rect(-6, -36, 12, 44, "#f4c04e"),
            polygon([(-38, -40), (30, -60), (34, -50), (-34, -30)], "#e98172"),
            path("M-8 -54q-16 -18 -18 -4t18 6q4 -22 16 -14t-14 14", None, "#f4c04e", 4),
        ],
    )
    return [shadow(470, 482, 50), person(462, 486, 1.7, girl), box]


def _eating() -> list[str]:
    guest = Person(
        skin=SKINS[4],
        hair="#e0b060",
        style="short",
        top="#2f7d6b",
        bottom="#4b4f63",
        glasses=True,
        hands=((14, -56), (16, -80)),
        mood="open",
    )
    cake = path("M-7 0L-5 -10L9 -7L8 2Z", "#f7e3d0") + path(
        "M-5 -10L9 -7L9 -4L-5.5 -7Z", "#e0645c"
    )
    return [
        shadow(640, 468, 50),
        plate(610, 366, "", 0.9),
        person(640, 472, 1.9, guest, flip=True),
        at(606, 320, [cake]),
    ]
