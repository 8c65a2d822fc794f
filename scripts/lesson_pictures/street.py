"""A street: a shop and a café on the left, a bank across from them, people, cars, a horse."""

from __future__ import annotations

from .outdoors import bag, cloud, tree
from .paper import at, circle, line, path, polygon, rect, text
from .people import SKINS, Person, person
from .things import cup, fruit, round_table, shadow


def street() -> list[str]:
    """Return the picture."""
    return [*_far(), *_left(), *_right(), *_horse(), *_traffic(), *_people()]


def _far() -> list[str]:
    return [
        rect(0, 0, 800, 500, "#d3ebf4"), cloud(400, 56, 0.9), path("M280 236Q400 190 540 236V300H280Z", "#9ccf8f"), at(404, 214, [rect(-11, -40, 22, 50, "#efe3c8"), polygon([(-15, -40), (15, -40), (0, -72)], "#a8553f"), circle(0, -26, 6, "#fff")]),
        polygon([(386, 236), (424, 236), (700, 500), (110, 500)], "#8d8f96"), polygon([(386, 236), (110, 500), (0, 500), (0, 380), (340, 236)], "#ded5c4"), polygon([(424, 236), (700, 500), (800, 500), (800, 340), (470, 236)], "#ded5c4"),
        *[polygon([(405 - w, y), (405 + w, y), (405 + w * 1.25, y + h), (405 - w * 1.25, y + h)], "#fff") for y, h, w in ((256, 12, 1.6), (284, 18, 2.6), (324, 26, 4), (378, 36, 6), (444, 44, 8))],
    ]  # fmt: skip


