"""People: a head, a body and limbs that reach where they are told to.

A figure stands on (0, 0) and is about 100 units tall; y goes up as negative numbers. Hands
and feet are placed, elbows and knees follow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from .heads import head
from .paper import Point, at, circle, ellipse, line, number, path

SKINS = ("#f3c9a5", "#e0a878", "#b97b4f", "#8a5535", "#f7d9c0", "#cc8f62")
UPPER_ARM, FORE_ARM = 17.5, 17.5
THIGH, SHIN = 22.2, 22.2
TORSO = 33.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """How somebody looks and stands. Hands and feet: back one first; None hangs down."""

    skin: str = SKINS[0]
    hair: str = "#4a2f22"
    style: str = "short"
    top: str = "#2f7d6b"
    bottom: str = "#3a4a63"
    shoes: str = "#2b2a33"
    sleeves: str = "long"
    wears: str = "trousers"
    hip: Point = (0, -45)
    lean: float = 0
    tilt: float = 0
    hands: tuple[Point | None, Point | None] = (None, None)
    feet: tuple[Point, Point] = ((-6, -2), (6, -2))
    elbows: tuple[int, int] = (1, 1)
    knees: tuple[int, int] = (-1, -1)
    mood: str = "smile"
    extra: Sequence[str] = field(default_factory=tuple)
    front: Sequence[str] = field(default_factory=tuple)
    glasses: bool = False
    beard: str = ""
    hat: str = ""
    look: float = 1.0
    legs: bool = True


def joint(
    start: Point, end: Point, first: float, second: float, side: int
) -> tuple[Point, Point]:
    """Return where a limb bends, and where it really ends: nobody's arm grows."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    reach = math.hypot(dx, dy) or 0.1
    longest = first + second - 0.2
    if reach > longest:
        dx, dy = dx * longest / reach, dy * longest / reach
        end, reach = (start[0] + dx, start[1] + dy), longest
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    out = math.sqrt(max(0.0, first**2 - along**2)) * side
    ux, uy = dx / reach, dy / reach
    return (start[0] + ux * along - uy * out, start[1] + uy * along + ux * out), end


def shade(colour: str, by: float) -> str:
    """Return a colour made darker (below 1) or lighter."""
    parts = [int(colour[at_ : at_ + 2], 16) for at_ in (1, 3, 5)]
    made = [
        min(255, round(p * by)) if by <= 1 else round(p + (255 - p) * (by - 1))
        for p in parts
    ]
    return "#" + "".join(f"{one:02x}" for one in made)


def person(x: float, y: float, s: float, who: Person, *, flip: bool = False) -> str:
    """Return somebody standing at a place; ``flip`` looks to the left."""
    return at(x, y, _parts(who), s, flip)


def _parts(who: Person) -> list[str]:
    hip = who.hip
    lean = math.radians(who.lean)
    neck = (hip[0] + math.sin(lean) * TORSO, hip[1] - math.cos(lean) * TORSO)
    across = (math.cos(lean), math.sin(lean))
    shoulders = tuple(
        (neck[0] + across[0] * side, neck[1] + across[1] * side + 3.5)
        for side in (-8.5, 8.5)
    )
    hips = ((hip[0] - 4.2, hip[1]), (hip[0] + 4.2, hip[1]))
    back, front = shade(who.top, 0.86), who.top
    parts: list[str] = []
    parts += head(who, neck, behind=True)
    parts += _arm(who, shoulders[0], who.hands[0], who.elbows[0], back, -1)
    if who.legs:
        parts += _leg(who, hips[0], who.feet[0], who.knees[0], shade(who.bottom, 0.84))
        parts += _leg(who, hips[1], who.feet[1], who.knees[1], who.bottom)
    parts += list(who.extra)
    parts.append(_torso(who, hip, neck, across, front))
    if who.wears in {"skirt", "dress"}:
        parts.append(_skirt(who, hip))
    parts.append(
        line(
            [neck, (neck[0] + math.sin(lean) * 5, neck[1] - 5)], shade(who.skin, 0.9), 7
        )
    )
    parts += head(who, neck, behind=False)
    parts += list(who.front)
    parts += _arm(who, shoulders[1], who.hands[1], who.elbows[1], shade(front, 0.93), 1)
    return parts


