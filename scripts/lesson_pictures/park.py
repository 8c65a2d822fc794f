"""The park: a picnic, a boy with his dog, walkers, a reader, a child that runs."""

from __future__ import annotations

from .outdoors import bench, bush, cloud, dog, sun, tree
from .paper import circle, ellipse, line, path, polygon, rect
from .people import SKINS, Person, person
from .things import LEAF, book, fruit, shadow


def park() -> list[str]:
    """Return the picture."""
    return [
        *_ground(),
        *_far(),
        *_bench(),
        *_walkers(),
        *_boy(),
        *_runner(),
        *_picnic(),
    ]


def _ground() -> list[str]:
    return [
        rect(0, 0, 800, 500, "#d4edf3"), sun(690, 74), cloud(150, 84), cloud(430, 58, 0.8),
        path("M0 236Q200 190 420 226T800 210V500H0Z", "#a9d59a"),
        path("M0 300Q260 260 480 300T800 280V500H0Z", "#8cc681"),
        path("M800 300Q600 292 470 340T150 402T0 470V500H60Q180 428 330 412T600 340T800 330Z", "#ecd9b0"),
        ellipse(640, 262, 88, 15, "#8fcbe0"), path("M590 262q20 -6 40 0M640 268q20 -6 40 0", None, "#fff", 2, opacity=0.6),
        path("M650 256q-3 -10 6 -11q2 -7 8 -5q5 3 1 7q12 -1 13 6q-12 8 -28 3Z", "#fff"), polygon([(672, 242), (679, 243), (672, 246)], "#e58a3c"),
    ]  # fmt: skip


def _far() -> list[str]:
    return [
        tree(80, 290, 1.15),
        tree(300, 262, 0.8, "#5fa876"),
        tree(510, 258, 0.75, "#5fa876"),
        tree(755, 300, 1.2),
        bush(400, 262, 0.7),
        bush(220, 286, 0.7),
    ]


def _bench() -> list[str]:
    reader = Person(
        skin=SKINS[1], hair="#d8d3cc", style="bun", top="#7a4fa3", bottom="#4d3a63", wears="skirt", hip=(0, -34),
        hands=((12, -52), (16, -53)), feet=((22, -2), (26, -2)), glasses=True, tilt=10,
        front=(book(19, -57, "#c9513f"),),
    )  # fmt: skip
    return [bench(164, 352, 140), person(150, 352, 1.4, reader)]


def _walkers() -> list[str]:
    one = Person(
        skin=SKINS[3],
        hair="#2b2320",
        style="curly",
        top="#f4c04e",
        bottom="#3a4a63",
        feet=((-11, -2), (10, -2)),
        hands=((-14, -48), (14, -52)),
        mood="laugh",
    )
    two = Person(
        skin=SKINS[4],
        hair="#a3552d",
        style="long",
        top="#d2694a",
        bottom="#4b5b3f",
        wears="dress",
        feet=((-9, -2), (9, -2)),
        hands=((-13, -46), (18, -66)),
    )
    return [
        shadow(402, 352, 50),
        person(376, 356, 1.4, one),
        person(430, 358, 1.4, two, flip=True),
    ]


def _boy() -> list[str]:
    boy = Person(
        skin=SKINS[0],
        hair="#6b4530",
        style="spiky",
        top="#3f7fb5",
        bottom="#6a5a48",
        wears="shorts",
        sleeves="short",
        hands=((-14, -60), (21, -80)),
        mood="laugh",
        feet=((-8, -2), (8, -2)),
    )
    return [
        shadow(560, 404, 50),
        person(530, 410, 1.2, boy),
        circle(576, 292, 8, "#e0453a"),
        dog(606, 410, 1.25, flip=True),
    ]


def _runner() -> list[str]:
    child = Person(
        skin=SKINS[2],
        hair="#241a16",
        style="tail",
        top="#e0645c",
        bottom="#3f4a80",
        wears="shorts",
        sleeves="short",
        lean=16,
        hip=(0, -46),
        hands=((-17, -58), (17, -66)),
        elbows=(1, -1),
        feet=((-24, -18), (15, -6)),
        knees=(-1, -1),
        mood="laugh",
    )
    tall = Person(
        skin=SKINS[5],
        hair="#3a2a20",
        style="short",
        top="#5b7f4a",
        bottom="#39404f",
        beard="#3a2a20",
        hands=((-12, -44), (20, -84)),
        mood="laugh",
    )
    return [
        shadow(700, 372, 34), person(704, 384, 1.75, tall, flip=True), shadow(636, 352, 18), person(622, 356, 0.85, child),
    ]  # fmt: skip


def _picnic() -> list[str]:
    left = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="short",
        top="#2f7d6b",
        bottom="#4f5a70",
        hip=(0, -12),
        hands=((14, -34), (24, -36)),
        feet=((30, -3), (36, -2)),
        knees=(-1, -1),
        glasses=True,
    )
    right = Person(
        skin=SKINS[0],
        hair="#e0b060",
        style="long",
        top="#f2f0ea",
        bottom="#3f6fa3",
        hip=(0, -12),
        hands=((14, -30), (26, -44)),
        feet=((30, -3), (36, -2)),
        sleeves="short",
        mood="laugh",
    )
    check = [
        line([(x, 420), (x - 26, 470)], "#fff", 3, opacity=0.6)
        for x in range(230, 420, 30)
    ]
    return [
        polygon([(205, 418), (440, 418), (412, 474), (170, 474)], "#d8594a"), *check, line([(190, 446), (426, 446)], "#fff", 3, opacity=0.6),
        person(206, 452, 1.55, left), person(440, 456, 1.55, right, flip=True),
        # Baguettes in a basket, strawberries, melons.
        *[line([(288 + k * 9, 436), (274 + k * 9, 398 - k * 3)], "#d09a55", 8) for k in range(3)],
        path("M268 424h50l-5 24h-40Z", "#a06a3c"), line([(268, 426), (318, 426)], "#7d4f2a", 4),
        circle(356, 438, 13, LEAF), path("M348 428q-4 10 0 20M356 425v26M364 428q4 10 0 20", None, "#2f6d47", 2),
        path("M372 452a17 17 0 0 0 34 0Z", "#2f6d47"), path("M375 452a14 14 0 0 0 28 0Z", "#e8604f"),
        ellipse(332, 458, 20, 4, "#fff"), *[fruit(322 + k * 7, 452 - (k % 2) * 4, "#d8352f", 4.4) for k in range(4)],
    ]  # fmt: skip
