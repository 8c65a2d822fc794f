"""Heads: hair, hats, glasses, beards and what a face shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .paper import INK, Point, circle, ellipse, group, line, number, path, rect

if TYPE_CHECKING:
    from .people import Person

R = 9.2


def head(who: Person, neck: Point, *, behind: bool) -> list[str]:
    """Return a head on a neck: what is behind the body, or what is before it."""
    x, y = neck[0] + 0.6, neck[1] - 12.5
    parts = _behind(who) if behind else _before(who)
    if not parts:
        return []
    turn = f" rotate({number(who.tilt)})" if who.tilt else ""
    return [group(parts, f"translate({number(x)} {number(y)}){turn}")]


def _behind(who: Person) -> list[str]:
    if who.style == "long":
        return [path("M-10 -2C-11 -14 11 -14 10 -1L11 14Q0 19 -12 14Z", who.hair)]
    if who.style == "bob":
        return [path("M-11 -1C-11 -14 11 -14 11 -1L11 7Q0 11 -11 7Z", who.hair)]
    if who.style == "curly":
        spots = ((-9, -4), (-9, 3), (-4, -10), (4, -11), (9, -5), (-7, 8))
        return [circle(x, y, 5.6, who.hair) for x, y in spots]
    if who.style == "scarf":
        return [path("M-11 -2C-11 -15 11 -15 11 -1L12 10Q0 22 -13 12Z", who.hair)]
    if who.style == "tail":
        return [path("M-7 -6C-17 -8 -17 6 -13 13C-11 8 -9 3 -8 0Z", who.hair)]
    return []


def _before(who: Person) -> list[str]:
    parts = [circle(0, 0, R, who.skin), circle(-6.2 * who.look, 1.2, 2.1, who.skin)]
    if who.beard:
        parts.append(
            path(
                "M-7.5 1.5Q-7 10.5 1.5 10.4Q8.5 9.5 8.7 1.5Q6 4.5 2.5 4.3Q-3 5 -7.5 1.5Z",
                who.beard,
            )
        )
    parts += _face(who)
    parts += _hair(who)
    if who.glasses:
        x = 2.2 * who.look
        parts += [
            circle(x - 3.3, 0, 2.7, "none", stroke=INK, stroke_width=0.9),
            circle(x + 3.3, 0, 2.7, "none", stroke=INK, stroke_width=0.9),
        ]
    parts += _hat(who)
    return parts


def _face(who: Person) -> list[str]:
    x = 2.2 * who.look
    eyes = [circle(x - 3.1, -0.2, 1.05, INK), circle(x + 3.1, -0.2, 1.05, INK)]
    if who.mood in {"tired", "asleep", "laugh"}:
        bend = -1.6 if who.mood == "laugh" else 1.4
        eyes = [
            path(f"M{number(x + at - 1.6)} 0q1.6 {bend} 3.2 0", None, INK, 1.1)
            for at in (-3.1, 3.1)
        ]
    mouths = {
        "smile": path(f"M{number(x - 2.6)} 3.7q2.6 2.4 5.2 0", None, INK, 1.1),
        "laugh": path(f"M{number(x - 3)} 3.2h6q-.6 4-3 4t-3-4Z", "#8c2f2f"),
        "open": ellipse(x, 4.6, 1.7, 2, "#8c2f2f"),
        "sad": path(f"M{number(x - 2.4)} 5.5q2.4-2.2 4.8 0", None, INK, 1.1),
        "tired": path(f"M{number(x - 2)} 5q2-.8 4 0", None, INK, 1.1),
        "asleep": ellipse(x, 4.8, 1.1, 1.1, "#8c2f2f"),
        "flat": line([(x - 2, 4.8), (x + 2, 4.8)], INK, 1.1),
    }
    blush = circle(x + 4.9, 3.2, 1.7, "#e8674a", opacity=0.28)
    brows = []
    if who.mood in {"sad", "open"}:
        brows = [
            path(f"M{number(x - 4.8)} -2.8l3-1.2", None, INK, 0.9),
            path(f"M{number(x + 4.8)} -2.8l-3-1.2", None, INK, 0.9),
        ]
    return [*eyes, *brows, mouths[who.mood], blush]


def _hair(who: Person) -> list[str]:
    cap = "M-9.6 1C-11 -12 10 -14.5 9.6 -2C6 -3 3 -5 1 -6.5C-2 -3.5 -6 -2.5 -7 -2.5C-7 -1 -8 1 -9.6 1Z"
    if who.style in {"short", "tail", "bun"}:
        parts = [path(cap, who.hair)]
        if who.style == "bun":
            parts.insert(0, circle(-6, -10.5, 4.6, who.hair))
        return parts
    if who.style in {"long", "bob"}:
        return [
            path(
                "M-10 4C-12 -13 11 -15 10 0C8 -5 3 -6 0 -6.5C-3 -3 -7 -2 -7.5 3Z",
                who.hair,
            )
        ]
    if who.style == "curly":
        return [
            circle(x, y, r, who.hair)
            for x, y, r in ((-7, -5, 4.6), (-2, -8.5, 5), (4, -8.5, 4.8), (8, -5, 3.6))
        ]
    if who.style == "scarf":
        return [
            path(
                "M-10 5C-12 -14 12 -15 9.8 3C9 -4 4 -6 1 -6C-4 -6 -7 -2 -6.5 5Q-5 9 0 10Q-8 12 -10 5Z",
                who.hair,
            )
        ]
    if who.style == "grey":
        return [
            path("M-9.7 3C-11 -7 -8 -9 -5 -9C-7 -6 -7 -2 -7 2Z", who.hair),
            path("M9.5 -1C9.5 -6 8 -8 6 -9C7.5 -6 8 -3 8 0Z", who.hair),
        ]
    if who.style == "spiky":
        return [
            path(
                "M-9.8 1L-11 -6L-7.5 -7L-7 -12L-2.5 -9.5L1 -13L3.5 -9L8.5 -10L8.5 -5L10.5 -2Q5 -4 1 -6.5Q-4 -3 -7 -2.5Z",
                who.hair,
            )
        ]
    return []


def _hat(who: Person) -> list[str]:
    if not who.hat:
        return []
    kind, _at, colour = who.hat.partition(":")
    if kind == "sun":
        return [
            ellipse(0, -5.5, 16, 3.6, colour),
            path("M-8 -6C-8 -16 8 -16 8 -6Z", colour),
            rect(-8, -8, 16, 2.2, "#c9654a"),
        ]
    if kind == "cap":
        return [path("M-9.8 -3C-10 -14 9 -14 9.5 -4.5L17 -3.5Q16 -1.5 8 -2.5Z", colour)]
    if kind == "helmet":
        return [
            path("M-10.5 -2C-11 -15 11 -15 10.5 -3Z", colour),
            line([(-4, -10), (-2, -4)], "#fff", 1.4),
            line([(3, -11), (4, -4)], "#fff", 1.4),
        ]
    if kind == "wool":
        return [
            path("M-9.8 -3C-10 -15 10 -15 9.8 -3Z", colour),
            rect(-10.5, -5, 21, 4, colour, 2, opacity=1),
            circle(0, -13.5, 2.8, "#fff"),
        ]
    if kind == "party":
        return [path("M-6 -8L1 -23L7 -8.5Z", colour), circle(1, -23, 2.2, "#f4c04e")]
    if kind == "chef":
        return [
            path("M-8 -6L-8 -13Q-13 -18 -6 -20Q0 -25 6 -20Q13 -18 8 -13L8 -6Z", "#fff"),
            rect(-8.5, -9, 17, 3.5, "#e9e4da"),
        ]
    return [
        path("M-9.8 -4C-9 -13 9 -13 9.6 -4Z", colour),
        rect(-13, -6, 26, 3, colour, 1.5),
    ]
