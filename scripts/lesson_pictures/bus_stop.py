"""The bus stop: a tired woman by an empty bench, a man in a hurry, a man with a map."""

from __future__ import annotations

from .outdoors import bag, bench, cloud, tree
from .paper import at, circle, line, path, polygon, rect, text
from .people import SKINS, Person, person
from .things import shadow


def bus_stop() -> list[str]:
    """Return the picture."""
    return [*_street(), *_bus(), *_shelter(), *_people()]


def _street() -> list[str]:
    houses = [
        rect(x, y, w, 260 - y, c)
        + "".join(
            rect(wx, wy, 20, 26, "#fff", 3, opacity=0.65)
            for wx in range(x + 14, x + w - 26, 36)
            for wy in range(y + 16, 210, 44)
        )
        for x, y, w, c in (
            (0, 80, 120, "#e7c39d"),
            (126, 50, 130, "#cfd8d2"),
            (262, 90, 120, "#f0d9ad"),
            (640, 60, 160, "#dcb9a0"),
        )
    ]
    return [
        rect(0, 0, 800, 500, "#d6ecf3"), cloud(430, 50), cloud(560, 92, 0.6), *houses, tree(420, 266, 1, "#5fa876"), tree(600, 266, 1.1, "#5fa876"),
        rect(0, 256, 800, 120, "#8d8f96"), *[rect(x, 312, 56, 6, "#fff", 2) for x in range(20, 800, 120)], rect(0, 372, 800, 10, "#b9b2a6"), rect(0, 380, 800, 120, "#ded5c4"),
    ]  # fmt: skip


def _bus() -> list[str]:
    driver = [
        circle(0, 0, 13, SKINS[3]),
        path("M-14 -3a14 14 0 0 1 28 0l-3 -2h-22Z", "#241a16"),
        rect(-14, 12, 28, 20, "#2f5fa8", 6),
    ]
    riders = [
        circle(x, 236, 11, skin) + path(f"M{x - 12} 234a12 12 0 0 1 24 0Z", hair)
        for x, skin, hair in ((620, SKINS[0], "#6b4530"), (672, SKINS[2], "#1f1a1a"))
    ]
    return [
        rect(516, 176, 300, 158, "#d8594a", 16), rect(516, 286, 300, 12, "#b8402f"), rect(590, 196, 210, 62, "#d8eef5", 6), *riders, rect(590, 250, 210, 8, "#d8eef5"),
        rect(526, 206, 52, 76, "#d8eef5", 8), at(552, 246, driver), rect(526, 262, 52, 20, "#d8594a"), line([(644, 196), (644, 258)], "#d8594a", 6), line([(700, 196), (700, 258)], "#d8594a", 6), line([(756, 196), (756, 258)], "#d8594a", 6),
        rect(524, 182, 130, 20, "#2b2a33", 4), text(548, 198, "7", 16, "#f4c04e"), path("M574 194q7 -8 14 0t14 0t14 0t14 0", None, "#f4c04e", 3), circle(532, 304, 8, "#fff2c4"),
        circle(590, 336, 25, "#2b2a33"), circle(590, 336, 11, "#cfc8bc"), circle(752, 336, 25, "#2b2a33"), circle(752, 336, 11, "#cfc8bc"),
    ]  # fmt: skip


def _shelter() -> list[str]:
    waves = path("M-10 3q3 -3 5 0t5 0t5 0t5 0", None, "#fff", 2)
    return [
        rect(56, 168, 8, 240, "#4b5f5a"), rect(268, 168, 8, 240, "#4b5f5a"), rect(60, 186, 212, 150, "#bfe3f2", 0, opacity=0.45), path("M40 168Q166 148 292 168V180H40Z", "#2f7d6b"),
        rect(76, 200, 56, 84, "#fff", 3), rect(82, 206, 44, 14, "#2f7d6b"), *[line([(86, y), (122, y)], "#b9b2a6", 3) for y in range(232, 280, 9)],
        bench(128, 412, 120), rect(386, 150, 7, 260, "#4b5f5a"), circle(389.5, 142, 30, "#2f7d6b"), circle(389.5, 142, 25, "#f4c04e"), at(389.5, 142, [rect(-14, -10, 28, 18, "#2b2a33", 4), rect(-10, -6, 8, 6, "#f4c04e"), rect(2, -6, 8, 6, "#f4c04e"), circle(-8, 9, 3.4, "#2b2a33"), circle(8, 9, 3.4, "#2b2a33")]),
        at(389.5, 190, [rect(-26, -10, 52, 22, "#3f7fb5", 4), waves]),
    ]  # fmt: skip


def _people() -> list[str]:
    tired = Person(
        skin=SKINS[4],
        hair="#8a5535",
        style="bun",
        top="#6f8fb5",
        bottom="#4b4f63",
        hands=((-14, -48), (10, -88)),
        mood="asleep",
        tilt=12,
        lean=4,
    )
    swimmer = Person(
        skin=SKINS[2],
        hair="#241a16",
        style="tail",
        top="#f4c04e",
        bottom="#2f7d6b",
        sleeves="short",
        hands=((-13, -46), (14, -45)),
        mood="laugh",
    )
    map_ = at(
        20,
        -66,
        [
            polygon(
                [
                    (-14, -10),
                    (-5, -13),
                    (5, -10),
                    (14, -13),
                    (14, 9),
                    (5, 12),
                    (-5, 9),
                    (-14, 12),
                ],
                "#fffaf0",
            ),
            path("M-11 4l6 -8l8 5l8 -9", None, "#d8594a", 2),
            circle(8, -6, 2, "#3f7fb5"),
        ],
    )
    lost = Person(
        skin=SKINS[0],
        hair="#c9873f",
        style="short",
        beard="#c9873f",
        top="#5fa876",
        bottom="#8a7a5f",
        wears="shorts",
        sleeves="short",
        hands=((10, -62), (30, -62)),
        mood="open",
        extra=(rect(-20, -76, 12, 30, "#7d4f2a", 5),),
        front=(map_,),
    )
    hurry = Person(
        skin=SKINS[3],
        hair="#1f1a1a",
        style="short",
        top="#39404f",
        bottom="#39404f",
        lean=15,
        hip=(0, -44),
        hands=((-19, -54), (15, -76)),
        feet=((-26, -16), (17, -3)),
        mood="open",
        glasses=True,
        front=(path("M-2 -78l6 0l1 16l-5 6l-3 -6Z", "#d8594a"),),
    )
    return [
        shadow(212, 452, 44), person(212, 456, 1.85, tired),
        shadow(322, 470, 46), bag(352, 440, "#3f7fb5", 1.5), path("M340 412q14 -12 26 -2l-4 -14q-12 -6 -22 2Z", "#fff"), person(324, 474, 1.9, swimmer, flip=False),
        shadow(470, 456, 46), person(454, 460, 1.9, lost),
        shadow(680, 464, 60), person(690, 462, 1.9, hurry, flip=True), at(628, 420, [rect(0, 0, 36, 26, "#7d4f2a", 4), path("M12 0q0 -8 6 -8t6 8", None, "#7d4f2a", 3)]),
        circle(660.5, 316, 5, "#f4c04e"),
    ]  # fmt: skip
