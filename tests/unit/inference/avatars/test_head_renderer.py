"""The rasteriser draws what is there, where it is, and only where it is asked to."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.avatars.head_model import (
    Bytes,
    HeadModel,
    Material,
    Part,
)
from inference.engines.avatars.head_pose import Camera, Pose
from inference.engines.avatars.head_raster import CUT_OUT, SOLID
from inference.engines.avatars.head_renderer import HeadRenderer

from .heads import NAMES, head

SIZE = 96


def square(
    half: float, *, cover: int = SOLID, alpha: int = 255, z: float = 0.0
) -> HeadModel:
    """Return a red square facing the camera."""
    corners = [(-half, -half, z), (half, -half, z), (half, half, z), (-half, half, z)]
    follows = np.zeros((4, 5), np.float32)
    follows[:, 2] = 1
    texture = np.full((32, 32, 4), (200, 20, 20, alpha), np.uint8)
    part = Part(
        "square",
        np.asarray(corners, np.float32),
        np.tile(np.array([0, 0, 1], np.float32), (4, 1)),
        np.asarray([(0, 1), (1, 1), (1, 0), (0, 0)], np.float32),
        np.ones((4, 3), np.float32),
        follows,
        np.asarray([(0, 1, 2), (0, 2, 3)], np.int32),
        Material("paint", 0, cover),
        False,
        {"grow": (np.arange(4, dtype=np.int32), np.asarray(corners, np.float32))},
    )
    return HeadModel("square", (part,), (texture,), np.zeros((5, 3), np.float32))


CAMERA = Camera(target=(0.0, 0.0, 0.0), distance=2.0, field=0.4)


def red_share(picture: Bytes) -> float:
    return float(
        (picture[..., 0].astype(int) > picture[..., 2].astype(int) + 60).mean()
    )


def draw(model: HeadModel, pose: Pose | None = None, **weights: float) -> Bytes:
    renderer = HeadRenderer(model, SIZE)
    return renderer.render(renderer.morphed(model.weights(weights)), pose, CAMERA)


def test_a_square_covers_its_area() -> None:
    assert red_share(draw(square(0.1))) == pytest.approx(0.25, abs=0.01)


def test_a_morph_target_changes_the_area_by_its_weight() -> None:
    assert red_share(draw(square(0.1), grow=0.5)) == pytest.approx(0.5625, abs=0.02)


def test_a_turned_square_is_narrower_and_its_back_is_not_drawn() -> None:
    assert red_share(draw(square(0.1), Pose(yaw=1.05))) == pytest.approx(
        0.125, abs=0.02
    )
    assert red_share(draw(square(0.1), Pose(yaw=3.14))) == 0


def test_cut_out_texels_leave_the_wall_visible() -> None:
    assert red_share(draw(square(0.1, cover=CUT_OUT, alpha=0))) == 0
    assert red_share(draw(square(0.1, cover=CUT_OUT))) == pytest.approx(0.25, abs=0.01)


def test_what_is_nearer_hides_what_is_behind() -> None:
    near, far = square(0.05, z=0.1), square(0.1)
    blue = np.full((32, 32, 4), (20, 20, 200, 255), np.uint8)
    part = near.parts[0]
    both = HeadModel(
        "two",
        (
            far.parts[0],
            Part(
                "front", part.points, part.normals, part.texture_points, part.tint,
                part.follows, part.triangles, Material("blue", 1), False, {},
            ),
        ),
        (far.textures[0], blue),
        far.pivots,
    )  # fmt: skip
    picture = draw(both)
    middle = picture[SIZE // 2, SIZE // 2].astype(int)
    assert middle[2] > middle[0] + 60
    assert 0.1 < red_share(picture) < 0.24


def test_a_window_is_all_that_changes() -> None:
    model = head("ada")
    renderer = HeadRenderer(model, SIZE)
    rest = renderer.render(renderer.morphed(model.weights({})))
    wide = renderer.morphed(model.weights({"aa": 1}))
    whole = renderer.render(wide)
    window = (30, 48, 66, 76)
    part = renderer.render(wide, window=window, out=rest.copy())
    left, top, right, bottom = window
    inside = np.zeros((SIZE, SIZE), np.bool_)
    inside[top:bottom, left:right] = True
    assert (part[inside] == whole[inside]).all()
    assert (part[~inside] == rest[~inside]).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_tutor_fills_the_portrait(name: str) -> None:
    model = head(name)
    renderer = HeadRenderer(model, SIZE, wall=("#00ff00", "#00ff00"))
    picture = renderer.render(renderer.morphed(model.weights({}))).astype(int)
    wall = (picture[..., 1] > 240) & (picture[..., 0] < 40) & (picture[..., 2] < 40)
    assert 0.35 < (~wall).mean() < 0.75
    assert wall[:3].mean() > 0.8
    assert not wall[SIZE // 2, SIZE // 2]


def test_unknown_targets_are_refused() -> None:
    with pytest.raises(KeyError):
        head("ada").weights({"wink": 1})
