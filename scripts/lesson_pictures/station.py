"""The station: a train that leaves, one who missed it, and all the others on the platform."""

from __future__ import annotations

from .outdoors import bag, bench, suitcase
from .paper import at, circle, line, path, polygon, rect, text
from .people import SKINS, Person, person
from .things import book, clock, cup, shadow


def station() -> list[str]:
    """Return the picture."""
    return [
        *_hall(),
        *_train(),
        *_boarding(),
        *_kiosk(),
        *_waiting(),
        *_late(),
        *_missed(),
    ]


def _hall() -> list[str]:
    beams = [line([(x, 0), (x, 128)], "#7d9a92", 8) for x in (70, 300, 530, 760)]
    return [
        rect(0, 0, 800, 500, "#dcecf0"), path("M-20 60Q400 -60 820 60V0H-20Z", "#4b6a63"), path("M-20 60Q400 -60 820 60", None, "#7d9a92", 8), *beams, rect(0, 112, 800, 8, "#7d9a92"),
        rect(0, 330, 800, 24, "#6b6f78"), rect(0, 352, 800, 8, "#f4c04e"), rect(0, 360, 800, 140, "#d9d2c5"), path("M0 410H800M0 456H800", None, "#c9c0af", 2), clock(400, 84, 40, 8, 15), line([(400, 20), (400, 44)], "#4b4f57", 6),
        rect(560, 60, 150, 56, "#24385e", 5), text(592, 98, "2", 30, "#fff"), *[line([(620, y), (696, y)], "#f4c04e", 5) for y in (78, 90, 102)],
    ]  # fmt: skip


def _train() -> list[str]:
    seat = [
        circle(x, 208, 12, skin)
        + path(f"M{x - 13} 206a13 13 0 0 1 26 0Z", hair)
        + rect(x - 15, 220, 30, 20, c, 6)
        for x, skin, hair, c in (
            (40, SKINS[2], "#1f1a1a", "#f4c04e"),
            (350, SKINS[4], "#a3552d", "#5fa876"),
        )
    ]
    forgotten = at(
        434,
        238,
        [
            path("M-9 -22q0 -13 9 -13t9 13", None, "#7a2f8a", 4),
            rect(-20, -24, 40, 26, "#9a4fae", 5),
        ],
    )
    return [
        path("M-20 140H560Q680 146 730 270Q738 318 700 330H-20Z", "#2f7d6b"), path("M-20 276H731Q738 318 700 330H-20Z", "#24614f"), rect(-20, 262, 742, 9, "#f4c04e"),
        *[rect(x, 172, w, 68, "#cfe6ee", 6) for x, w in ((6, 84), (310, 84), (402, 84), (494, 60))], *seat, forgotten, *[rect(x, 234, w, 6, "#2f7d6b") for x, w in ((6, 84), (310, 84), (402, 84))], path("M576 172h40q52 10 70 68H576Z", "#cfe6ee"), circle(700, 286, 9, "#fff2c4"),
        rect(120, 160, 150, 168, "#24614f", 4), rect(128, 168, 66, 160, "#39404f"), rect(198, 168, 66, 160, "#39404f"),
    ]  # fmt: skip


def _boarding() -> list[str]:
    woman = Person(
        skin=SKINS[5],
        hair="#241a16",
        style="tail",
        top="#f4c04e",
        bottom="#3a3f55",
        hands=((-14, -50), (18, -78)),
        feet=((-12, -2), (9, -14)),
    )
    one = Person(
        skin=SKINS[0],
        hair="#8f8b85",
        style="grey",
        top="#8f6a4a",
        bottom="#4b4f57",
        hands=((-12, -46), (20, -88)),
        mood="laugh",
        feet=((-8, -2), (9, -2)),
    )
    two = Person(
        skin=SKINS[4],
        hair="#d8d3cc",
        style="bun",
        top="#7fb0c9",
        bottom="#5a4a78",
        wears="skirt",
        hands=((-13, -46), (14, -46)),
        mood="laugh",
        feet=((-7, -2), (7, -2)),
    )
    return [
        person(226, 350, 1.5, woman),
        shadow(120, 372, 70),
        suitcase(62, 374, "#d8594a", 1.25),
        person(96, 374, 1.6, one),
        person(152, 376, 1.5, two, flip=True),
    ]


