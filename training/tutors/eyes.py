"""The eyeballs: two globes with a bulging cornea, each turning about its own centre."""

from __future__ import annotations

import numpy as np

from .draft import Draft, grid_triangles
from .sculpt import Body
from .source import Floats

# Degrees from the eye's axis; the iris of an adult is 11.7 mm wide.
IRIS_DEGREES = 26.5
LAST_DEGREES = 112.0
_CORNEA = 0.055
_SPOKES = 28


def eye_centres(body: Body) -> Floats:
    """Return the turning points of the left and the right eye ``(2, 3)``."""
    return np.stack([_globe(body, side)[0] for side in "lr"])


def build_eyes(body: Body) -> list[Draft]:
    """Return ``eye_left`` and ``eye_right``; their texture is seen along the axis."""
    degrees = np.concatenate(
        [[0.01, 4, 8, 11], np.linspace(13, 30, 8), np.linspace(35, LAST_DEGREES, 10)]
    )
    eyes = []
    for number, (side, name) in enumerate((("l", "left"), ("r", "right"))):
        centre, radius = _globe(body, side)
        polar = np.radians(degrees)[:, None]
        about = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False)[None, :]
        bulge = _bulge(degrees)[:, None]
        around = np.stack(
            [
                np.sin(polar) * np.cos(about) * bulge,
                np.sin(polar) * np.sin(about) * bulge,
                np.cos(polar) * bulge * np.ones_like(about),
            ],
            axis=-1,
        ).reshape(-1, 3)
        reach = 0.5 * polar / np.radians(LAST_DEGREES)
        uv = np.stack(
            [0.5 + reach * np.cos(about), 0.5 - reach * np.sin(about)], axis=-1
        ).reshape(-1, 2)
        follows = np.zeros((len(around), 5))
        follows[:, 3 + number] = 1
        triangles = grid_triangles(len(degrees), _SPOKES, closed=True)
        eyes.append(
            Draft(
                f"eye_{name}", centre + radius * around, uv, triangles[:, ::-1],
                "eye", follows, np.ones((len(around), 3)),
            )
        )  # fmt: skip
    return eyes


def surface_at(body: Body, number: int, directions: Floats) -> Floats:
    """Return points of one globe's surface ``(n, 3)`` in unit ``directions``."""
    centre, radius = _globe(body, "lr"[number])
    degrees = np.degrees(np.arccos(np.clip(directions[:, 2], -1, 1)))
    return centre + directions * (radius * _bulge(degrees))[:, None]


def _bulge(degrees: Floats) -> Floats:
    return np.asarray(1 + _CORNEA * np.exp(-((degrees / 20.0) ** 4)))


def _globe(body: Body, side: str) -> tuple[Floats, float]:
    points = body.group(f"helper-{side}-eye")
    low, high = points.min(axis=0), points.max(axis=0)
    radius = float((high[0] - low[0] + high[1] - low[1]) / 4) * 1.025
    centre = (low + high) / 2
    centre[2] = low[2] + radius
    return centre, radius
