"""Boxes, masks and seams."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.avatars.musetalk.architecture import CHIN_MARGIN, LATENT
from inference.engines.avatars.musetalk.blending import paste
from inference.engines.avatars.musetalk.face_shape import (
    Box,
    FaceShape,
    face_box,
    shape_in,
    steady,
)
from inference.engines.avatars.musetalk.mask import jaw_mask
from inference.engines.avatars.musetalk.prepared import Pose, turning

FACE = shape_in(156, 120, 356, 400)
BOX = face_box(FACE, 512, 512)


def pose(pixels: np.ndarray) -> Pose:
    latents = np.zeros((8, LATENT, LATENT), np.float16)
    return Pose(pixels, BOX, jaw_mask(FACE, BOX), latents)


def grey(value: int, side: int) -> np.ndarray:
    return np.full((side, side, 3), value, np.uint8)


def test_the_box_has_the_nose_in_its_middle_and_a_margin_below_the_chin() -> None:
    assert Box(156, 120, 356, 400 + CHIN_MARGIN) == BOX
    assert FACE.nose_y == 260
    assert (FACE.jaw[:, 1].max(), FACE.jaw[:, 0].min()) == (400, 156)


@pytest.mark.parametrize(
    "edges",
    [(0, 0, 50, 200), (0, 0, 200, 40), (480, 100, 700, 300), (600, 0, 900, 300)],
)
def test_a_face_too_small_or_outside_is_refused(edges: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="too small"):
        face_box(shape_in(*edges), 512, 512)


def test_a_face_at_the_edge_keeps_what_is_inside() -> None:
    assert face_box(shape_in(-20, -50, 200, 508), 512, 512) == Box(0, 0, 200, 512)


def test_the_mask_covers_the_mouth_fades_out_and_is_nothing_on_the_border() -> None:
    mask = jaw_mask(FACE, BOX)
    assert mask.shape == (BOX.height, BOX.width)
    assert not np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]]).any()
    # The mouth lies half way between nose and chin.
    assert mask[(330 - 120), 100] == 255
    assert mask[(400 - 120), 100] > 60, "the chin may drop"
    assert not mask[: (260 - 120) - 25].any(), "the eyes stay"
    steps = np.abs(np.diff(mask.astype(int), axis=0)).max()
    sideways = np.abs(np.diff(mask.astype(int), axis=1)).max()
    assert max(steps, sideways) < 30


def test_outside_of_the_mask_no_pixel_changes() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (512, 512, 3), np.uint8)
    kept = noise.copy()
    found = paste(pose(noise), grey(255, 256), match_colour=False)
    changed = np.zeros((512, 512), bool)
    changed[BOX.top : BOX.bottom, BOX.left : BOX.right] = jaw_mask(FACE, BOX) > 0
    np.testing.assert_array_equal(found[~changed], noise[~changed])
    assert (found[330, 256] == 255).all()
    np.testing.assert_array_equal(noise, kept)


def test_the_seam_is_continuous_also_between_very_different_colours() -> None:
    found = paste(pose(grey(40, 512)), grey(220, 256), match_colour=False).astype(int)
    for axis in (0, 1):
        assert np.abs(np.diff(found, axis=axis)).max() < 30
    assert found.max() == 220


def test_colours_are_matched_where_they_meet_but_only_so_far() -> None:
    under = grey(100, 512)
    assert paste(pose(under), grey(108, 256), match_colour=True)[330, 256, 0] == 100
    assert paste(pose(under), grey(160, 256), match_colour=True)[330, 256, 0] == 148


def test_faces_are_steadied_without_delay() -> None:
    shapes = [
        FaceShape(FACE.jaw + (5.0 if i % 2 else -5.0), FACE.nose_y) for i in range(20)
    ]
    held = steady(shapes)
    at = [float(shape.jaw[0, 0]) for shape in held]
    assert np.ptp(at[2:-2]) <= 2.5
    moving = [FaceShape(FACE.jaw + np.float32(i), float(i)) for i in range(9)]
    assert [shape.nose_y for shape in steady(moving)] == list(range(9))


def test_the_loop_turns_round_without_standing_still() -> None:
    assert [turning(k, 4) for k in range(9)] == [0, 1, 2, 3, 2, 1, 0, 1, 2]
    assert [turning(k, 1) for k in range(3)] == [0, 0, 0]
    assert [turning(k, 2) for k in range(4)] == [0, 1, 0, 1]
