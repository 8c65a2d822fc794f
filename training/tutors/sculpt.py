"""Shapes the base mesh into one person, arms hanging, head at the origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .person import Person
from .source import Floats, Source

_ARM_DEGREES = 34.0
_ARMS = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger", "shoulder01")


@dataclass(frozen=True)
class Body:
    """A person's vertices ``(19158, 3)`` in MakeHuman's numbering.

    The origin is between the eyes' centres. ``scale`` is the size of this head beside
    the base mesh, for which the face units were made.
    """

    source: Source
    points: Floats
    scale: float
    turned: Floats

    def joint(self, name: str) -> Floats:
        """Return the place of a named joint."""
        return np.asarray(self.group(f"joint-{name}").mean(axis=0))

    def group(self, name: str) -> Floats:
        """Return the points of a named group."""
        return self.points[self.source.joint_vertices[name]]


def sculpt(source: Source, person: Person) -> Body:
    """Return the body of ``person``."""
    points = source.points + sum(
        strength * source.shape(name) for name, strength in _targets(person).items()
    )
    eyes = [source.joint_vertices[f"joint-{side}-eye"] for side in "lr"]
    width = [
        abs(p[eyes[0]].mean(axis=0)[0] - p[eyes[1]].mean(axis=0)[0])
        for p in (points, source.points)
    ]
    points = points - (points[eyes[0]].mean(axis=0) + points[eyes[1]].mean(axis=0)) / 2
    points, turned = _arms_down(source, points)
    return Body(source, points, float(width[0] / width[1]), turned)


def follows_of(body: Body) -> Floats:
    """Return the shares of the joints ``(19158, 5)`` by MakeHuman's bones."""
    bones = body.source.bone_weights
    neck = 0.5 * bones["neck01"] + bones["neck02"] + 0.6 * bones["neck03"]
    torso = 0.5 * bones["neck01"]
    for bone, weights in bones.items():
        trunk = ("spine", "clavicle", "shoulder", "breast", "root", "upperarm")
        if bone.startswith((*trunk, "lowerarm", "wrist", "finger", "metacarpal")):
            torso = torso + weights
    total = np.clip(torso + neck, 0, 1)
    follows = np.zeros((len(neck), 5))
    scale = total / np.maximum(torso + neck, 1e-9)
    follows[:, 0], follows[:, 1] = torso * scale, neck * scale
    follows[:, 2] = 1 - total
    return follows


def _targets(person: Person) -> dict[str, float]:
    macro = "macrodetails"
    targets: dict[str, float] = {}
    for age, share in (("young", 1 - person.age), ("old", person.age)):
        if share == 0:
            continue
        for origin, part in person.origins.items():
            targets[f"{macro}/{origin}-{person.sex}-{age}"] = share * part
        for muscle, m in _levels(person.muscle, "muscle"):
            for weight, w in _levels(person.weight, "weight"):
                name = f"{macro}/universal-{person.sex}-{age}-{muscle}-{weight}"
                targets[name] = targets.get(name, 0.0) + share * m * w
    return targets | dict(person.shapes)


def _levels(value: float, of: str) -> list[tuple[str, float]]:
    """Split 0 to 1 between MakeHuman's least, average and most."""
    low, high = max(0.0, 1 - 2 * value), max(0.0, 2 * value - 1)
    levels = [(f"min{of}", low), (f"average{of}", 1 - low - high), (f"max{of}", high)]
    return [(name, share) for name, share in levels if share > 0]


def _arms_down(source: Source, points: Floats) -> tuple[Floats, Floats]:
    """Turn the arms about the shoulders; also return how far each point took part."""
    turned = np.zeros(len(points))
    moved = points.copy()
    for side, sign in (("L", -1.0), ("R", 1.0)):
        share = sum(
            (0.35 if bone.startswith("shoulder01") else 1.0) * weights
            for bone, weights in source.bone_weights.items()
            if bone.endswith(f".{side}") and bone.startswith(_ARMS)
        )
        joint = points[source.joint_vertices[f"joint-{side.lower()}-shoulder"]].mean(0)
        angle = sign * np.radians(_ARM_DEGREES) * share
        offset = points - joint
        cos, sin = np.cos(angle), np.sin(angle)
        moved[:, 0] += offset[:, 0] * (cos - 1) - offset[:, 1] * sin
        moved[:, 1] += offset[:, 0] * sin + offset[:, 1] * (cos - 1)
        turned += share
    return moved, turned
