"""A family at the table: grandmother, parents, an uncle, children; soup, bread and juice."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, rect
from .people import SKINS, Person, person
from .things import bread, chair, glass, lamp, plant, plate, window

BROWN, LIGHT = SKINS[1], SKINS[4]


def family_dinner() -> list[str]:
    """Return the picture."""
    return [*_room(), *_behind(), *_table(), *_before()]


def _room() -> list[str]:
    frames = [
        rect(x, y, w, h, "#8a5a36", 3) + rect(x + 5, y + 5, w - 10, h - 10, "#f7efdf")
        for x, y, w, h in (
            (70, 70, 80, 62),
            (170, 84, 54, 70),
            (590, 66, 64, 78),
            (672, 84, 80, 56),
        )
    ]
    small = [
        circle(98, 100, 10, BROWN),
        circle(122, 100, 10, LIGHT),
        path("M84 127a14 14 0 0 1 28 0ZM108 127a14 14 0 0 1 28 0Z", "#2f7d6b"),
        circle(197, 112, 9, SKINS[5]),
        path("M180 149q17 -30 34 0Z", "#d8594a"),
        path("M600 138l22 -40l26 40Z", "#7fae8a"),
        circle(640, 88, 7, "#f4c04e"),
        path("M680 134q30 -34 64 0Z", "#6aa9c9"),
    ]
    return [rect(0, 0, 800, 500, "#f0dcc0"), rect(0, 380, 800, 120, "#c99c6c"), *frames, *small, window(300, 56, 200, 130, "#2f3f66"), circle(460, 92, 15, "#f7edc0"), *[circle(x, y, 1.6, "#fff") for x, y in ((330, 80), (350, 120), (420, 74), (374, 90))], lamp(752, 400, 210), plant(46, 404, 1.3),
        line([(400, 0), (400, 34)], "#4b4f57", 3), path("M356 62a44 40 0 0 1 88 0Z", "#d8594a"), circle(400, 66, 10, "#fff2c4")]  # fmt: skip


def _behind() -> list[str]:
    father = Person(
        skin=BROWN,
        hair="#2b2320",
        style="short",
        beard="#2b2320",
        top="#3f7fb5",
        legs=False,
        hands=((-14, -46), (22, -66)),
        mood="laugh",
    )
    mother = Person(
        skin=LIGHT,
        hair="#a3552d",
        style="long",
        top="#2f7d6b",
        legs=False,
        hands=((12, -54), (13, -72)),
        mood="smile",
    )
    girl = Person(
        skin=SKINS[0],
        hair="#6b4530",
        style="tail",
        top="#f4c04e",
        legs=False,
        hands=((12, -50), (14, -60)),
        mood="laugh",
    )
    boy = Person(
        skin=BROWN,
        hair="#3a2a20",
        style="spiky",
        top="#e0645c",
        legs=False,
        hands=((-10, -50), (10, -76)),
        front=(glass(9, -74, "#f0922e", 0.9),),
    )
    return [
        person(570, 404, 1.45, boy, flip=True),
        person(486, 400, 2.05, father, flip=True),
        person(286, 400, 2, mother),
        person(388, 402, 1.6, girl),
    ]


def _table() -> list[str]:
    return [
        rect(140, 342, 520, 18, "#fff7e8", 5), path("M140 350h520l-14 44q-36 12 -66 0q-40 12 -76 0q-40 12 -80 0q-40 12 -80 0q-40 12 -76 0q-38 12 -66 -6q-16 12 -28 6Z", "#fff7e8"), path("M148 372H652", None, "#d8594a", 3, opacity=0.6),
        rect(170, 396, 10, 92, "#8a5a36"), rect(620, 396, 10, 92, "#8a5a36"),
        at(400, 342, [ellipse(0, -2, 44, 6, "#4b4f57"), path("M-42 -34H42Q40 0 26 0H-26Q-40 0 -42 -34Z", "#d8594a"), ellipse(0, -34, 42, 9, "#b8402f"), ellipse(0, -33, 36, 6, "#e58a3c"), path("M-16 -48q-5 -8 0 -14t0 -12M4 -50q-5 -8 0 -14t0 -12", None, "#fff", 3, opacity=0.8), line([(22, -36), (46, -62)], "#9aa0a8", 5)]),
        plate(310, 344, "soup", 1.3), plate(480, 344, "soup", 1.3), plate(222, 344, "soup", 1.3), plate(580, 344, "soup", 1.3), bread(534, 341, 0.9), glass(442, 344, "#f0922e", 1.3), glass(346, 344, "#f0922e", 1.2), glass(262, 344, s=1.3),
    ]  # fmt: skip


def _before() -> list[str]:
    grandmother = Person(
        skin=SKINS[1],
        hair="#e3ded6",
        style="bun",
        top="#7a4fa3",
        bottom="#4d3a63",
        wears="skirt",
        hip=(0, -38),
        hands=((16, -58), (25, -60)),
        feet=((20, -2), (26, -2)),
        glasses=True,
    )
    aunt = Person(
        skin=SKINS[5],
        hair="#241a16",
        style="long",
        top="#d8594a",
        bottom="#39404f",
        hip=(0, -38),
        hands=((15, -58), (19, -84)),
        feet=((20, -2), (26, -2)),
        mood="open",
        front=(
            line([(19, -84), (12, -91)], "#9aa0a8", 2),
            ellipse(10, -92, 3, 2, "#9aa0a8"),
        ),
    )
    return [
        chair(128, 484, 1.75), person(132, 484, 1.95, grandmother), chair(672, 484, 1.75, True), person(668, 484, 1.95, aunt, flip=True),
    ]  # fmt: skip
