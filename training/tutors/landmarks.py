"""Places of a face that paint, brows and hair refer to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .draft import smoothstep
from .eyes import eye_centres
from .sculpt import Body
from .source import Floats
from .topology import Topology


@dataclass(frozen=True)
class Landmarks:
    """Points ``(3,)`` in metres; ``unit`` is the distance from eye to eye over 62 mm."""

    eyes: Floats
    nose_tip: Floats
    mouth: Floats
    corners: Floats
    chin: Floats
    crown: Floats
    skull: Floats
    unit: float
    ear: Floats

    def azimuth(self, places: Floats) -> Floats:
        """Return the angle about the skull, 0 in front, up to pi behind."""
        away = places - self.skull
        return np.asarray(np.abs(np.arctan2(away[..., 0], away[..., 2])))


def landmarks_of(body: Body, topology: Topology) -> Landmarks:
    """Find the landmarks of one body."""
    eyes = eye_centres(body)
    unit = float(abs(eyes[0, 0] - eyes[1, 0]) / 0.062)
    face = np.unique(topology.quads[topology.faces("face")])
    points = body.points[face]
    middle = points[np.abs(points[:, 0]) < 0.004]
    lips = body.points[topology.lip_margin]
    corners = lips[[lips[:, 0].argmax(), lips[:, 0].argmin()]]
    mouth = np.array([0, corners[:, 1].mean(), lips[:, 2].max()])
    below_eyes = (middle[:, 1] < -0.01) & (middle[:, 1] > mouth[1] + 0.01)
    nose = middle[below_eyes][middle[below_eyes][:, 2].argmax()]
    low = middle[(middle[:, 1] < mouth[1] - 0.022) & (middle[:, 2] > mouth[2] - 0.05)]
    chin = low[low[:, 2].argmax()]
    crown = points[points[:, 1].argmax()]
    back = points[points[:, 1] > 0.03][:, 2].min()
    front = points[points[:, 1] > 0.05][:, 2].max()
    skull = np.array([0.0, 0.03, (front + back) / 2])
    offsets = body.source.shape("ears/l-ear-wing-incr") + body.source.shape(
        "ears/r-ear-wing-incr"
    )
    moved = np.linalg.norm(offsets, axis=1)
    ear = smoothstep(0.03, 0.2, moved / moved.max())
    return Landmarks(eyes, nose, mouth, corners, chin, crown, skull, unit, ear)


def bump(places: Floats, centre: Floats, size: Floats | float) -> Floats:
    """Return a soft bump of 1 at ``centre``; ``size`` is its radius, by axis or for all."""
    return np.asarray(np.exp(-(((places - centre) / size) ** 2).sum(axis=-1)))
