"""Textures as a painter needs them: each texel knows its place on the head; noise."""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
import numpy.typing as npt

from .source import Bools, Floats, Ints, Singles

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Canvas:
    """``size`` squared texels. ``values`` ``(size, size, k)`` are attributes of the mesh."""

    size: int
    values: Singles
    covered: Bools


def canvas_of(uv: Floats, triangles: Ints, attributes: Floats, size: int) -> Canvas:
    """Spread attributes ``(n, k)`` over the texels of a mesh, and a little beyond."""
    values = np.zeros((size, size, attributes.shape[1]), np.float32)
    covered = np.zeros((size, size), np.bool_)
    _fill(
        (uv * size - 0.5).astype(np.float32), triangles, attributes.astype(np.float32),
        values, covered,
    )  # fmt: skip
    for _ in range(6):
        _grow(values, covered)
    return Canvas(size, values, covered)


@nb.njit(cache=True)
def _fill(
    uv: Singles, triangles: Ints, attributes: Singles, values: Singles, covered: Bools
) -> None:
    size = values.shape[0]
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        area = (uv[b, 0] - uv[a, 0]) * (uv[c, 1] - uv[a, 1]) - (uv[b, 1] - uv[a, 1]) * (
            uv[c, 0] - uv[a, 0]
        )
        if area == 0:
            continue
        x0 = max(0, int(np.floor(min(uv[a, 0], uv[b, 0], uv[c, 0]))))
        x1 = min(size - 1, int(np.ceil(max(uv[a, 0], uv[b, 0], uv[c, 0]))))
        y0 = max(0, int(np.floor(min(uv[a, 1], uv[b, 1], uv[c, 1]))))
        y1 = min(size - 1, int(np.ceil(max(uv[a, 1], uv[b, 1], uv[c, 1]))))
        for y in range(y0, y1 + 1):
            for x in range(x0, x1 + 1):
                dx, dy = x - uv[a, 0], y - uv[a, 1]
                wb = (dx * (uv[c, 1] - uv[a, 1]) - dy * (uv[c, 0] - uv[a, 0])) / area
                wc = (dy * (uv[b, 0] - uv[a, 0]) - dx * (uv[b, 1] - uv[a, 1])) / area
                wa = 1 - wb - wc
                if wa >= -1e-4 and wb >= -1e-4 and wc >= -1e-4:
                    covered[y, x] = True
                    for k in range(values.shape[2]):
                        values[y, x, k] = (
                            wa * attributes[a, k]
                            + wb * attributes[b, k]
                            + wc * attributes[c, k]
                        )


@nb.njit(cache=True)
def _grow(values: Singles, covered: Bools) -> None:
    """Give texels beside covered ones the mean of their covered neighbours."""
    size = values.shape[0]
    before = covered.copy()
    for y in range(size):
        for x in range(size):
            if before[y, x]:
                continue
            found = 0
            for j in range(max(0, y - 1), min(size, y + 2)):
                for i in range(max(0, x - 1), min(size, x + 2)):
                    if before[j, i]:
                        found += 1
                        for k in range(values.shape[2]):
                            values[y, x, k] += values[j, i, k]
            if found:
                covered[y, x] = True
                for k in range(values.shape[2]):
                    values[y, x, k] /= found


def noise(
    places: Floats, frequency: float, *, octaves: int = 1, seed: int = 0
) -> Floats:
    """Return smooth noise, about -1 to 1, at ``places`` ``(..., 3)``; cycles a metre."""
    flat = np.ascontiguousarray(places.reshape(-1, 3), np.float32)
    out = np.zeros(len(flat), np.float32)
    _noise(flat, float(frequency), octaves, seed, out)
    return np.asarray(out.reshape(places.shape[:-1]), np.float64)


@nb.njit(cache=True, fastmath=True)
def _noise(
    places: Singles, frequency: float, octaves: int, seed: int, out: Singles
) -> None:
    for n in range(places.shape[0]):
        total, weight, f = 0.0, 1.0, frequency
        for octave in range(octaves):
            x, y, z = places[n, 0] * f, places[n, 1] * f, places[n, 2] * f
            ix, iy, iz = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
            fx, fy, fz = x - ix, y - iy, z - iz
            sx, sy, sz = (
                fx * fx * (3 - 2 * fx),
                fy * fy * (3 - 2 * fy),
                fz * fz * (3 - 2 * fz),
            )
            value = 0.0
            for c in range(8):
                i, j, k = c & 1, (c >> 1) & 1, c >> 2
                w = (
                    (sx if i else 1 - sx)
                    * (sy if j else 1 - sy)
                    * (sz if k else 1 - sz)
                )
                value += w * _hash(ix + i, iy + j, iz + k, seed + octave)
            total += weight * (2 * value - 1)
            weight *= 0.5
            f *= 2.03
        out[n] = total


@nb.njit(cache=True)
def _hash(x: int, y: int, z: int, seed: int) -> float:
    h = (x * 374761393 + y * 668265263 + z * 1274126177 + seed * 362437) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 16)) * 2246822519) & 0xFFFFFFFF
    return (h ^ (h >> 15)) / 4294967295.0


def colour(text: str) -> Floats:
    """Return sRGB hex as three numbers from 0 to 1."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def mixed(below: Floats, above: Floats, share: Floats) -> Floats:
    """Lay ``above`` (a colour or an image) over an image ``(..., 3)``."""
    return below + (above - below) * share[..., None]


def as_bytes(image: Floats, alpha: Floats | None = None) -> Bytes:
    """Return RGBA bytes of an image ``(h, w, 3)`` from 0 to 1."""
    alpha = np.ones(image.shape[:2]) if alpha is None else alpha
    whole = np.concatenate([image, alpha[..., None]], axis=2)
    return np.asarray(np.clip(whole, 0, 1) * 255 + 0.5, np.uint8)
