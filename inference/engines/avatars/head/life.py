"""What a head does while it waits: it sways, breathes, blinks and looks, in a loop."""

from __future__ import annotations

import math
from dataclasses import dataclass

from inference.engines.avatars.head_pose import Pose
from inference.types.face import FPS

LOOP_S = 6
PICTURES = LOOP_S * FPS
_BREATHS = 2
_BLINKS_S = (1.28, 4.56)
_SHUTTING_S, _OPENING_S = 0.08, 0.18
# A glance to the side and back, and how long the eyes take for it.
_GLANCE_S, _GLANCE_FOR_S, _SACCADE_S = 2.9, 0.8, 0.06
_GLANCE = (0.075, -0.03)
_SMILE = 0.22


@dataclass(frozen=True, slots=True)
class Moment:
    """A head at one picture of the loop: its pose, and its morph targets by name."""

    pose: Pose
    targets: dict[str, float]


def moment(number: int) -> Moment:
    """Return the head at a picture of the loop, which goes on without a jump."""
    number %= PICTURES
    at_s = number / FPS
    yaw = 0.036 * _wave(at_s, 1) + 0.012 * _wave(at_s, 2, 1.1)
    pitch = 0.016 * _wave(at_s, 1, 0.7) + 0.006 * _wave(at_s, 3)
    breath = 0.5 - 0.5 * _wave(at_s, _BREATHS, math.pi / 2)
    glance = _glance(at_s)
    shut = max(_shut(at_s - blink_s) for blink_s in _BLINKS_S)
    pose = Pose(
        yaw=yaw,
        pitch=pitch,
        roll=0.013 * _wave(at_s, 1, 2.0),
        # Eyes hold what they look at while the head sways.
        gaze_yaw=-0.85 * yaw + _GLANCE[0] * glance,
        gaze_pitch=-0.85 * pitch + _GLANCE[1] * glance,
        shift=(0.0, 0.0012 * breath, 0.0),
    )
    brow = max(0.0, 0.25 * _wave(at_s, 2, 0.4))
    targets = {
        "blinkL": shut,
        "blinkR": shut,
        "browInnerUp": 0.5 * brow,
        "browOuterUp": 0.5 * brow,
        "smile": _SMILE,
        "breathe": breath,
    }
    return Moment(pose, targets)


def _wave(at_s: float, times: int, phase: float = 0.0) -> float:
    return math.sin(2 * math.pi * times * at_s / LOOP_S + phase)


def _shut(since_s: float) -> float:
    if since_s <= -_SHUTTING_S or since_s >= _OPENING_S:
        return 0.0
    left = -since_s / _SHUTTING_S if since_s < 0 else since_s / _OPENING_S
    return 1 - left * left * (3 - 2 * left)


def _glance(at_s: float) -> float:
    there = (at_s - _GLANCE_S) / _SACCADE_S
    back = (at_s - _GLANCE_S - _GLANCE_FOR_S) / _SACCADE_S
    return min(1.0, max(0.0, there)) - min(1.0, max(0.0, back))
