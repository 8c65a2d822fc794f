"""What a head does while it does not speak, in loops: it sways, breathes, blinks, looks.

Waiting is also what lies under speech. A head that listens looks at the learner, leans its
head a little and nods; one that thinks looks up and aside.
"""

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
# When a listener begins to nod, and how deep, in radians.
_NODS, _NOD_S = ((0.9, 0.055), (3.7, 0.035)), 1.1
_LISTENING_BLINKS_S = (0.5, 2.6, 5.1)
_THINKING_BLINKS_S = (0.2, 3.1, 5.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """A head at one picture of the loop: its pose, and its morph targets by name."""

    pose: Pose
    targets: dict[str, float]


def moment(number: int, state: str = "waiting") -> Moment:
    """Return the head at a picture of a loop, which goes on without a jump.

    ``state`` is waiting, listening or thinking; raises KeyError for another.
    """
    return _LOOPS[state](number % PICTURES)


def _waiting(number: int) -> Moment:
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


def _listening(number: int) -> Moment:
    at_s = number / FPS
    yaw = 0.014 * _wave(at_s, 1)
    nod = sum(_nod(at_s - begins_s, deep) for begins_s, deep in _NODS)
    pitch = 0.008 * _wave(at_s, 1, 0.7) - nod
    breath = 0.5 - 0.5 * _wave(at_s, _BREATHS, math.pi / 2)
    shut = max(_shut(at_s - blink_s) for blink_s in _LISTENING_BLINKS_S)
    pose = Pose(
        yaw=yaw,
        pitch=pitch,
        roll=0.028 + 0.010 * _wave(at_s, 1, 2.0),
        # Who listens keeps the eyes on who speaks, also while nodding.
        gaze_yaw=-0.95 * yaw,
        gaze_pitch=-0.95 * pitch,
        shift=(0.0, 0.0012 * breath, 0.004),
    )
    brow = 0.18 + 0.12 * max(0.0, _wave(at_s, 2, 0.4))
    targets = {
        "blinkL": shut,
        "blinkR": shut,
        "browInnerUp": brow,
        "browOuterUp": 0.7 * brow,
        "smile": _SMILE + 0.08,
        "breathe": breath,
    }
    return Moment(pose, targets)


def _thinking(number: int) -> Moment:
    at_s = number / FPS
    # Aside for most of the loop, back for a glance at its end.
    away = _between(at_s, 0.15, 0.55) - _between(at_s, 4.9, 5.35)
    yaw = 0.012 * _wave(at_s, 1) - 0.055 * away
    pitch = 0.006 * _wave(at_s, 2) + 0.035 * away
    breath = 0.5 - 0.5 * _wave(at_s, _BREATHS, math.pi / 2)
    shut = max(_shut(at_s - blink_s) for blink_s in _THINKING_BLINKS_S)
    pose = Pose(
        yaw=yaw,
        pitch=pitch,
        roll=-0.014 * away,
        gaze_yaw=-0.6 * yaw - 0.16 * away + 0.03 * away * _wave(at_s, 2),
        gaze_pitch=-0.6 * pitch + 0.13 * away,
        shift=(0.0, 0.0012 * breath, 0.0),
    )
    targets = {
        "blinkL": shut,
        "blinkR": shut,
        "browInnerUp": 0.3 * away,
        "browOuterUp": 0.1 * away,
        "browDown": 0.12 * away,
        "smile": _SMILE * (1 - 0.7 * away),
        "breathe": breath,
    }
    return Moment(pose, targets)


def _nod(since_s: float, deep: float) -> float:
    """Return how far the head is down in a nod that begins now: down, up, a little less."""
    if not 0 <= since_s < _NOD_S:
        return 0.0
    fades = 1 - since_s / _NOD_S
    return deep * fades * math.sin(2 * math.pi * since_s / _NOD_S) ** 2


def _between(at_s: float, begins_s: float, ends_s: float) -> float:
    """Return a soft step from 0 to 1."""
    share = min(1.0, max(0.0, (at_s - begins_s) / (ends_s - begins_s)))
    return share * share * (3 - 2 * share)


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


_LOOPS = {"waiting": _waiting, "listening": _listening, "thinking": _thinking}
