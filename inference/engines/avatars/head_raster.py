"""Which triangle each point of the picture shows: compiled kernels with a depth buffer.

The picture is sampled on a grid twice as fine as its pixels. Only depth and triangle are
kept for a sample; colours are found later, once for what is seen.
"""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

# How the triangles of a material cover what is behind them.
SOLID, TWO_SIDED, CUT_OUT, SHADOW = 0, 1, 2, 3
SAMPLES = 2
_NOTHING = -1
_FAR = np.float32(1e9)


@nb.njit(cache=True, nogil=True, fastmath=True)
def place_points(
    points: Floats,
    joint: Bytes,
    blended: Ints,
    weights: Floats,
    matrices: Floats,
    out: Floats,
) -> None:
    """Bring rest points ``(n, 3)`` to camera space by their joints' ``(j, 3, 4)``.

    Most points follow one joint; those listed in ``blended`` follow several, by the rows
    of ``weights``.
    """
    for i in range(points.shape[0]):
        m = matrices[joint[i]]
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        for k in range(3):
            out[i, k] = m[k, 0] * x + m[k, 1] * y + m[k, 2] * z + m[k, 3]
    for b in range(blended.shape[0]):
        i = blended[b]
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        for k in range(3):
            total = np.float32(0)
            for j in range(weights.shape[1]):
                w = weights[b, j]
                if w > 0:
                    m = matrices[j]
                    total += w * (m[k, 0] * x + m[k, 1] * y + m[k, 2] * z + m[k, 3])
            out[i, k] = total


@nb.njit(cache=True, nogil=True, fastmath=True)
def smooth_normals(
    placed: Floats, triangles: Ints, shared: Ints, first: int, last: int, out: Floats
) -> None:
    """Write unit normals of the triangles ``first`` to ``last`` to their points.

    ``shared`` gives points on a texture seam one normal: the number of the first of them.
    """
    for t in range(first, last):
        for c in range(3):
            i = triangles[t, c]
            out[i, 0] = out[i, 1] = out[i, 2] = 0
            s = shared[i]
            out[s, 0] = out[s, 1] = out[s, 2] = 0
    for t in range(first, last):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ux, uy, uz = (
            placed[b, 0] - placed[a, 0],
            placed[b, 1] - placed[a, 1],
            placed[b, 2] - placed[a, 2],
        )
        vx, vy, vz = (
            placed[c, 0] - placed[a, 0],
            placed[c, 1] - placed[a, 1],
            placed[c, 2] - placed[a, 2],
        )
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for k in range(3):
            s = shared[triangles[t, k]]
            out[s, 0] += nx
            out[s, 1] += ny
            out[s, 2] += nz
    for t in range(first, last):
        for k in range(3):
            i = triangles[t, k]
            s = shared[i]
            x, y, z = out[s, 0], out[s, 1], out[s, 2]
            size = np.sqrt(x * x + y * y + z * z) + np.float32(1e-20)
            out[i, 0], out[i, 1], out[i, 2] = x / size, y / size, z / size


@nb.njit(cache=True, nogil=True, fastmath=True)
def project(
    placed: Floats, focal: float, middle_x: float, middle_y: float, out: Floats
) -> None:
    """Write sample coordinates and depth ``(n, 3)``; the camera looks along minus z."""
    for i in range(placed.shape[0]):
        depth = -placed[i, 2]
        scale = focal / max(depth, np.float32(1e-3))
        out[i, 0] = middle_x + placed[i, 0] * scale
        out[i, 1] = middle_y - placed[i, 1] * scale
        out[i, 2] = depth


@nb.njit(cache=True, nogil=True, fastmath=True)
def find_visible(
    screen: Floats,
    triangles: Ints,
    material: Bytes,
    cover: Bytes,
    texture_points: Floats,
    texels: Bytes,
    texture_of: Ints,
    textures: Ints,
    window: tuple[int, int, int, int],
    depth: Floats,
    seen: Ints,
    light: Floats,
) -> None:
    """Fill ``depth``, ``seen`` and ``light`` for the samples of ``window``.

    ``window`` is left, top, right, bottom in samples. ``light`` is what shadow cards let
    through. Triangles must be sorted: solid, two-sided, cut out, shadow.
    """
    left, top, right, bottom = window
    for y in range(top, bottom):
        for x in range(left, right):
            depth[y, x] = _FAR
            seen[y, x] = _NOTHING
            light[y, x] = 1
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, az = screen[a, 0], screen[a, 1], screen[a, 2]
        bx, by, bz = screen[b, 0], screen[b, 1], screen[b, 2]
        cx, cy, cz = screen[c, 0], screen[c, 1], screen[c, 2]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        kind = cover[material[t]]
        if area >= 0 and (kind == SOLID or area == 0):
            continue
        x0 = max(left, int(np.ceil(min(ax, bx, cx) - np.float32(0.5))))
        x1 = min(right - 1, int(np.floor(max(ax, bx, cx) - np.float32(0.5))))
        y0 = max(top, int(np.ceil(min(ay, by, cy) - np.float32(0.5))))
        y1 = min(bottom - 1, int(np.floor(max(ay, by, cy) - np.float32(0.5))))
        if x0 > x1 or y0 > y1:
            continue
        inverse = np.float32(1) / area
        ub, uc = (cy - ay) * inverse, -(by - ay) * inverse
        vb, vc = -(cx - ax) * inverse, (bx - ax) * inverse
        dx, dy = x0 + np.float32(0.5) - ax, y0 + np.float32(0.5) - ay
        row_b, row_c = dx * ub + dy * vb, dx * uc + dy * vc
        for y in range(y0, y1 + 1):
            wb, wc = row_b, row_c
            for x in range(x0, x1 + 1):
                wa = 1 - wb - wc
                if wa >= 0 and wb >= 0 and wc >= 0:
                    z = wa * az + wb * bz + wc * cz
                    if z < depth[y, x]:
                        if kind >= CUT_OUT:
                            u = (
                                wa * texture_points[a, 0]
                                + wb * texture_points[b, 0]
                                + wc * texture_points[c, 0]
                            )
                            v = (
                                wa * texture_points[a, 1]
                                + wb * texture_points[b, 1]
                                + wc * texture_points[c, 1]
                            )
                            opacity = _opacity(
                                texels, textures[texture_of[material[t]]], u, v
                            )
                            if kind == SHADOW:
                                light[y, x] *= 1 - opacity
                            else:
                                step = (x & 1) + 2 * ((x ^ y) & 1)
                                if opacity > 0.15 + 0.22 * step:
                                    depth[y, x] = z
                                    seen[y, x] = t
                                    light[y, x] = 1
                        else:
                            depth[y, x] = z
                            seen[y, x] = t
                wb += ub
                wc += uc
            row_b += vb
            row_c += vc


@nb.njit(cache=True, nogil=True, fastmath=True, inline="always")
def _opacity(texels: Bytes, texture: Ints, u: float, v: float) -> np.float32:
    """Return the alpha at ``u, v``; ``texture`` is offset, width and height."""
    width, height = texture[1], texture[2]
    x = min(max(int(u * width), 0), width - 1)
    y = min(max(int(v * height), 0), height - 1)
    return np.float32(texels[texture[0] + 4 * (y * width + x) + 3]) * np.float32(
        1 / 255
    )
