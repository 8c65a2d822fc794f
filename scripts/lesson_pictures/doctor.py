"""At the doctor's: a hurt arm, a hurting back, a fever, and what the doctor says."""

from __future__ import annotations

from .paper import at, circle, ellipse, line, path, rect
from .people import SKINS, Person, person
from .things import chair, glass, plant, shadow, window


def doctor() -> list[str]:
    """Return the picture."""
    return [*_room(), *_fever(), *_doctor_and_arm(), *_back()]


def _room() -> list[str]:
    return [
        rect(0, 0, 800, 380, "#e3efec"), rect(0, 366, 800, 134, "#c9d3cf"), rect(0, 358, 800, 9, "#fff"), window(560, 56, 120, 120), path("M560 176v-26q30 -22 62 0q28 -16 58 6v20Z", "#8cc681"),
        rect(300, 50, 120, 150, "#fff", 4), circle(360, 78, 14, "#f0c39d"), path("M346 96h28l5 44h-9l-2 44h-16l-2 -44h-9Z", "#f0c39d"), path("M360 98v38M352 104h16M352 112h16M353 120h14", None, "#d8594a", 2),
        rect(450, 66, 70, 92, "#fff", 3), *[rect(485 - w / 2, y, w, h, "#2b2a33") for w, y, h in ((30, 78, 14), (36, 98, 9), (40, 113, 6), (42, 125, 4), (44, 135, 3))],
        at(738, 108, [rect(-28, -28, 56, 56, "#fff", 8), rect(-7, -20, 14, 40, "#d8594a", 2), rect(-20, -7, 40, 14, "#d8594a", 2)]), plant(764, 382, 1.3, "#2f7d6b"),
    ]  # fmt: skip


def _fever() -> list[str]:
    """Somebody in bed with a thermometer and an aching head; water beside them."""
    ill = [
        circle(0, 0, 24, SKINS[4]), path("M-25 2C-28 -32 26 -34 25 -4C14 -8 6 -14 2 -17C-6 -9 -16 -7 -19 -6Z", "#8a5535"), path("M-10 0q4 3 8 0M6 0q4 3 8 0", None, "#2b2a33", 2.4),
        circle(15, 9, 6, "#e8674a", opacity=0.5), circle(-9, 9, 6, "#e8674a", opacity=0.5), path("M-2 13q5 -3 9 0", None, "#2b2a33", 2.4), line([(6, 13), (30, 6)], "#fff", 5), line([(22, 8.5), (30, 6)], "#d8352f", 3), rect(-22, -17, 42, 12, "#9fd0e6", 6),
    ]  # fmt: skip
    return [
        rect(22, 218, 14, 190, "#b9804f", 4), rect(262, 300, 12, 108, "#b9804f", 4), rect(30, 330, 238, 48, "#fff", 8), rect(40, 288, 90, 50, "#fff", 18), rect(40, 288, 90, 50, "#dfe9ee", 18, opacity=0.7),
        at(86, 290, ill), path("M70 322Q120 298 190 306T270 322V372H62Z", "#6aa9c9"), path("M70 322Q120 298 190 306T270 322V340Q180 322 66 344Z", "#8fc2da"), line([(128, 322), (102, 296), (92, 272)], "#6aa9c9", 13), circle(92, 268, 7, SKINS[4]),
        rect(284, 330, 52, 78, "#d9a873", 3), rect(290, 340, 40, 26, "#b9804f", 2), glass(298, 330, s=1.3), at(320, 330, [rect(-8, -22, 16, 22, "#e0a83c", 3), rect(-9, -27, 18, 6, "#fff", 2)]),
    ]  # fmt: skip


def _doctor_and_arm() -> list[str]:
    speaker = Person(
        skin=SKINS[1],
        hair="#2b2320",
        style="long",
        top="#ffffff",
        bottom="#3f7fb5",
        glasses=True,
        hands=((10, -52), (30, -78)),
        mood="open",
        front=(
            path("M-5 -76Q-7 -58 1 -56Q8 -58 6 -76", None, "#4b4f57", 2.2),
            circle(1, -54, 3, "#9aa0a8"),
            path("M-8 -50h16l3 24h-22Z", "#ffffff"),
        ),
    )
    sling = path("M-10 -66L9 -44L24 -60L16 -48Q8 -38 -4 -42Z", "#f4f0e4")
    hurt = Person(
        skin=SKINS[0],
        hair="#c9873f",
        style="short",
        top="#f4c04e",
        bottom="#4b5b7f",
        wears="shorts",
        sleeves="short",
        hip=(0, -38),
        hands=((16, -50), (22, -52)),
        feet=((20, -2), (26, -2)),
        mood="sad",
        front=(sling,),
    )
    note = at(
        372,
        292,
        [
            rect(-18, -24, 36, 48, "#b9804f", 3),
            rect(-14, -19, 28, 40, "#fff"),
            *[line([(-9, y), (9, y)], "#b9b2a6", 2) for y in (-10, -2, 6)],
        ],
    )
    return [
        shadow(410, 452, 50), person(408, 456, 2, speaker), note, shadow(552, 456, 80), chair(576, 456, 1.7, True, "#7d868f"), person(570, 456, 1.85, hurt, flip=True),
        at(506, 440, [path("M-26 4C-28 -26 26 -28 26 0L30 5H-26Z", "#d8594a"), line([(-12, -16), (-8, 0)], "#fff", 4), line([(8, -18), (10, -2)], "#fff", 4), path("M-18 5q10 10 20 10", None, "#2b2a33", 2.5)]),
        rect(578, 402, 14, 8, "#fff", 3),
    ]  # fmt: skip


def _back() -> list[str]:
    pain = [
        path(d, None, "#d8352f", 4)
        for d in ("M654 300l-12 -8", "M650 318l-15 0", "M654 336l-12 8")
    ]
    aching = Person(
        skin=SKINS[3],
        hair="#d8d3cc",
        style="curly",
        top="#7a4fa3",
        bottom="#3a3f55",
        wears="skirt",
        lean=26,
        hip=(0, -45),
        hands=((-12, -48), (18, -46)),
        elbows=(1, -1),
        feet=((-6, -2), (6, -2)),
        mood="sad",
        tilt=6,
    )
    return [
        shadow(690, 462, 54),
        line([(728, 376), (732, 464)], "#8a5a36", 5),
        *pain,
        person(686, 466, 1.9, aching),
        ellipse(728, 376, 8, 4, "#8a5a36"),
    ]