def _kiosk() -> list[str]:
    lady = Person(
        skin=SKINS[1],
        hair="#6b4530",
        style="bob",
        top="#7a4fa3",
        bottom="#4b4f63",
        wears="dress",
        hands=((-14, -48), (15, -76)),
        mood="smile",
        glasses=True,
    )
    return [
        rect(706, 220, 94, 190, "#8a5a36", 4), path("M696 220h104v26a12 12 0 0 1 -26 0a13 13 0 0 1 -26 0a13 13 0 0 1 -26 0a13 13 0 0 1 -26 0Z", "#d8594a"), rect(718, 262, 82, 62, "#fff2c4"), at(758, 318, [cup(0, 0, 1.7)]), rect(702, 322, 98, 10, "#c98a4b"),
        shadow(664, 424, 44), person(660, 428, 1.75, lady, flip=True), at(634, 294, [polygon([(-7, -9), (7, -9), (5, 10), (-5, 10)], "#fff"), rect(-6, -3, 12, 6, "#b9804f")]),
    ]  # fmt: skip


def _waiting() -> list[str]:
    reader = Person(
        skin=SKINS[3],
        hair="#1f1a1a",
        style="short",
        top="#5fa876",
        bottom="#39404f",
        hip=(0, -36),
        hands=((13, -54), (17, -55)),
        feet=((22, -2), (26, -2)),
        glasses=True,
        tilt=8,
        front=(book(20, -60, "#d8594a"),),
    )
    kids = [
        Person(
            skin=SKINS[0],
            hair=hair,
            style=style,
            top=top,
            bottom="#4b5b7f",
            wears="shorts",
            sleeves="short",
            hip=(0, -46),
            hands=((12, -58), (12, -78)),
            feet=((20, -20), (24, -20)),
            mood="open",
        )
        for hair, style, top in (
            ("#c9873f", "spiky", "#3f7fb5"),
            ("#a3552d", "tail", "#e0a83c"),
        )
    ]
    bun = path("M-7 3q0 -9 7 -9t7 9Z", "#d9a055") + rect(-7, 1, 14, 3, "#7fae5a")
    return [
        bench(126, 462, 210),
        person(48, 462, 1.65, reader),
        person(130, 462, 1.3, kids[0]),
        at(147, 363, [bun]),
        person(190, 462, 1.3, kids[1]),
        at(207, 363, [bun]),
    ]


def _late() -> list[str]:
    man = Person(
        skin=SKINS[2],
        hair="#241a16",
        style="short",
        top="#4f6fa0",
        bottom="#4f6fa0",
        lean=16,
        hip=(0, -44),
        hands=((-20, -56), (20, -70)),
        elbows=(1, -1),
        feet=((-26, -18), (16, -3)),
        mood="open",
        front=(path("M-1 -78l6 0l2 15l-5 6l-3 -6Z", "#f4c04e"),),
    )
    return [
        shadow(318, 470, 50),
        bag(282, 424, "#7d4f2a", 1.3),
        person(320, 474, 1.85, man),
        *[line([(256, y), (236, y)], "#9a937f", 3) for y in (330, 352, 374)],
    ]


def _missed() -> list[str]:
    woman = Person(
        skin=SKINS[0],
        hair="#4a2f22",
        style="long",
        top="#d0332e",
        bottom="#d0332e",
        wears="dress",
        shoes="#4a2f22",
        hands=((-9, -90), (27, -98)),
        mood="sad",
        feet=((-7, -2), (8, -2)),
    )
    phone = at(476, 296, [rect(-5, -11, 10, 20, "#2b2a33", 3)])
    return [
        shadow(500, 474, 50),
        person(500, 478, 2, woman),
        phone,
        path("M470 246l-8 -12M484 240l-2 -14M500 236l6 -13", None, "#d0332e", 4),
    ]
