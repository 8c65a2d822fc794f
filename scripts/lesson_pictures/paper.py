"""Shapes as SVG text: short numbers, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[float, float]

WIDTH, HEIGHT = 800, 500
INK = "#2b2a33"


def number(value: float) -> str:
    """Return a number with one decimal at most."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def points(found: Iterable[Point]) -> str:
    """Return points as an attribute's value."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in found)


def _attributes(
    fill: str | None, stroke: str | None, width: float, extra: dict[str, object]
) -> str:
    parts = [f'fill="{fill or "none"}"']
    if stroke:
        parts.append(f'stroke="{stroke}" stroke-width="{number(width)}"')
    for name, value in extra.items():
        shown = number(value) if isinstance(value, int | float) else value
        parts.append(f'{name.replace("_", "-")}="{shown}"')
    return " ".join(parts)


def rect(
    x: float, y: float, w: float, h: float, fill: str, r: float = 0, **extra: object
) -> str:
    """Return a rectangle."""
    round_ = f' rx="{number(r)}"' if r else ""
    at = f'x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"'
    return f"<rect {at}{round_} {_attributes(fill, None, 0, extra)}/>"


def circle(x: float, y: float, r: float, fill: str, **extra: object) -> str:
    """Return a disc."""
    at = f'cx="{number(x)}" cy="{number(y)}" r="{number(r)}"'
    return f"<circle {at} {_attributes(fill, None, 0, extra)}/>"


def ellipse(
    x: float, y: float, rx: float, ry: float, fill: str, **extra: object
) -> str:
    """Return an ellipse."""
    at = f'cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"'
    return f"<ellipse {at} {_attributes(fill, None, 0, extra)}/>"


def polygon(found: Sequence[Point], fill: str, **extra: object) -> str:
    """Return a filled shape with straight sides."""
    return f'<polygon points="{points(found)}" {_attributes(fill, None, 0, extra)}/>'


def line(found: Sequence[Point], stroke: str, width: float, **extra: object) -> str:
    """Return a line through points, with round ends and corners."""
    start, *rest = (f"{number(x)} {number(y)}" for x, y in found)
    return path(f"M{start}L{'L'.join(rest)}", None, stroke, width, **extra)


def path(
    d: str,
    fill: str | None = None,
    stroke: str | None = None,
    width: float = 0,
    **extra: object,
) -> str:
    """Return a path."""
    return f'<path d="{d}" {_attributes(fill, stroke, width, extra)}/>'


def group(parts: Iterable[str], transform: str = "", **extra: object) -> str:
    """Return parts together, moved if said."""
    moved = f' transform="{transform}"' if transform else ""
    more = "".join(
        f' {name.replace("_", "-")}="{value}"' for name, value in extra.items()
    )
    return f"<g{moved}{more}>{''.join(parts)}</g>"


def at(
    x: float, y: float, parts: Iterable[str], s: float = 1, flip: bool = False
) -> str:
    """Return parts at a place, scaled, mirrored if said."""
    scale = ""
    if flip or s != 1:
        sx, sy = number_(-s if flip else s), number_(s)
        scale = f" scale({sx} {sy})" if flip else f" scale({sy})"
    return group(parts, f"translate({number(x)} {number(y)}){scale}")


def number_(value: float) -> str:
    """Return a factor with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(
    x: float, y: float, words: str, size: float, fill: str, **extra: object
) -> str:
    """Return words in a plain face, in the middle of a place."""
    more = {"text_anchor": "middle", "font_weight": 700, **extra}
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-family="Arial,Helvetica,sans-serif"'
        f' font-size="{number(size)}" {_attributes(fill, None, 0, more)}>{words}</text>'
    )


def picture(parts: Iterable[str]) -> str:
    """Return a whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" stroke-linecap="round" stroke-linejoin="round">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
