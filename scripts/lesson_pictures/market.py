"""The market: vegetables, fruit and cheese on stalls, and those who buy them."""

from __future__ import annotations

from .outdoors import bag, cloud
from .paper import at, circle, ellipse, line, number, path, polygon, rect
from .people import SKINS, Person, person
from .things import LEAF, bread, cheese, fruit, shadow


def market() -> list[str]:
    """Return the picture."""
    return [
        *_square(),
        *_stall(150, "#d8594a", _vegetables()),
        *_stall(400, "#2f7d6b", _fruit()),
        *_stall(650, "#e0a83c", _cheeses()),
        *_buyers(),
    ]


def _square() -> list[str]:
    houses = [
        rect(x, y, w, 300 - y, colour)
        + "".join(
            rect(wx, y + 22, 22, 30, "#fff", 3, opacity=0.7)
            for wx in range(x + 16, x + w - 26, 40)
        )
        + polygon([(x - 6, y), (x + w + 6, y), (x + w / 2, y - 38)], roof)
        for x, y, w, colour, roof in (
            (10, 92, 150, "#f0d3a4", "#a8553f"),
            (168, 70, 130, "#e8b99a", "#8f4a3a"),
            (306, 100, 170, "#f4e2bd", "#a8553f"),
            (484, 76, 140, "#dcc7a0", "#8f4a3a"),
            (632, 96, 160, "#ecc7a4", "#a8553f"),
        )
    ]
    return [
        rect(0, 0, 800, 500, "#cfe8f2"),
        cloud(240, 36, 0.7),
        cloud(620, 30, 0.7),
        *houses,
        rect(0, 290, 800, 210, "#d8cdb8"),
        path(
            "M0 420H800M0 460H800M120 380V500M340 400V500M560 380V500M720 400V500",
            None,
            "#c7baa2",
            2,
        ),
    ]


def _stall(x: float, colour: str, goods: list[str]) -> list[str]:
    stripes = [
        path(
            f"M{number(x - 110 + k * 36.7)} 150h36.7l4 42a20 16 0 0 1 -40 0Z",
            colour if k % 2 == 0 else "#fff",
        )
        for k in range(6)
    ]
    return [
        rect(x - 104, 190, 7, 180, "#8a5a36"), rect(x + 97, 190, 7, 180, "#8a5a36"),
        *[part for part in goods if part.startswith("<g")],
        rect(x - 112, 300, 224, 76, "#a06a3c"), rect(x - 116, 292, 232, 12, "#c98a4b", 4),
        *[part for part in goods if not part.startswith("<g")], polygon([(x - 110, 150), (x + 110, 150), (x + 98, 132), (x - 98, 132)], colour), *stripes,
    ]  # fmt: skip


def _heap(x: float, y: float, colour: str, n: int = 4, r: float = 9) -> str:
    rows = [
        fruit(x + (k - (n - row - 1) / 2) * r * 1.9, y - row * r * 1.6, colour, r)
        for row in range(3)
        for k in range(n - row)
    ]
    return "".join(rows)


def _vegetables() -> list[str]:
    seller = Person(
        skin=SKINS[5],
        hair="#2b2320",
        style="short",
        beard="#2b2320",
        top="#5b7f4a",
        bottom="#39404f",
        hands=((-18, -62), (20, -78)),
        mood="laugh",
        legs=False,
    )
    salad = "".join(
        circle(x, y, 12, "#7cc05f")
        + path(f"M{x - 8} {y}q8 -10 16 0", None, "#4f8f3a", 2)
        for x, y in ((206, 282), (228, 282), (217, 266))
    )
    potatoes = "".join(
        ellipse(x, y, 10, 7.5, "#b58a55")
        for x, y in (
            (126, 285),
            (146, 285),
            (166, 285),
            (136, 274),
            (156, 274),
            (146, 264),
        )
    )
    return [person(150, 400, 1.75, seller), _heap(80, 282, "#e0402f"), potatoes, salad]


def _fruit() -> list[str]:
    seller = Person(
        skin=SKINS[3],
        hair="#1f1a1a",
        style="scarf",
        top="#e0a83c",
        bottom="#4b3f63",
        hands=((-20, -64), (19, -66)),
        legs=False,
    )
    bananas = path("M448 288q34 6 44 -26q4 0 4 4q-4 36 -48 30Z", "#f2cf45") + path(
        "M444 282q28 2 38 -24", None, "#e3b92f", 7
    )
    return [
        person(400, 400, 1.75, seller),
        _heap(328, 282, "#d8352f", 4, 9),
        _heap(404, 282, "#f0922e", 3, 10),
        bananas,
    ]


def _cheeses() -> list[str]:
    seller = Person(
        skin=SKINS[4],
        hair="#c9873f",
        style="bun",
        top="#ffffff",
        bottom="#3f6fa3",
        sleeves="short",
        hands=((-18, -62), (18, -74)),
        legs=False,
    )
    wheel = (
        ellipse(690, 284, 30, 9, "#e3a92f")
        + rect(660, 262, 60, 22, "#f4c04e")
        + ellipse(690, 262, 30, 9, "#f9d577")
    )
    return [
        person(650, 400, 1.75, seller),
        cheese(590, 292, 1.2),
        wheel,
        at(745, 290, [bread(0, 0, 0.8)]),
    ]


def _buyers() -> list[str]:
    woman = Person(
        skin=SKINS[0],
        hair="#6b4530",
        style="long",
        top="#7a4fa3",
        bottom="#3a3f55",
        wears="skirt",
        hands=((-14, -46), (14, -44)),
        feet=((-7, -2), (7, -2)),
    )
    man = Person(
        skin=SKINS[2],
        hair="#241a16",
        style="short",
        hat="cap:#d0332e",
        top="#3f7fb5",
        bottom="#5a5048",
        hands=((-12, -46), (22, -74)),
        mood="open",
    )
    old = Person(
        skin=SKINS[4],
        hair="#d8d3cc",
        style="grey",
        top="#8f6a4a",
        bottom="#4b4f57",
        glasses=True,
        hands=((-12, -46), (19, -56)),
        feet=((-8, -2), (7, -2)),
    )
    child = Person(
        skin=SKINS[1],
        hair="#3a2a20",
        style="tail",
        top="#f4c04e",
        bottom="#e0645c",
        wears="dress",
        sleeves="short",
        hands=((-11, -52), (20, -86)),
        mood="laugh",
    )
    return [
        shadow(262, 470, 60), bag(306, 440, "#e0a83c", 2), circle(296, 388, 8, "#7cc05f"), circle(312, 384, 9, LEAF), line([(300, 394), (322, 350)], "#d09a55", 8), person(270, 474, 2, woman),
        shadow(500, 470, 56), person(496, 474, 2.05, man, flip=True),
        shadow(650, 470, 56), person(620, 474, 1.95, old), circle(662, 366, 8, "#d8352f"), person(700, 476, 1.3, child, flip=True),
    ]  # fmt: skip
