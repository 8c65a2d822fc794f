"""What colour the visible triangles have: soft light, warm shadows, small highlights."""

from __future__ import annotations

import numba as nb
import numpy as np

from .head_raster import Bytes, Floats, Ints

# Columns of the table of materials that ``shade`` reads.
SHINE, SHARPNESS, WARMTH, SHEEN = 0, 1, 2, 3
_ENCODE = 4096


def encoding_table() -> Bytes:
    """Return sRGB bytes for linear light in 4096 steps, highlights rolled off."""
    light = np.arange(_ENCODE, dtype=np.float64) / (_ENCODE - 1) * 2.0
    rolled = np.where(light < 0.7, light, 0.7 + 0.3 * np.tanh((light - 0.7) / 0.3))
    encoded = np.where(
        rolled <= 0.0031308, rolled * 12.92, 1.055 * rolled ** (1 / 2.4) - 0.055
    )
    return np.asarray(np.clip(encoded * 255 + 0.5, 0, 255), np.uint8)


def decoding_table() -> Floats:
    """Return linear light for the 256 sRGB bytes."""
    byte = np.arange(256) / 255
    linear = np.where(byte <= 0.04045, byte / 12.92, ((byte + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


@nb.njit(cache=True, nogil=True, fastmath=True)
def shade(
    screen: Floats,
    normals: Floats,
    triangles: Ints,
    material: Bytes,
    texture_points: Floats,
    tint: Floats,
    texels: Bytes,
    texture_of: Ints,
    textures: Ints,
    materials: Floats,
    lights: Floats,
    decode: Floats,
    encode: Bytes,
    wall: Floats,
    window: tuple[int, int, int, int],
    depth: Floats,
    seen: Ints,
    light: Floats,
    out: Bytes,
) -> None:
    """Write the pixels of ``window`` (left, top, right, bottom) to ``out`` ``(h, w, 3)``.

    A pixel whose four samples show one even surface is shaded once.
    """
    left, top, right, bottom = window
    rgb = np.zeros(3, np.float32)
    for py in range(top, bottom):
        for px in range(left, right):
            x, y = 2 * px, 2 * py
            ids = (seen[y, x], seen[y, x + 1], seen[y + 1, x], seen[y + 1, x + 1])
            nearest = min(
                depth[y, x], depth[y, x + 1], depth[y + 1, x], depth[y + 1, x + 1]
            )
            farthest = max(
                depth[y, x], depth[y, x + 1], depth[y + 1, x], depth[y + 1, x + 1]
            )
            dimmed = (
                light[y, x] + light[y, x + 1] + light[y + 1, x] + light[y + 1, x + 1]
            ) * np.float32(0.25)
            red = green = blue = np.float32(0)
            if ids[0] < 0 and ids[1] < 0 and ids[2] < 0 and ids[3] < 0:
                red, green, blue = wall[py, px, 0], wall[py, px, 1], wall[py, px, 2]
            elif ids[0] >= 0 and farthest - nearest < 0.003 and _same(ids, material):
                _colour(
                    ids[0], x + 1.0, y + 1.0, screen, normals, triangles, material,
                    texture_points, tint, texels, texture_of, textures, materials,
                    lights, decode, rgb,
                )  # fmt: skip
                red, green, blue = rgb[0] * dimmed, rgb[1] * dimmed, rgb[2] * dimmed
            else:
                for k in range(4):
                    sx, sy = x + (k & 1), y + (k >> 1)
                    t = seen[sy, sx]
                    if t < 0:
                        rgb[0], rgb[1], rgb[2] = (
                            wall[py, px, 0],
                            wall[py, px, 1],
                            wall[py, px, 2],
                        )
                    elif k == 0 or t != ids[k - 1]:
                        _colour(
                            t, sx + 0.5, sy + 0.5, screen, normals, triangles, material,
                            texture_points, tint, texels, texture_of, textures,
                            materials, lights, decode, rgb,
                        )  # fmt: skip
                    part = light[sy, sx] * np.float32(0.25)
                    red += rgb[0] * part
                    green += rgb[1] * part
                    blue += rgb[2] * part
            out[py, px, 0] = encode[int(min(red, np.float32(2)) * np.float32(2047.5))]
            out[py, px, 1] = encode[int(min(green, np.float32(2)) * np.float32(2047.5))]
            out[py, px, 2] = encode[int(min(blue, np.float32(2)) * np.float32(2047.5))]


@nb.njit(cache=True, nogil=True, inline="always")
def _same(ids: tuple[int, int, int, int], material: Bytes) -> bool:
    if ids[1] < 0 or ids[2] < 0 or ids[3] < 0:
        return False
    first = material[ids[0]]
    return bool(
        material[ids[1]] == first
        and material[ids[2]] == first
        and material[ids[3]] == first
    )


@nb.njit(cache=True, nogil=True, fastmath=True)
def _colour(
    t: int,
    x: float,
    y: float,
    screen: Floats,
    normals: Floats,
    triangles: Ints,
    material: Bytes,
    texture_points: Floats,
    tint: Floats,
    texels: Bytes,
    texture_of: Ints,
    textures: Ints,
    materials: Floats,
    lights: Floats,
    decode: Floats,
    rgb: Floats,
) -> None:
    """Write the light that leaves triangle ``t`` at sample ``x, y`` towards the camera."""
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    ax, ay = screen[a, 0], screen[a, 1]
    ubx, uby = screen[b, 0] - ax, screen[b, 1] - ay
    ucx, ucy = screen[c, 0] - ax, screen[c, 1] - ay
    area = ubx * ucy - uby * ucx
    inverse = np.float32(1) / area if area != 0 else np.float32(0)
    wb = np.float32(((x - ax) * ucy - (y - ay) * ucx) * inverse)
    wc = np.float32(((y - ay) * ubx - (x - ax) * uby) * inverse)
    # A sample beside its triangle takes the colour of the nearest place inside.
    wb, wc = max(wb, np.float32(0)), max(wc, np.float32(0))
    wa = max(np.float32(1) - wb - wc, np.float32(0))
    whole = np.float32(1) / (wa + wb + wc)
    wa, wb, wc = wa * whole, wb * whole, wc * whole
    nx = wa * normals[a, 0] + wb * normals[b, 0] + wc * normals[c, 0]
    ny = wa * normals[a, 1] + wb * normals[b, 1] + wc * normals[c, 1]
    nz = wa * normals[a, 2] + wb * normals[b, 2] + wc * normals[c, 2]
    size = np.float32(1) / np.sqrt(nx * nx + ny * ny + nz * nz + np.float32(1e-12))
    nx, ny, nz = nx * size, ny * size, nz * size
    if nz < 0:
        nz = -nz * np.float32(0.2)
    m = material[t]
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
    texture = textures[texture_of[m]]
    width, height = texture[1], texture[2]
    fx = min(max(u * width - np.float32(0.5), np.float32(0)), np.float32(width - 1.001))
    fy = min(
        max(v * height - np.float32(0.5), np.float32(0)), np.float32(height - 1.001)
    )
    ix, iy = int(fx), int(fy)
    fx, fy = fx - ix, fy - iy
    p = texture[0] + 4 * (iy * width + ix)
    q = p + 4 * width
    w00, w10 = (1 - fx) * (1 - fy), fx * (1 - fy)
    w01, w11 = (1 - fx) * fy, fx * fy
    warmth, shine, sharpness = (
        materials[m, WARMTH],
        materials[m, SHINE],
        materials[m, SHARPNESS],
    )
    # Key light, wrapped around the form; red wraps farther, as light in skin does.
    key = nx * lights[0, 0] + ny * lights[0, 1] + nz * lights[0, 2]
    fill = max(nx * lights[1, 0] + ny * lights[1, 1] + nz * lights[1, 2], np.float32(0))
    back = max(nx * lights[2, 0] + ny * lights[2, 1] + nz * lights[2, 2], np.float32(0))
    edge = np.float32(1) - nz
    edge = edge * edge * edge
    sky = np.float32(0.5) + np.float32(0.5) * ny
    half = nx * lights[3, 0] + ny * lights[3, 1] + nz * lights[3, 2]
    gloss = np.float32(0)
    if half > 0 and shine > 0:
        gloss = shine * half**sharpness
    gloss += materials[m, SHEEN] * edge
    for k in range(3):
        base = (
            w00 * decode[texels[p + k]]
            + w10 * decode[texels[p + 4 + k]]
            + w01 * decode[texels[q + k]]
            + w11 * decode[texels[q + 4 + k]]
        )
        occlusion = wa * tint[a, k] + wb * tint[b, k] + wc * tint[c, k]
        wrap = np.float32(0.25) + warmth * (np.float32(0.28) - np.float32(0.14) * k)
        lit = max((key + wrap) / (np.float32(1) + wrap), np.float32(0))
        total = (
            lit * lights[4, k]
            + fill * lights[5, k]
            + back * edge * lights[6, k]
            + sky * lights[7, k]
            + (np.float32(1) - sky) * lights[8, k]
        )
        rgb[k] = base * occlusion * total + gloss * occlusion * lights[4, k]
