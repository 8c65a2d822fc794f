"""The loop of waiting: no jump, no stare, nothing wild."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise

from inference.engines.avatars.head.life import PICTURES, moment


def test_it_goes_on_where_it_began() -> None:
    assert moment(PICTURES) == moment(0)
    assert moment(3 * PICTURES + 7) == moment(7)


def test_the_head_moves_between_pictures_and_never_jumps() -> None:
    for number in range(PICTURES):
        before, after = moment(number).pose, moment(number + 1).pose
        turned = [
            abs(one - other)
            for one, other in zip(astuple(before)[:3], astuple(after)[:3], strict=True)
        ]
        assert 0 < max(turned) < 0.006


def test_the_eyes_hold_the_learner_but_for_one_glance() -> None:
    away = [
        abs(moment(k).pose.gaze_yaw + moment(k).pose.yaw) > 0.03
        for k in range(PICTURES)
    ]
    assert 0.05 < sum(away) / PICTURES < 0.25


def test_it_blinks_twice_and_breathes_twice() -> None:
    shut = [moment(k).targets["blinkL"] for k in range(PICTURES)]
    blinks = sum(a < 0.5 <= b for a, b in pairwise(shut))
    assert blinks == 2
    assert max(shut) > 0.9
    breath = [moment(k).targets["breathe"] for k in range(PICTURES)]
    assert sum(a < 0.5 <= b for a, b in pairwise(breath)) == 2
    assert min(breath) >= 0
    assert max(breath) <= 1
