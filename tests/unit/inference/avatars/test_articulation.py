"""Mouths do what the sounds need: measured on lips, teeth and tongue."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.avatars.head_model import HeadModel

from .heads import NAMES, Floats, frontmost, head, moved, part

MM = 0.001


def lip_gap(model: HeadModel, target: str) -> float:
    """Return the free height between the lips at the midline in metres, 0 if they touch.

    The strip's points in front of the teeth are sorted by height; the widest step between
    neighbours is the opening.
    """
    rest = part(model, "skin").points
    points = moved(model, "skin", target)
    teeth = part(model, "teeth_upper").points
    # Lips lie in front of the incisors and around their edge.
    edge = teeth[teeth[:, 2] > teeth[:, 2].max() - 0.006][:, 1].min()
    strip = np.abs(rest[:, 0]) < 2 * MM
    strip &= (rest[:, 2] > teeth[:, 2].max() - 1 * MM) & (
        np.abs(rest[:, 1] - edge) < 16 * MM
    )
    heights = np.sort(points[strip][:, 1])
    return float(np.diff(heights).max())


@pytest.mark.parametrize("name", NAMES)
def test_lips_are_shut_at_rest_and_for_p(name: str) -> None:
    model = head(name)
    assert lip_gap(model, "sil") < 2.5 * MM
    assert lip_gap(model, "PP") < 2.5 * MM


@pytest.mark.parametrize("name", NAMES)
def test_the_wider_the_vowel_the_wider_the_mouth(name: str) -> None:
    model = head(name)
    opening = {shape: lip_gap(model, shape) for shape in ("aa", "E", "I", "PP")}
    assert opening["aa"] > opening["E"] > opening["I"] > opening["PP"]
    assert opening["aa"] > 14 * MM


@pytest.mark.parametrize("name", NAMES)
def test_f_brings_the_lower_lip_to_the_upper_teeth(name: str) -> None:
    model = head(name)
    teeth = frontmost(part(model, "teeth_upper").points)
    edge = teeth[teeth[:, 2] > teeth[:, 2].max() - 4 * MM][:, 1].min()
    lip = frontmost(moved(model, "skin", "FF"))
    near = lip[
        (np.abs(lip[:, 1] - edge) < 3 * MM) & (lip[:, 2] > teeth[:, 2].max() - 5 * MM)
    ]
    assert len(near)
    away = np.linalg.norm(near[:, None, 1:] - teeth[None, :, 1:], axis=2).min()
    assert away < 2 * MM


def tongue_tip(model: HeadModel, target: str) -> Floats:
    rest = part(model, "tongue").points
    tip = rest[:, 2] > rest[:, 2].max() - 4 * MM
    return np.asarray(moved(model, "tongue", target)[tip].mean(axis=0))


@pytest.mark.parametrize("name", NAMES)
def test_th_puts_the_tongue_between_the_teeth(name: str) -> None:
    model = head(name)
    upper = frontmost(part(model, "teeth_upper").points)
    lower = frontmost(moved(model, "teeth_lower", "TH"))
    points = moved(model, "tongue", "TH")
    assert points[:, 2].max() > upper[:, 2].max() + 2 * MM
    front = upper[:, 2].max()
    top = lower[lower[:, 2] > lower[:, 2].max() - 4 * MM][:, 1].max()
    bottom = upper[upper[:, 2] > front - 4 * MM][:, 1].min()
    assert top < tongue_tip(model, "TH")[1] < bottom + 2 * MM


@pytest.mark.parametrize("shape", ["DD", "nn"])
@pytest.mark.parametrize("name", NAMES)
def test_t_and_n_raise_the_tip_behind_the_upper_teeth(name: str, shape: str) -> None:
    model = head(name)
    upper = frontmost(part(model, "teeth_upper").points)
    raised, open_only = tongue_tip(model, shape), tongue_tip(model, "kk")
    assert raised[1] > open_only[1] + 3 * MM
    assert raised[2] < upper[:, 2].max()


@pytest.mark.parametrize("shape", ["O", "U", "CH"])
@pytest.mark.parametrize("name", NAMES)
def test_rounded_lips_narrow_and_come_forward(name: str, shape: str) -> None:
    model = head(name)
    skin = part(model, "skin")
    near = (
        np.abs(skin.points[:, 1] - part(model, "teeth_upper").points[:, 1].min())
        < 14 * MM
    )
    side = near & (skin.points[:, 2] > skin.points[near, 2].max() - 22 * MM)
    corner = (
        side
        & (np.abs(skin.points[:, 0]) > 17 * MM)
        & (np.abs(skin.points[:, 0]) < 26 * MM)
    )
    round_mouth = moved(model, "skin", shape)
    narrower = np.abs(skin.points[corner, 0]) - np.abs(round_mouth[corner, 0])
    assert narrower.mean() > 1 * MM
    assert round_mouth[near, 2].max() > skin.points[near, 2].max() + 1 * MM


@pytest.mark.parametrize("side", ["L", "R"])
@pytest.mark.parametrize("name", NAMES)
def test_a_blink_brings_the_lashes_of_both_lids_together(name: str, side: str) -> None:
    model = head(name)
    sign = 1 if side == "L" else -1
    lashes = part(model, "lashes")
    root = lashes.points[:, 0] * sign > 0
    upper = (
        root
        & (lashes.texture_points[:, 1] > 0.46)
        & (lashes.texture_points[:, 1] < 0.5)
    )
    lower = root & (lashes.texture_points[:, 1] > 0.94)
    middle = np.median(lashes.points[root, 0])
    strip = np.abs(lashes.points[:, 0] - middle) < 4 * MM
    points = moved(model, "lashes", f"blink{side}")

    def gap(where: Floats) -> float:
        return float(where[upper & strip, 1].mean() - where[lower & strip, 1].mean())

    assert gap(lashes.points) > 5 * MM
    assert gap(points) < 1.5 * MM
