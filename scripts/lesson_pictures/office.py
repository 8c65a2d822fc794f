"""An office: one writes, one is on the phone, one has not begun, one waits on a chair."""

from __future__ import annotations

from .paper import at, circle, path, polygon, rect
from .people import SKINS, Person, person
from .things import chair, clock, cup, plant, shadow, window


def office() -> list[str]:
    """Return the picture."""
    return [*_room(), *_chatting(), *_writer(), *_caller(), *_waiting()]


def _room() -> list[str]:
    return [
        rect(0, 0, 800, 380, "#eceadf"), rect(0, 372, 800, 128, "#b9c4c4"), rect(0, 364, 800, 9, "#fff"), window(60, 54, 180, 130, "#bfe3f2"), *[rect(x, y, 30, 184 - y, c) for x, y, c in ((66, 110, "#9db7c4"), (100, 86, "#b3c8d1"), (166, 120, "#9db7c4"), (202, 98, "#b3c8d1"))], rect(147.5, 54, 5, 130, "#fff"), rect(60, 116.5, 180, 5, "#fff"),
        clock(394, 84, 34, 9, 20), rect(470, 50, 150, 104, "#b9804f", 3), rect(477, 57, 136, 90, "#d9a873"), *[rect(x, y, 28, 24, c) for x, y, c in ((486, 66, "#fff"), (522, 70, "#f4c04e"), (560, 64, "#fff"), (490, 104, "#e0645c"), (528, 108, "#fff"), (572, 100, "#7cc05f"))], plant(36, 398, 1.5),
        rect(664, 96, 110, 270, "#d9a873"), rect(674, 106, 90, 260, "#8a5a36"), circle(752, 240, 5, "#f4c04e"), rect(690, 120, 58, 70, "#bfe3f2", 3),
    ]  # fmt: skip


def _desk(x: float, y: float, width: float) -> str:
    return (
        rect(x, y - 92, width, 11, "#e0b87f", 3)
        + rect(x + 8, y - 82, 8, 82, "#7d868f")
        + rect(x + width - 70, y - 82, 60, 76, "#fff", 3)
        + rect(x + width - 62, y - 72, 44, 24, "#e3e0d6", 2)
        + rect(x + width - 62, y - 40, 44, 24, "#e3e0d6", 2)
    )


def _screen(x: float, y: float) -> str:
    return (
        rect(x - 6, y - 16, 12, 16, "#7d868f")
        + rect(x - 20, y - 3, 40, 4, "#7d868f", 2)
        + rect(x - 40, y - 70, 80, 54, "#2b2a33", 5)
    )


def _chatting() -> list[str]:
    one = Person(
        skin=SKINS[3],
        hair="#241a16",
        style="curly",
        top="#f4c04e",
        bottom="#5a4a78",
        hands=((-14, -50), (22, -82)),
        mood="laugh",
    )
    two = Person(
        skin=SKINS[1],
        hair="#2b2320",
        style="short",
        beard="#2b2320",
        top="#6a8f5a",
        bottom="#39404f",
        hands=((-12, -46), (16, -62)),
        mood="laugh",
    )
    return [
        shadow(330, 392, 70),
        person(300, 394, 1.7, one),
        person(366, 394, 1.75, two, flip=True),
        cup(338, 290, 0.9, "#d8594a", steam=False),
    ]


def _writer() -> list[str]:
    woman = Person(
        skin=SKINS[2],
        hair="#1f1a1a",
        style="long",
        top="#d8594a",
        bottom="#3a3f55",
        hip=(0, -40),
        hands=((20, -56), (28, -57)),
        feet=((20, -2), (26, -2)),
        glasses=True,
    )
    letters = [
        polygon([(x, y), (x + 34, y - 3), (x + 36, y + 3), (x + 2, y + 6)], c)
        for x, y, c in ((176, 382, "#fff"), (180, 377, "#f4ecdc"), (177, 371, "#fff"))
    ]
    keys = path("M118 386h52l4 6h-60Z", "#4b4f57")
    return [
        chair(56, 478, 1.75, False, "#7d868f"),
        person(60, 478, 2, woman),
        _desk(96, 480, 200),
        _screen(236, 388),
        keys,
        *letters,
        cup(266, 386, 1.1, "#3f7fb5"),
    ]


def _caller() -> list[str]:
    man = Person(
        skin=SKINS[0],
        hair="#8f8b85",
        style="grey",
        top="#3f7fb5",
        bottom="#39404f",
        hip=(0, -40),
        hands=((22, -56), (10, -92)),
        feet=((20, -2), (26, -2)),
        mood="open",
        front=(path("M13 -97q4 6 1 14", None, "#2b2a33", 4),),
    )
    phone = at(
        478,
        388,
        [
            path("M-22 0L-16 -14H16L22 0Z", "#2b2a33"),
            *[circle(dx, dy, 2, "#fff") for dx in (-6, 0, 6) for dy in (-10, -5)],
            path("M-18 -14q-16 -20 4 -32", None, "#2b2a33", 2),
            path("M8 -26q6 4 6 10M12 -34q11 7 11 18", None, "#d8594a", 3),
        ],
    )
    return [
        chair(586, 478, 1.75, True, "#7d868f"),
        person(580, 478, 2, man, flip=True),
        _desk(398, 480, 150),
        phone,
        _screen(436, 388),
    ]


def _waiting() -> list[str]:
    new = Person(
        skin=SKINS[4],
        hair="#a3552d",
        style="bun",
        top="#2f7d6b",
        bottom="#2f7d6b",
        wears="skirt",
        hip=(0, -38),
        hands=((14, -46), (20, -47)),
        feet=((20, -2), (26, -2)),
        mood="flat",
    )
    return [
        shadow(716, 470, 70),
        chair(752, 474, 1.65, True),
        person(746, 474, 1.85, new, flip=True),
        at(
            704,
            390,
            [rect(-24, -16, 48, 32, "#f4c04e", 3), rect(-24, -16, 48, 6, "#d99f2f", 3)],
        ),
    ]
