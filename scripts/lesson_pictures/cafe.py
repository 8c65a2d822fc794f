"""The café: guests at their tables, a waiter, cakes on the counter."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, rect, text
from .people import SKINS, Person, person
from .things import bread, chair, cup, glass, plant, plate, round_table, shadow, window


def cafe() -> list[str]:
    """Return the picture."""
    return [*_room(), *_counter(), *_reading(), *_friends(), *_big_coffee()]


def _room() -> list[str]:
    tiles = [
        rect(x, 392, 80, 108, "#d9b98c" if (x // 80) % 2 else "#e3c79d")
        for x in range(0, 800, 80)
    ]
    return [
        rect(0, 0, 800, 400, "#f3e6d0"), rect(0, 300, 800, 96, "#5d8b77"), rect(0, 296, 800, 7, "#4a7563"), *tiles,
        window(44, 70, 190, 150), path("M44 220q40 -46 90 -24q50 -34 100 4v20Z", "#8cc681", opacity=0.9), plant(60, 300, 0.9),
        *[line([(x, 0), (x, 54)], "#4b4f57", 3) + path(f"M{x - 26} 84a26 30 0 0 1 52 0Z", "#e0a83c") + circle(x, 88, 9, "#fff2c4") for x in (318, 470)],
        rect(272, 150, 74, 92, "#fff", 3), rect(280, 158, 58, 76, "#e8b99a"), circle(309, 190, 16, "#d8594a"), path("M286 234q23 -34 46 0Z", "#2f7d6b"), rect(402, 160, 100, 8, "#8a5a36", 3), plant(424, 160, 0.6), *[rect(446 + k * 13, 134, 10, 26, c, 2) for k, c in enumerate(("#d8594a", "#f4c04e", "#2f7d6b"))],
        rect(560, 40, 180, 110, "#2f3f3a", 6), text(650, 76, "CAFÉ", 26, "#f4e9d2"), line([(590, 100), (710, 100)], "#f4e9d2", 3, opacity=0.5), line([(590, 118), (680, 118)], "#f4e9d2", 3, opacity=0.5), line([(590, 134), (696, 134)], "#f4e9d2", 3, opacity=0.5),
    ]  # fmt: skip


def _counter() -> list[str]:
    waiter = Person(
        skin=SKINS[1],
        hair="#2b2320",
        style="bun",
        top="#ffffff",
        bottom="#2b2a33",
        hands=((-14, -50), (22, -72)),
        sleeves="short",
        legs=False,
        front=(path("M-8 -60H8L10 -38H-10Z", "#2f7d6b"),),
    )
    cake = at(
        700,
        250,
        [
            rect(-28, -24, 56, 24, "#8a4b38", 4),
            rect(-28, -30, 56, 10, "#f7e3d0", 4),
            *[circle(dx, -32, 4, "#c9513f") for dx in (-18, 0, 18)],
            ellipse(0, 2, 38, 4, "#fff"),
        ],
    )
    return [
        person(604, 330, 1.75, waiter), ellipse(643, 200, 26, 4, "#9aa0a8"), cup(634, 199, 0.9), glass(654, 199, "#f0a63c", 0.8),
        rect(560, 250, 240, 146, "#a06a3c"), rect(548, 242, 252, 14, "#c98a4b", 4), *[rect(574 + k * 58, 272, 46, 108, "#8a5a36", 4, opacity=0.55) for k in range(4)],
        cake, bread(762, 242, 0.9), plate(586, 240, "cake"),
    ]  # fmt: skip


def _reading() -> list[str]:
    man = Person(
        skin=SKINS[4],
        hair="#8f8b85",
        style="grey",
        top="#4f6fa0",
        bottom="#3a4048",
        hip=(0, -38),
        hands=((17, -66), (22, -98)),
        feet=((20, -2), (26, -2)),
        glasses=True,
        mood="open",
    )
    menu = at(
        143,
        258,
        [
            rect(-15, -20, 30, 40, "#c9513f", 3),
            rect(-11, -15, 22, 30, "#fff7e8"),
            line([(-7, -8), (7, -8)], "#8a5a36", 2),
            line([(-7, 0), (7, 0)], "#8a5a36", 2),
        ],
    )
    return [
        shadow(120, 424, 90),
        chair(100, 424, 1.55),
        person(104, 424, 1.7, man),
        round_table(176, 430, 96, 92),
        glass(196, 338),
        menu,
    ]


def _friends() -> list[str]:
    woman = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="long",
        top="#e0645c",
        bottom="#3f4a63",
        hip=(0, -38),
        hands=((14, -54), (24, -54)),
        feet=((20, -2), (26, -2)),
        mood="laugh",
    )
    tired = Person(
        skin=SKINS[0],
        hair="#a3552d",
        style="spiky",
        top="#6f8f5a",
        bottom="#4b4f63",
        hip=(0, -38),
        hands=((16, -50), (14, -76)),
        feet=((20, -2), (26, -2)),
        mood="tired",
        tilt=8,
    )
    sugar = at(
        424,
        350,
        [path("M-9 -16H9L7 0H-7Z", "#fff"), rect(-11, -20, 22, 5, "#9aa0a8", 2)],
    )
    return [
        shadow(400, 442, 130), chair(306, 442, 1.55), chair(504, 442, 1.55, True), person(310, 442, 1.7, woman), person(500, 442, 1.7, tired, flip=True),
        round_table(404, 448, 126, 98), cup(364, 349, 1.1, "#f4c04e"), plate(392, 350, "cake", 0.95), sugar, glass(446, 350),
    ]  # fmt: skip


def _big_coffee() -> list[str]:
    man = Person(
        skin=SKINS[3],
        hair="#241a16",
        style="curly",
        top="#7a4fa3",
        bottom="#39404f",
        hip=(0, -38),
        hands=((15, -54), (22, -60)),
        feet=((20, -2), (26, -2)),
        beard="#241a16",
    )
    return [
        shadow(680, 462, 90),
        chair(740, 466, 1.6, True),
        person(736, 466, 1.8, man, flip=True),
        round_table(656, 474, 100, 96),
        cup(664, 376, 2.1, "#2f7d6b"),
        plate(628, 378, "", 0.7),
    ]
