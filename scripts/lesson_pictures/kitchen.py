"""The kitchen: soup on the stove, vegetables, a ringing phone, and a hen at the door."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, polygon, rect
from .people import SKINS, Person, person
from .things import bread, cheese, clock, fruit, plant, shadow, window


def kitchen() -> list[str]:
    """Return the picture."""
    return [*_room(), *_stove(), *_door(), *_cook(), *_cleaner(), *_table()]


def _room() -> list[str]:
    tiles = path(
        "".join(f"M{x} 150V250" for x in range(20, 520, 40)) + "M0 183H520M0 216H520",
        None,
        "#cfdcd8",
        2,
    )
    return [
        rect(0, 0, 800, 390, "#f4ecdc"), rect(0, 150, 520, 100, "#e3efec"), tiles, rect(0, 384, 800, 116, "#d3b48a"), path("M0 424H800M0 462H800", None, "#c4a275", 2),
        window(210, 34, 130, 100), path("M210 134v-20q34 -24 66 0q30 -16 64 4v16Z", "#8cc681"), plant(236, 134, 0.55),
        rect(24, 30, 150, 96, "#2f7d6b", 4), line([(99, 34), (99, 122)], "#24614f", 3), circle(90, 80, 3.5, "#f4e9d2"), circle(108, 80, 3.5, "#f4e9d2"),
        rect(0, 262, 520, 124, "#2f7d6b"), *[rect(x, 276, 92, 96, "#3a8f7b", 4) + rect(x + 34, 284, 24, 4, "#f4e9d2", 2) for x in (12, 112, 412)], rect(-6, 250, 532, 14, "#e6ddcf", 4), clock(560, 60, 26, 8, 0),
        # The alarm on the ceiling.
        ellipse(440, 12, 26, 8, "#fff"), ellipse(440, 14, 18, 5, "#e3ded6"), circle(440, 15, 2.6, "#d8352f"),
    ]  # fmt: skip


def _stove() -> list[str]:
    pot = at(
        290,
        246,
        [
            rect(-40, -44, 80, 44, "#d8594a", 8),
            rect(-50, -36, 12, 8, "#b8402f", 3),
            rect(38, -36, 12, 8, "#b8402f", 3),
            ellipse(0, -44, 40, 8, "#b8402f"),
            ellipse(0, -44, 34, 5.5, "#e58a3c"),
            circle(-14, -46, 4, "#f0b35c"),
            circle(8, -45, 5, "#f0b35c"),
            path("M38 -42q10 6 6 20M-39 -42q-8 8 -4 24", None, "#e58a3c", 5),
            path(
                "M-16 -60q-8 -10 0 -20t0 -18M6 -62q-8 -10 0 -20t0 -18M26 -58q-8 -10 0 -20",
                None,
                "#fff",
                5,
                opacity=0.85,
            ),
        ],
    )
    tap = path("M96 250v-46q0 -14 14 -14t14 14v6", None, "#9aa0a8", 7)
    return [
        rect(214, 268, 152, 118, "#e9e4da", 4), rect(230, 296, 120, 66, "#3a4048", 6), rect(240, 302, 100, 8, "#9aa0a8", 4), *[circle(x, 280, 6, "#4b4f57") for x in (240, 266, 314, 340)], rect(226, 244, 128, 6, "#3a4048", 3), pot,
        rect(76, 246, 92, 12, "#b9c4c4", 4), tap, line([(124, 212), (124, 244)], "#8fcbe0", 5, opacity=0.8), at(46, 250, [rect(-12, -30, 24, 30, "#fff", 5), rect(-9, -40, 18, 11, "#9aa0a8", 3), *[circle(dx, -35, 1.3, "#2b2a33") for dx in (-4, 0, 4)]]),
    ]  # fmt: skip


def _door() -> list[str]:
    hen = at(626, 366, [
        line([(-6, -8), (-8, 10)], "#e0a83c", 4), line([(8, -8), (8, 10)], "#e0a83c", 4), path("M-34 -36Q-38 -60 -22 -50Q-14 -36 4 -42Q10 -66 26 -60Q36 -52 28 -30Q22 -4 -2 -4Q-28 -4 -34 -36Z", "#c77b45"),
        path("M-18 -30q14 16 28 2", None, "#9d5a2e", 5), polygon([(33, -52), (44, -47), (32, -44)], "#f4c04e"), circle(25, -51, 2.6, "#2b2a33"), path("M16 -62q2 -10 7 -4q4 -8 8 0q5 -2 2 6Z", "#d8352f"), path("M30 -43q6 8 0 10Z", "#d8352f"),
    ])  # fmt: skip
    return [
        rect(566, 104, 132, 284, "#dcc9a4"),
        rect(578, 116, 108, 272, "#bfe3f2"),
        path("M578 300Q620 270 686 292V388H578Z", "#8cc681"),
        polygon([(686, 116), (742, 92), (742, 410), (686, 388)], "#b9804f"),
        circle(732, 256, 5, "#f4c04e"),
        hen,
    ]


def _cook() -> list[str]:
    man = Person(
        skin=SKINS[5],
        hair="#2b2320",
        style="short",
        beard="#2b2320",
        top="#3f7fb5",
        bottom="#39404f",
        sleeves="short",
        hands=((-25, -78), (-19, -74)),
        elbows=(-1, 1),
        look=-1,
        mood="open",
        front=(
            path("M-9 -64H9L12 -30H-12Z", "#fff"),
            path("M-6 -64V-76M6 -64V-76", None, "#fff", 2),
        ),
    )
    phone = at(
        484,
        250,
        [
            rect(-9, -26, 18, 26, "#2b2a33", 4),
            rect(-7, -23, 14, 19, "#8fcbe0", 2),
            path(
                "M14 -30q6 4 6 10M18 -38q11 7 11 18M-14 -30q-6 4 -6 10M-18 -38q-11 7 -11 18",
                None,
                "#d8594a",
                3,
            ),
        ],
    )
    return [
        shadow(196, 420, 44),
        person(196, 440, 2.35, man),
        fruit(134, 248, "#d8352f", 9),
        fruit(150, 256, "#7cc05f", 9),
        path("M122 258l-26 -10q2 -6 6 -6l24 8Z", "#f0922e"),
        phone,
    ]


def _table() -> list[str]:
    board = (
        rect(522, 378, 84, 8, "#e9bd7c", 3)
        + line([(566, 372), (588, 372)], "#c3c9cc", 6)
        + line([(590, 372), (602, 372)], "#2b2a33", 6)
    )
    return [
        rect(370, 384, 296, 13, "#c98a4b", 4), rect(388, 396, 10, 96, "#8a5a36"), rect(638, 396, 10, 96, "#8a5a36"), bread(452, 384, 1.1), board, fruit(534, 368, "#e0402f", 11), fruit(556, 368, "#e0402f", 11), cheese(622, 384, 1.1),
        at(500, 384, [path("M-9 -34h18l2 34h-22Z", "#bfe3f2", opacity=0.9), path("M-10 -18h20l1 18h-22Z", "#8fcbe0")]),
    ]  # fmt: skip


def _cleaner() -> list[str]:
    woman = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="bun",
        top="#f4c04e",
        bottom="#5a4a78",
        sleeves="short",
        lean=14,
        hands=((16, -54), (33, -55)),
        feet=((-8, -2), (8, -2)),
        mood="laugh",
    )
    return [
        shadow(326, 482, 50),
        person(318, 486, 2, woman),
        path("M376 372q16 -10 32 2q6 6 -4 10h-28q-8 -4 0 -12Z", "#e0645c"),
    ]
