"""Draws a head at a posture: the processor's own way to a picture, no GPU needed."""

from __future__ import annotations

import numpy as np

from .head_model import Bytes, Floats, HeadModel, Ints, Part
from .head_pose import (
    PORTRAIT,
    Camera,
    Pose,
    camera_matrix,
    joint_matrices,
    lights,
    wall_light,
)
from .head_raster import find_visible, place_points, project, smooth_normals
from .head_shading import decoding_table, encoding_table, shade

Window = tuple[int, int, int, int]


class HeadRenderer:
    """Draws one model at one size. Not shared between threads: it keeps its buffers."""

    def __init__(
        self,
        model: HeadModel,
        size: int,
        *,
        field: float = PORTRAIT.field,
        wall: tuple[str, str] = ("#dfe6ea", "#b9c6cf"),
    ) -> None:
        """Prepare for pictures of ``size`` pixels that show ``field`` metres of height."""
        self.model, self.size = model, size
        parts = sorted(model.parts, key=lambda part: part.material.cover)
        self._parts = parts
        starts = np.cumsum([0, *(len(part.points) for part in parts)])
        self._starts = dict(zip((p.name for p in parts), starts[:-1], strict=True))
        self.rest = _stacked([part.points for part in parts])
        self._triangles = np.concatenate(
            [p.triangles + s for p, s in zip(parts, starts[:-1], strict=True)]
        ).astype(np.int32)
        self._uv = _stacked([part.texture_points for part in parts])
        self._tint = _stacked([part.tint for part in parts])
        self._rest_normals = _stacked([part.normals for part in parts])
        follows = _stacked([part.follows for part in parts])
        self._joint = follows.argmax(axis=1).astype(np.uint8)
        self._blended = np.flatnonzero(follows.max(axis=1) < 0.999).astype(np.int32)
        self._follows = np.ascontiguousarray(follows[self._blended])
        counts = np.cumsum([0, *(len(part.triangles) for part in parts)])
        self._spans = [
            (int(counts[i]), int(counts[i + 1]))
            for i, part in enumerate(parts)
            if not part.own_normals
        ]
        self._shared = _shared_points(parts, starts)
        self._set_materials()
        self._set_textures(field)
        self._normals = self._rest_normals.copy()
        self._placed = np.zeros_like(self.rest)
        self._screen = np.zeros_like(self.rest)
        fine = 2 * size
        self._depth = np.zeros((fine, fine), np.float32)
        self._seen = np.zeros((fine, fine), np.int32)
        self._light = np.zeros((fine, fine), np.float32)
        self._decode, self._encode = decoding_table(), encoding_table()
        self._wall = wall_light(wall, size, self._decode)
        self._lights = lights()

    def _set_materials(self) -> None:
        table = [part.material for part in self._parts]
        self._material = np.concatenate(
            [np.full(len(p.triangles), i, np.uint8) for i, p in enumerate(self._parts)]
        )
        self._cover = np.asarray([m.cover for m in table], np.uint8)
        self._texture_of = np.asarray([m.texture for m in table], np.int32)
        self._materials = np.asarray(
            [(m.shine, m.sharpness, m.warmth, m.sheen) for m in table], np.float32
        )

    def _set_textures(self, field: float) -> None:
        finest = 2 * self.size / field
        flat, places, offset = [], [], 0
        for number, texture in enumerate(self.model.textures):
            users = [p for p in self._parts if p.material.texture == number]
            excess = min(
                (_texels_per_metre(p, texture) / finest for p in users), default=1
            )
            while excess > 1.4 and min(texture.shape[:2]) > 16:
                texture, excess = _halved(texture), excess / 2
            height, width = texture.shape[:2]
            flat.append(texture.reshape(-1))
            places.append((offset, width, height))
            offset += texture.size
        self._texels = np.concatenate(flat)
        self._textures = np.asarray(places, np.int32)

    def morphed(self, weights: Floats) -> Floats:
        """Return the rest points ``(n, 3)`` changed by ``weights`` ``(n_targets,)``."""
        points = self.rest.copy()
        wanted = dict(zip(self.model.target_names, weights.tolist(), strict=True))
        for part in self._parts:
            start = self._starts[part.name]
            for name, (rows, offsets) in part.targets.items():
                if wanted[name] != 0:
                    points[start + rows] += np.float32(wanted[name]) * offsets
        return points

    def span_of(self, part: str) -> slice:
        """Return where a part's points are in ``rest`` and in ``morphed``."""
        start = int(self._starts[part])
        count = next(len(p.points) for p in self._parts if p.name == part)
        return slice(start, start + count)

    def render(
        self,
        points: Floats,
        pose: Pose | None = None,
        camera: Camera = PORTRAIT,
        *,
        window: Window | None = None,
        out: Bytes | None = None,
    ) -> Bytes:
        """Draw ``points`` from ``morphed`` and return ``uint8[size, size, 3]``.

        ``window`` (left, top, right, bottom in pixels) limits the work; the rest of
        ``out`` is left as it is.
        """
        size = self.size
        out = np.zeros((size, size, 3), np.uint8) if out is None else out
        window = window or (0, 0, size, size)
        view = camera_matrix(camera)
        matrices = np.ascontiguousarray(
            [
                view[:3] @ np.vstack([m, (0, 0, 0, 1)])
                for m in joint_matrices(self.model.pivots, pose or Pose())
            ],
            np.float32,
        )
        place_points(
            points, self._joint, self._blended, self._follows, matrices, self._placed
        )
        turns = matrices.copy()
        turns[:, :, 3] = 0
        place_points(
            self._rest_normals, self._joint, self._blended, self._follows, turns,
            self._normals,
        )  # fmt: skip
        for first, last in self._spans:
            smooth_normals(
                self._placed, self._triangles, self._shared, first, last, self._normals
            )
        focal = 2 * size * camera.distance / camera.field
        project(self._placed, focal, float(size), float(size), self._screen)
        left, top, right, bottom = window
        find_visible(
            self._screen, self._triangles, self._material, self._cover, self._uv,
            self._texels, self._texture_of, self._textures,
            (2 * left, 2 * top, 2 * right, 2 * bottom), self._depth, self._seen,
            self._light,
        )  # fmt: skip
        shade(
            self._screen, self._normals, self._triangles, self._material, self._uv,
            self._tint, self._texels, self._texture_of, self._textures, self._materials,
            self._lights, self._decode, self._encode, self._wall, window, self._depth,
            self._seen, self._light, out,
        )  # fmt: skip
        return out


