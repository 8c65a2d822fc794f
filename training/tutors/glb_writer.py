"""Writes a head as glTF 2.0: quantised points, sparse morph targets, WebP textures.

Only what three.js reads without extra decoders is used: KHR_mesh_quantization and
EXT_texture_webp. One unit of the stored integers is 2**-16 m, the same everywhere.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from inference.engines.avatars.head_model import JOINTS

from .assembly import Assembly
from .chunks import Writer
from .draft import Draft, normals_of, same_places, smoothstep
from .materials import LOOKS, Look
from .source import Floats, Ints

METRES = 2.0**-16
# Smaller movements cannot be seen.
_LEAST = 3.2e-4
_LEAST_TURN = 0.08
_SKINNED = ("skin", "cloth", "collar")
# These move as a whole and hardly turn.
_RIGID = ("teeth_lower", "cloth", "collar", "hair_mass")
_QUALITY = {"skin": 80, "lashes": 60, "brows": 70}
_MODES = {"cut_out": "MASK", "shadow": "BLEND"}


def glb_of(assembly: Assembly) -> bytes:
    """Return the file of one tutor."""
    writer = Writer()
    textures = {
        name: _texture(writer, name, image) for name, image in assembly.textures.items()
    }
    materials = {
        name: writer.add("materials", _material(name, look, textures[look.texture]))
        for name, look in LOOKS.items()
    }
    _joints(writer, assembly.pivots)
    for draft in assembly.drafts:
        mesh = _mesh(writer, draft, materials[draft.material], assembly.offsets)
        _place(writer, draft, mesh, assembly.pivots)
    writer.tree |= {
        "asset": {
            "version": "2.0",
            "generator": "training.tutors",
            "copyright": "CC0 1.0: made from MakeHuman data, belongs to nobody",
            "extras": {"tutor": assembly.person.name, "metres": METRES},
        },
        "extensionsUsed": ["KHR_mesh_quantization", "EXT_texture_webp"],
        "extensionsRequired": ["KHR_mesh_quantization", "EXT_texture_webp"],
        "scene": 0,
        "scenes": [{"nodes": [0]}],
    }
    return writer.content()


def _texture(writer: Writer, name: str, image: npt.NDArray[np.uint8]) -> int:
    out = io.BytesIO()
    opaque = bool((image[..., 3] == 255).all())
    Image.fromarray(image[..., :3] if opaque else image).save(
        out, "WEBP", quality=_QUALITY.get(name, 82), method=4
    )
    view = writer.view(out.getvalue())
    source = writer.add(
        "images", {"name": name, "bufferView": view, "mimeType": "image/webp"}
    )
    return writer.add(
        "textures", {"extensions": {"EXT_texture_webp": {"source": source}}}
    )


def _material(name: str, look: Look, texture: int) -> dict[str, Any]:
    material: dict[str, Any] = {
        "name": name,
        "pbrMetallicRoughness": {
            "baseColorTexture": {"index": texture},
            "metallicFactor": 0,
            "roughnessFactor": look.roughness,
        },
        "extras": {
            "cover": look.cover, "shine": look.shine, "sharpness": look.sharpness,
            "warmth": look.warmth, "sheen": look.sheen, "own_normals": look.own_normals,
        },
    }  # fmt: skip
    if look.cover != "solid":
        material["doubleSided"] = True
    if look.cover in _MODES:
        material["alphaMode"] = _MODES[look.cover]
        if look.cover == "cut_out":
            material["alphaCutoff"] = 0.4
    return material


def _joints(writer: Writer, pivots: Floats) -> None:
    """Add the torso at node 0, and the joints above it as its descendants."""
    above = np.zeros(3)
    for number, joint in enumerate(JOINTS):
        parent = pivots[number - 1] if 0 < number < 3 else above
        parent = pivots[2] if number >= 3 else parent
        step = (pivots[number] - parent).round(6).tolist()
        writer.add("nodes", {"name": joint, "translation": step, "children": []})
    for number, parent in ((1, 0), (2, 1), (3, 2), (4, 2)):
        writer.tree["nodes"][parent]["children"].append(number)
    matrices = np.tile(np.eye(4, dtype=np.float32), (3, 1, 1))
    matrices[:, :3, :3] *= METRES
    matrices[:, :3, 3] = -pivots[:3]
    view = writer.view(np.ascontiguousarray(matrices.transpose(0, 2, 1)).reshape(3, 16))
    inverse = writer.accessor(bufferView=view, componentType=5126, count=3, type="MAT4")
    writer.add(
        "skins", {"joints": [0, 1, 2], "inverseBindMatrices": inverse, "skeleton": 0}
    )


def _place(writer: Writer, draft: Draft, mesh: int, pivots: Floats) -> None:
    nodes = writer.tree["nodes"]
    if draft.name in _SKINNED:
        nodes[0]["children"].append(
            writer.add("nodes", {"name": draft.name, "mesh": mesh, "skin": 0})
        )
        return
    joint = int(draft.follows[0].argmax())
    number = writer.add("nodes", {
        "name": draft.name, "mesh": mesh, "scale": [METRES] * 3,
        "translation": (-pivots[joint]).round(6).tolist(),
    })  # fmt: skip
    nodes[joint]["children"].append(number)


def _mesh(
    writer: Writer, draft: Draft, material: int, offsets: dict[str, Floats]
) -> int:
    points = np.round(draft.points / METRES).astype(np.int16)
    attributes = {
        "POSITION": _vertex(writer, points, 8, 5122, bounds=True),
        "NORMAL": _vertex(writer, _signed(draft.lit), 4, 5120, normalized=True),
        "TEXCOORD_0": _vertex(
            writer, _unsigned(draft.uv, 65535), 4, 5123, normalized=True
        ),
        "COLOR_0": _vertex(
            writer, _unsigned(draft.tint, 255), 4, 5121, normalized=True
        ),
    }
    if draft.name in _SKINNED:
        joints = np.tile(np.array([0, 1, 2, 0], np.uint8), (len(points), 1))
        weights = np.zeros((len(points), 4), np.uint8)
        weights[:, 1:3] = _unsigned(draft.follows[:, 1:3], 255)
        weights[:, 0] = 255 - weights[:, 1:3].sum(axis=1)
        joints[weights == 0] = 0
        attributes["JOINTS_0"] = _vertex(writer, joints, 4, 5121)
        attributes["WEIGHTS_0"] = _vertex(writer, weights, 4, 5121, normalized=True)
    indices = draft.triangles.reshape(-1).astype(np.uint16)
    primitive: dict[str, Any] = {
        "attributes": attributes,
        "material": material,
        "indices": writer.accessor(
            bufferView=writer.view(indices, target=34963),
            componentType=5123, count=len(indices), type="SCALAR",
        ),
    }  # fmt: skip
    mesh: dict[str, Any] = {"name": draft.name, "primitives": [primitive]}
    targets = _targets(writer, draft, offsets)
    if targets:
        primitive["targets"] = list(targets.values())
        mesh["extras"] = {"targetNames": list(targets)}
        mesh["weights"] = [0] * len(targets)
    return writer.add("meshes", mesh)


def _targets(
    writer: Writer, draft: Draft, offsets: dict[str, Floats]
) -> dict[str, dict[str, int]]:
    if draft.deform is None:
        return {}
    turning = not LOOKS[draft.material].own_normals and draft.name not in _RIGID
    same = same_places(draft.points) if turning else None
    targets = {}
    for name, offset in offsets.items():
        moved = draft.offsets(offset)
        size = np.linalg.norm(moved, axis=1)
        moved = moved * smoothstep(_LEAST, 2.5 * _LEAST, size)[:, None]
        rows = np.flatnonzero(size > _LEAST)
        if not len(rows):
            continue
        steps = np.round(moved / METRES).astype(np.int16)
        target = {"POSITION": _sparse(writer, rows, steps, 5122)}
        if turning:
            turn = normals_of(draft.points + moved, draft.triangles, same)
            turn -= normals_of(draft.points, draft.triangles, same)
            rows = np.flatnonzero(np.abs(turn).max(axis=1) > _LEAST_TURN)
            if len(rows):
                target["NORMAL"] = _sparse(writer, rows, _signed(turn), 5120)
        targets[name] = target
    return targets


def _sparse(writer: Writer, rows: Ints, dense: npt.NDArray[Any], kind: int) -> int:
    """Store the ``rows`` of ``dense`` ``(n, 3)``; the others are nought."""
    values = dense[rows]
    about: dict[str, Any] = {
        "componentType": kind, "count": len(dense), "type": "VEC3",
        "sparse": {
            "count": len(values),
            "indices": {"bufferView": writer.view(rows.astype(np.uint16)), "componentType": 5123},
            "values": {"bufferView": writer.view(values)},
        },
    }  # fmt: skip
    if kind == 5120:
        about["normalized"] = True
    else:
        whole = values if len(rows) == len(dense) else np.vstack([values, [[0, 0, 0]]])
        about["min"], about["max"] = (
            whole.min(axis=0).tolist(),
            whole.max(axis=0).tolist(),
        )
    return writer.accessor(**about)


def _vertex(
    writer: Writer,
    values: npt.NDArray[Any],
    stride: int,
    kind: int,
    *,
    normalized: bool = False,
    bounds: bool = False,
) -> int:
    about: dict[str, Any] = {
        "bufferView": writer.view(values, stride=stride, target=34962),
        "componentType": kind, "count": len(values), "type": f"VEC{values.shape[1]}",
    }  # fmt: skip
    if normalized:
        about["normalized"] = True
    if bounds:
        about |= {
            "min": values.min(axis=0).tolist(),
            "max": values.max(axis=0).tolist(),
        }
    return writer.accessor(**about)


def _signed(values: Floats) -> npt.NDArray[np.int8]:
    return np.round(np.clip(values, -1, 1) * 127).astype(np.int8)


def _unsigned(values: Floats, top: int) -> npt.NDArray[Any]:
    kind = np.uint8 if top == 255 else np.uint16
    return np.round(np.clip(values, 0, 1) * top).astype(kind)
