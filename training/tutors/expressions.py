"""What each morph target moves: mouth shapes of speech, and signs of life.

A target is a sum of ARKit's face units and of a place for the tongue's tip. The shapes
follow phonetics: lips shut and pressed for /p b m/, the lower lip under the upper teeth
for /f v/, the tongue's tip between the teeth for /θ ð/ and at the ridge for /t d n l/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .draft import smoothstep
from .mouth import TONGUE_BEHIND, TONGUE_LOWER, arches
from .sculpt import Body
from .source import Floats
from .topology import Topology

MM = 0.001


@dataclass(frozen=True)
class Tongue:
    """Where the tip goes, in millimetres up and forward of the upper incisors' edge.

    ``thin`` flattens the blade, ``back`` raises the back by so many millimetres.
    """

    up: float | None = None
    forward: float = 0.0
    thin: float = 0.0
    back: float = 0.0


@dataclass(frozen=True)
class Shape:
    """Face units with their strength. A name without Left or Right means both."""

    units: Mapping[str, float]
    tongue: Tongue = field(default_factory=Tongue)


_RIDGE = Tongue(up=-1.0, forward=-3.8)

VISEMES: dict[str, Shape] = {
    "PP": Shape({"mouthPress": 0.55, "mouthRollLower": 0.28, "mouthRollUpper": 0.3}),
    "FF": Shape(
        {"jawOpen": 0.05, "mouthRollLower": 0.75, "mouthUpperUp": 0.42, "mouthShrugLower": 0.2}
    ),
    "TH": Shape(
        {"jawOpen": 0.17, "mouthLowerDown": 0.25, "mouthUpperUp": 0.28, "mouthStretch": 0.15},
        Tongue(up=-2.6, forward=7.0, thin=0.5),
    ),
    "DD": Shape(
        {"jawOpen": 0.17, "mouthLowerDown": 0.35, "mouthUpperUp": 0.3, "mouthStretch": 0.2},
        _RIDGE,
    ),
    "kk": Shape(
        {"jawOpen": 0.22, "mouthLowerDown": 0.25, "mouthUpperUp": 0.2, "mouthStretch": 0.2},
        Tongue(back=7.0),
    ),
    "CH": Shape(
        {"jawOpen": 0.09, "mouthFunnel": 0.75, "mouthPucker": 0.25, "mouthUpperUp": 0.2,
         "mouthLowerDown": 0.25},
        Tongue(up=1.5, forward=-6.0),
    ),
    "SS": Shape(
        {"jawOpen": 0.045, "mouthStretch": 0.5, "mouthLowerDown": 0.5, "mouthUpperUp": 0.4,
         "mouthSmile": 0.15},
        Tongue(up=0.5, forward=-4.5),
    ),
    "nn": Shape(
        {"jawOpen": 0.2, "mouthLowerDown": 0.3, "mouthUpperUp": 0.3, "mouthStretch": 0.1},
        Tongue(up=-1.6, forward=-3.2),
    ),
    "RR": Shape(
        {"jawOpen": 0.14, "mouthFunnel": 0.45, "mouthPucker": 0.3, "mouthLowerDown": 0.15},
        Tongue(up=1.0, forward=-11.0, back=2.0),
    ),
    "aa": Shape(
        {"jawOpen": 0.64, "mouthLowerDown": 0.25, "mouthUpperUp": 0.3, "mouthStretch": 0.1},
        Tongue(back=-4.0),
    ),
    "E": Shape(
        {"jawOpen": 0.33, "mouthStretch": 0.35, "mouthLowerDown": 0.3, "mouthUpperUp": 0.3,
         "mouthSmile": 0.1}
    ),
    "I": Shape(
        {"jawOpen": 0.15, "mouthStretch": 0.4, "mouthSmile": 0.35, "mouthLowerDown": 0.4,
         "mouthUpperUp": 0.3},
        Tongue(back=4.0),
    ),
    "O": Shape({"jawOpen": 0.4, "mouthFunnel": 0.75, "mouthPucker": 0.45}, Tongue(back=2.0)),
    "U": Shape({"jawOpen": 0.06, "mouthPucker": 1.0, "mouthFunnel": 0.3}, Tongue(back=4.0)),
}  # fmt: skip

LIFE: dict[str, Shape] = {
    "blinkL": Shape({"eyeBlinkLeft": 1.0}),
    "blinkR": Shape({"eyeBlinkRight": 1.0}),
    "squint": Shape({"eyeSquint": 0.8, "cheekSquint": 0.5}),
    "eyeWide": Shape({"eyeWide": 0.8}),
    "lidsUp": Shape({"eyeLookUp": 1.0}),
    "lidsDown": Shape({"eyeLookDown": 1.0}),
    "browInnerUp": Shape({"browInnerUp": 0.9}),
    "browOuterUp": Shape({"browOuterUp": 0.9}),
    "browDown": Shape({"browDown": 0.8}),
    "smile": Shape({"mouthSmile": 0.75, "cheekSquint": 0.45, "eyeSquint": 0.2}),
    "frown": Shape({"mouthFrown": 0.6}),
    "jawOpen": Shape({"jawOpen": 0.6}),
    "mouthClose": Shape({"mouthClose": 0.6}),
}
# At rest the corners of the mouth are a little up, the eyes a little softened.
REST = Shape(
    {
        "mouthSmile": 0.5,
        "eyeSquint": 0.14,
        "cheekSquint": 0.18,
        "eyeLookDown": 0.08,
        "browInnerUp": 0.12,
    }
)


# Lips that touch overlap by so much, so that no gap is seen; pressed ones by more.
_TOUCH, _PRESS = 0.8 * MM, 1.6 * MM


def targets(body: Body, topology: Topology) -> dict[str, Floats]:
    """Return the offsets of the base mesh ``(19158, 3)`` for every target."""
    shapes = VISEMES | LIFE
    found = {name: _offsets(body, topology, shape) for name, shape in shapes.items()}
    found["FF"] += tuck(body, topology, body.points + found["FF"])
    found["PP"] += seal(body.points + found["PP"], topology, _PRESS)
    found["breathe"] = _breath(body)
    return found


def at_rest(body: Body, topology: Topology, own: Mapping[str, float]) -> Body:
    """Return the body with its resting look; ``own`` adds face units of this person."""
    units = dict(REST.units)
    for unit, strength in own.items():
        units[unit] = units.get(unit, 0.0) + strength
    points = body.points + _offsets(body, topology, Shape(units))
    points = points + seal(points, topology, _TOUCH)
    return Body(body.source, points, body.scale, body.turned)


def _offsets(body: Body, topology: Topology, shape: Shape) -> Floats:
    offsets = np.zeros_like(body.points)
    for unit, strength in shape.units.items():
        for name in _unit_names(unit):
            offsets += strength * body.scale * body.source.face_unit(name)
    _move_tongue(body, topology, shape.tongue, offsets)
    return offsets


def seal(points: Floats, topology: Topology, overlap: float) -> Floats:
    """Return offsets that bring the lips together, by half the gap at each place.

    ``overlap`` is by how many metres they then reach into each other.
    """
    ring = topology.lip_ring
    upper, lower = topology.upper_lip, topology.lower_lip
    near = ring <= 3
    corner = np.abs(points[topology.lip_margin, 0]).max()
    at = np.linspace(-corner, corner, 41)
    edges = []
    for lip, sign in ((upper, 1.0), (lower, -1.0)):
        own = points[lip & near & (ring >= 1)]
        away = np.abs(own[:, 0][None, :] - at[:, None]) / (0.1 * corner)
        # The lowest point of the upper lip, the highest of the lower one, nearby.
        edges.append(
            sign * (sign * own[:, 1] + 0.004 * np.maximum(away - 1, 0)).min(axis=1)
        )
    gap = np.interp(points[:, 0], at, _smooth(edges[0] - edges[1])) + overlap
    ends = smoothstep(1.0 * corner, 0.8 * corner, np.abs(points[:, 0]))
    share = (1 - smoothstep(4.0, 10.0, ring)) * (0.35 + 0.65 * ends)
    offsets = np.zeros_like(points)
    offsets[:, 1] = (
        0.5 * np.maximum(gap, 0) * share * (lower.astype(float) - upper.astype(float))
    )
    return offsets


def tuck(body: Body, topology: Topology, points: Floats) -> Floats:
    """Return offsets that lay the lower lip's inner rim on the upper incisors' edge."""
    ring, lower = topology.lip_ring, topology.lower_lip
    rim = lower & (ring >= 2) & (ring <= 4) & (np.abs(points[:, 0]) < 4 * MM)
    edge = arches(body, topology)[0].edge
    step = edge + (0, 0.3 * MM, 1.2 * MM) - points[rim].mean(axis=0)
    step[0] = 0
    corner = np.abs(points[topology.lip_margin, 0]).max()
    share = (1 - smoothstep(4.0, 12.0, ring)) * lower
    share = share * smoothstep(1.0, 0.35, np.abs(points[:, 0]) / corner)
    return np.asarray(share[:, None] * step)


def _smooth(values: Floats) -> Floats:
    kernel = np.array([1, 2, 3, 2, 1]) / 9
    return np.convolve(np.pad(values, 2, mode="edge"), kernel, mode="valid")


_PAIRED = (
    "mouthPress", "mouthSmile", "mouthFrown", "mouthStretch", "mouthLowerDown",
    "mouthUpperUp", "mouthDimple", "eyeSquint", "eyeWide", "eyeLookUp", "eyeLookDown",
    "cheekSquint", "browDown", "browOuterUp", "noseSneer",
)  # fmt: skip


def _unit_names(unit: str) -> list[str]:
    return [f"{unit}Left", f"{unit}Right"] if unit in _PAIRED else [unit]


def _move_tongue(
    body: Body, topology: Topology, tongue: Tongue, offsets: Floats
) -> None:
    """Add the tongue's own movement to what the jaw already gives it."""
    rows = body.source.joint_vertices["helper-tongue"]
    rest = body.points[rows] - (0, TONGUE_LOWER, TONGUE_BEHIND)
    low, high = rest[:, 2].min(), rest[:, 2].max()
    share = (rest[:, 2] - low) / (high - low)
    now = rest + offsets[rows]
    blade = smoothstep(0.25, 1.0, share)
    if tongue.thin:
        middle = now[:, 1].mean()
        front = share > 0.85
        middle = now[front, 1].mean() if front.any() else middle
        now[:, 1] += blade * tongue.thin * (middle - now[:, 1])
    if tongue.up is not None:
        edge = arches(body, topology)[0].edge
        tip = now[share > 0.94].mean(axis=0)
        goal = np.array([0.0, edge[1] + tongue.up * MM, edge[2] + tongue.forward * MM])
        step = goal - tip
        step[0] = 0
        now += (blade**1.3)[:, None] * step
        # A narrow tip: the blade converges towards the middle.
        now[:, 0] *= 1 - 0.25 * smoothstep(0.6, 1.0, share)
    if tongue.back:
        hump = np.exp(-(((share - 0.45) / 0.22) ** 2))
        top = smoothstep(rest[:, 1].min(), rest[:, 1].max(), rest[:, 1])
        now[:, 1] += tongue.back * MM * hump * top
    offsets[rows] = now - rest


def _breath(body: Body) -> Floats:
    """Raise chest and shoulders by two millimetres, nothing above the neck."""
    points = body.points
    shoulder = body.joint("l-shoulder")[1]
    neck = body.joint("neck")[1]
    share = 1 - smoothstep(shoulder + 0.01, neck - 0.005, points[:, 1])
    share = share * (1 - np.clip(body.turned, 0, 1) * 0.5)
    offsets = np.zeros_like(points)
    offsets[:, 1] = 2.2 * MM * share
    offsets[:, 2] = 1.8 * MM * share * smoothstep(-0.02, 0.1, points[:, 2] + 0.1)
    return offsets