def _torso(who: Person, hip: Point, neck: Point, across: Point, fill: str) -> str:
    ax, ay = across
    n = number

    def place(base: Point, side: float, down: float = 0) -> str:
        return (
            f"{n(base[0] + ax * side - ay * down)} {n(base[1] + ay * side + ax * down)}"
        )

    return path(
        f"M{place(neck, -6)}Q{place(neck, -12)} {place(neck, -11.5, 6)}"
        f"L{place(hip, -9)}Q{place(hip, -8.5, 4)} {place(hip, -5, 4)}"
        f"L{place(hip, 5, 4)}Q{place(hip, 8.5, 4)} {place(hip, 9)}"
        f"L{place(neck, 11.5, 6)}Q{place(neck, 12)} {place(neck, 6)}Z",
        fill,
    )


def _skirt(who: Person, hip: Point) -> str:
    x, y = hip
    fill = who.top if who.wears == "dress" else who.bottom
    knee = sum(foot[0] for foot in who.feet) / 2
    if abs(who.feet[1][0] - x) > 18:  # seated: the skirt lies along the thighs
        side = math.copysign(1, who.feet[1][0] - x)
        return path(
            f"M{number(x - 9 * side)} {number(y - 6)}L{number(x + 25 * side)} {number(y - 6)}"
            f"Q{number(x + 29 * side)} {number(y - 4)} {number(x + 28 * side)} {number(y + 8)}"
            f"L{number(x - 9 * side)} {number(y + 5)}Z",
            fill,
        )
    return path(
        f"M{number(x - 9)} {number(y - 3)}L{number(x + 9)} {number(y - 3)}"
        f"L{number(knee + 14)} {number(y + 24)}Q{number(knee)} {number(y + 28)} {number(knee - 14)} {number(y + 24)}Z",
        fill,
    )


def _arm(
    who: Person, shoulder: Point, hand: Point | None, side: int, fill: str, way: int
) -> list[str]:
    target = hand or (shoulder[0] + way * 3.5, shoulder[1] + 33)
    elbow, end = joint(shoulder, target, UPPER_ARM, FORE_ARM, side)
    parts = []
    if who.sleeves == "none":
        parts.append(line([shoulder, elbow, end], shade(who.skin, 0.96), 6))
    elif who.sleeves == "short":
        parts.append(line([elbow, end], who.skin, 5.6))
        parts.append(line([shoulder, elbow], who.skin, 5.8))
        middle = ((shoulder[0] * 2 + elbow[0]) / 3, (shoulder[1] * 2 + elbow[1]) / 3)
        parts.append(line([shoulder, middle], fill, 8))
    else:
        parts.append(line([shoulder, elbow, end], fill, 7))
    parts.append(circle(end[0], end[1], 3.6, who.skin))
    return parts


def _leg(who: Person, hip: Point, foot: Point, side: int, fill: str) -> list[str]:
    knee, end = joint(hip, foot, THIGH, SHIN, side)
    bare = who.wears in {"shorts", "skirt", "dress", "swim"}
    leg = shade(who.skin, 0.95) if bare else fill
    parts = [line([hip, knee, end], leg, 7.4 if bare else 8.4)]
    if who.wears == "shorts":
        parts.append(
            line(
                [hip, ((hip[0] + knee[0] * 2) / 3, (hip[1] + knee[1] * 2) / 3)],
                fill,
                10,
            )
        )
    if who.wears == "swim":
        parts.append(
            line(
                [hip, ((hip[0] * 2 + knee[0]) / 3, (hip[1] * 2 + knee[1]) / 3)],
                fill,
                10,
            )
        )
    if who.shoes:
        parts.append(ellipse(end[0] + 2.4, end[1] + 0.6, 6, 3.2, who.shoes))
    return parts
