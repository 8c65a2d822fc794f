"""Where a head is turned, from where it is seen, and in what light it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .head_model import JOINTS, Floats


@dataclass(frozen=True, slots=True)
class Pose:
    """Where head and eyes are turned, in radians, and how far the head has moved.

    Yaw to the person's left, pitch upwards and roll to the person's left are positive.
    The gaze is relative to the head. ``shift`` is metres to the side, up and forward.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    gaze_yaw: float = 0.0
    gaze_pitch: float = 0.0
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at ``target`` from ``distance`` metres, ``turn`` radians to the side.

    ``field`` is the height of the picture in metres at the target.
    """

    target: tuple[float, float, float] = (0.0, -0.017, 0.0)
    distance: float = 1.3
    field: float = 0.34
    turn: float = 0.0


PORTRAIT = Camera()


def _turn(yaw: float, pitch: float, roll: float) -> Floats:
    cy, sy, cp, sp = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    cr, sr = math.cos(roll), math.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_y @ about_x @ about_z, np.float32)


def joint_matrices(pivots: Floats, pose: Pose) -> Floats:
    """Return ``(5, 3, 4)``: rest space to posed space for each of ``JOINTS``.

    The neck takes two fifths of a turn, the head the rest.
    """
    shares = {"torso": 0.0, "neck": 0.4, "head": 0.6, "eye_left": 1.0, "eye_right": 1.0}
    above = np.eye(4, dtype=np.float32)
    matrices = np.zeros((len(JOINTS), 3, 4), np.float32)
    for number, joint in enumerate(JOINTS):
        own = np.eye(4, dtype=np.float32)
        share = shares[joint]
        if number >= 3:
            own[:3, :3] = _turn(pose.gaze_yaw, pose.gaze_pitch, 0.0)
        else:
            own[:3, :3] = _turn(pose.yaw * share, pose.pitch * share, pose.roll * share)
        own[:3, 3] = pivots[number] - own[:3, :3] @ pivots[number]
        if joint == "neck":
            own[:3, 3] += np.asarray(pose.shift, np.float32)
        if number < 3:
            above = above @ own
            matrices[number] = above[:3]
        else:
            matrices[number] = (above @ own)[:3]
    return matrices


def camera_matrix(camera: Camera) -> Floats:
    """Return ``(4, 4)``: metres to camera space, which looks along minus z."""
    view = np.eye(4, dtype=np.float32)
    view[:3, :3] = _turn(-camera.turn, 0.0, 0.0)
    view[:3, 3] = -view[:3, :3] @ np.asarray(camera.target, np.float32)
    view[2, 3] -= camera.distance
    return view


def lights() -> Floats:
    """Return the light of the studio ``(9, 3)`` in camera space.

    Directions of key, fill, back and the key's highlight, then the colours of key, fill,
    back, sky and floor.
    """
    rows = np.array(
        [
            (-0.5, 0.55, 0.67), (0.8, 0.1, 0.6), (0.55, 0.5, -0.67), (0, 0, 0),
            (1.02, 0.96, 0.88), (0.14, 0.16, 0.19), (1.1, 1.12, 1.2),
            (0.32, 0.345, 0.385), (0.21, 0.175, 0.16),
        ]
    )  # fmt: skip
    rows[:3] /= np.linalg.norm(rows[:3], axis=1, keepdims=True)
    half = rows[0] + (0, 0, 1)
    rows[3] = half / np.linalg.norm(half)
    return rows.astype(np.float32)


def wall_light(colours: tuple[str, str], size: int, decode: Floats) -> Floats:
    """Return the wall's linear light ``(size, size, 3)``: the first colour glows behind the head."""
    ends = [
        decode[[int(colour[i : i + 2], 16) for i in (1, 3, 5)]] for colour in colours
    ]
    y, x = np.mgrid[:size, :size] / size
    away = np.clip(np.hypot(x - 0.5, (y - 0.42) * 0.9) / 0.7, 0, 1)[..., None]
    away = away * away * (3 - 2 * away)
    return np.asarray(ends[0] * (1 - away) + ends[1] * away, np.float32)