def _front(x: float, y: float, w: float, h: float, wall: str) -> str:
    rows = [
        rect(x + 16 + k * 44, y + 22 + row * 56, 26, 34, "#fff", 3, opacity=0.75)
        for k in range(int((w - 20) // 44))
        for row in range(2)
    ]
    return rect(x, y, w, h, wall) + "".join(rows)


def _left() -> list[str]:
    awning = [
        path(
            f"M{196 + k * 22} 226h22v16a11 9 0 0 1 -22 0Z",
            "#2f7d6b" if k % 2 == 0 else "#fff",
        )
        for k in range(6)
    ]
    return [
        _front(0, 60, 176, 342, "#e8b99a"), rect(0, 206, 176, 26, "#24385e"), at(88, 219, [bag(-34, 9, "#f4c04e", 0.55), fruit(0, 1, "#d8352f", 7), at(32, 8, [rect(-5, -14, 10, 14, "#fff"), rect(-3, -18, 6, 4, "#fff")])]), rect(14, 246, 92, 84, "#cfe6ee", 3), rect(118, 246, 46, 132, "#6a3f2a", 3), circle(156, 318, 3, "#f4c04e"),
        *[fruit(28 + k * 16, 322 - (k % 2) * 9, c, 8) for k, c in enumerate(("#d8352f", "#f0922e", "#7cc05f", "#d8352f", "#f4c04e"))], rect(8, 330, 104, 34, "#a06a3c", 2),
        _front(182, 96, 148, 232, "#f4e2bd"), *awning, rect(196, 196, 132, 30, "#2f7d6b", 3), text(246, 217, "CAFÉ", 17, "#fff"), at(302, 219, [cup(0, 0, 0.8, steam=False)]), rect(204, 252, 60, 64, "#cfe6ee", 3), rect(276, 248, 40, 88, "#6a3f2a", 3),
        round_table(236, 372, 60, 44), cup(236, 328, 0.8), line([(200, 374), (202, 340), (198, 308)], "#8a5a36", 4), line([(214, 374), (214, 342), (201, 342)], "#8a5a36", 4), line([(274, 374), (272, 340), (276, 308)], "#8a5a36", 4), line([(260, 374), (260, 342), (272, 342)], "#8a5a36", 4),
    ]  # fmt: skip


def _right() -> list[str]:
    columns = [
        rect(x, 170, 14, 168, "#f7f1e4") + rect(x - 4, 162, 22, 10, "#f7f1e4")
        for x in (600, 644, 720, 764)
    ]
    return [
        tree(506, 292, 0.9), rect(574, 110, 226, 240, "#d9d2c5"), polygon([(560, 112), (800, 112), (800, 64), (700, 34)], "#c4bba9"), polygon([(594, 106), (790, 106), (700, 52)], "#d9d2c5"), rect(566, 108, 234, 44, "#c4bba9"), text(690, 140, "BANK", 28, "#24385e"), *columns, rect(668, 206, 42, 134, "#24385e", 3), line([(689, 210), (689, 338)], "#4b5f8a", 2), circle(696, 276, 3, "#f4c04e"),
        circle(690, 82, 13, "#f4c04e"), circle(690, 82, 8, "#e0a83c"), polygon([(560, 350), (800, 350), (800, 336), (572, 336)], "#efe8da"), polygon([(546, 364), (800, 364), (800, 350), (560, 350)], "#cfc8bc"),
        rect(536, 196, 6, 170, "#4b4f57"), circle(539, 190, 12, "#fff2c4"),
    ]  # fmt: skip


def _horse() -> list[str]:
    return [shadow(404, 300, 34), at(406, 300, [
        *[line([(x, -34), (x + d, 0)], "#ece8e0", 6) for x, d in ((-22, -3), (-15, 4), (12, -3), (19, 3))], path("M-30 -52Q0 -62 22 -54Q32 -74 40 -80L50 -62L44 -58Q36 -56 30 -34Q0 -26 -28 -34Q-34 -42 -30 -52Z", "#fff"), path("M-30 -52q-14 8 -8 30", None, "#d8d0c2", 6), path("M22 -56Q30 -78 40 -82", None, "#d8d0c2", 6), polygon([(37, -78), (38, -90), (43, -80)], "#fff"), circle(42, -72, 1.8, "#2b2a33"), circle(49, -63, 1.2, "#2b2a33"),
    ])]  # fmt: skip


def _traffic() -> list[str]:
    car = [
        path("M-58 -26Q-54 -58 -30 -60H30Q54 -58 58 -26L62 0H-62Z", "#3f7fb5"),
        path("M-44 -28Q-40 -50 -28 -52H28Q40 -50 44 -28Z", "#cfe6ee"),
        circle(-46, -12, 8, "#fff2c4"),
        circle(46, -12, 8, "#fff2c4"),
        rect(-22, -12, 44, 10, "#2f5f8a", 3),
        rect(-58, 0, 22, 12, "#2b2a33", 4),
        rect(36, 0, 22, 12, "#2b2a33", 4),
        circle(-14, -38, 9, SKINS[1]),
        path("M-24 -40a10 10 0 0 1 20 0Z", "#2b2320"),
    ]
    bike_rider = Person(
        skin=SKINS[4],
        hair="#c9873f",
        style="tail",
        hat="helmet:#d8594a",
        top="#f4c04e",
        bottom="#3a3f55",
        lean=18,
        hip=(0, -56),
        hands=((22, -66), (25, -66)),
        feet=((10, -20), (2, -32)),
        mood="laugh",
    )
    wheels = [
        circle(x, -16, 16, "none", stroke="#2b2a33", stroke_width=3) for x in (-20, 28)
    ]
    frame = [
        line([(-20, -16), (-4, -46), (22, -46), (28, -16)], "#d8594a", 4),
        line([(-4, -46), (6, -16), (22, -46), (25, -62)], "#d8594a", 4),
    ]
    return [
        shadow(470, 414, 66),
        at(470, 408, car, 1.05),
        shadow(308, 470, 50),
        at(306, 470, [*wheels, *frame], 1.45),
        person(306, 470, 1.45, bike_rider),
    ]


def _people() -> list[str]:
    lost = Person(
        skin=SKINS[0],
        hair="#6b4530",
        style="spiky",
        top="#e0645c",
        bottom="#8a7a5f",
        wears="shorts",
        sleeves="short",
        hands=((20, -60), (9, -92)),
        mood="open",
        extra=(rect(-20, -76, 13, 32, "#2f7d6b", 5),),
        front=(rect(9, -98, 5, 12, "#2b2a33", 2),),
    )
    to_bank = Person(
        skin=SKINS[3],
        hair="#241a16",
        style="bun",
        top="#7a4fa3",
        bottom="#3a3f55",
        wears="skirt",
        hands=((-13, -46), (15, -44)),
        feet=((-11, -4), (10, -2)),
    )
    neighbour = Person(
        skin=SKINS[5],
        hair="#d8d3cc",
        style="grey",
        top="#5fa876",
        bottom="#4b4f57",
        hat="flat:#8a5a36",
        hands=((-12, -46), (14, -50)),
        feet=((-9, -2), (9, -2)),
        mood="laugh",
    )
    shopper = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="scarf",
        top="#f4c04e",
        bottom="#2f7d6b",
        wears="dress",
        hands=((-14, -46), (14, -46)),
        feet=((-8, -2), (9, -2)),
    )
    return [
        shadow(150, 414, 40), bag(172, 394, "#d8594a", 1.1), person(146, 416, 1.55, shopper), shadow(214, 462, 46), person(206, 466, 1.85, lost),
        shadow(630, 440, 44), bag(604, 412, "#24385e", 1.2), person(634, 444, 1.8, to_bank), shadow(720, 472, 44), person(724, 476, 1.9, neighbour, flip=True),
    ]  # fmt: skip