def _stacked(arrays: list[Floats]) -> Floats:
    return np.ascontiguousarray(np.concatenate(arrays), np.float32)


def _shared_points(parts: list[Part], starts: Ints) -> Ints:
    """Return, for each point, the first of its part in the same place."""
    shared = []
    for part, start in zip(parts, starts[:-1], strict=True):
        _, first, back = np.unique(
            part.points, axis=0, return_index=True, return_inverse=True
        )
        shared.append(start + first[back.reshape(-1)])
    return np.concatenate(shared).astype(np.int32)


def _texels_per_metre(part: Part, texture: Bytes) -> float:
    """Return how finely a texture lies on a part, as most of its triangles have it."""
    height, width = texture.shape[:2]
    corners = part.points[part.triangles]
    flat = part.texture_points[part.triangles] * np.array([width, height])
    sides, flat_sides = corners[:, 1:] - corners[:, :1], flat[:, 1:] - flat[:, :1]
    area = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1)
    texels = np.abs(
        flat_sides[:, 0, 0] * flat_sides[:, 1, 1]
        - flat_sides[:, 0, 1] * flat_sides[:, 1, 0]
    )
    return float(np.sqrt(np.median(texels / np.maximum(area, 1e-12))))


def _halved(texture: Bytes) -> Bytes:
    height, width = texture.shape[0] // 2 * 2, texture.shape[1] // 2 * 2
    four = texture[:height, :width].reshape(height // 2, 2, width // 2, 2, 4)
    return np.asarray(four.mean(axis=(1, 3)) + 0.5, np.uint8)
