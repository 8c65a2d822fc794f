"""Loads a tutor's GLB as a head model."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np

from .glb import Glb, broken, read_glb
from .head_model import COVERS, JOINTS, Floats, HeadModel, Ints, Material, Part


def load_head(path: Path) -> HeadModel:
    """Return the head in ``path``.

    Raises EngineUnavailable when the file is missing, damaged or not a tutor's.
    """
    glb = read_glb(path)
    try:
        return _model(glb)
    except (KeyError, IndexError, ValueError, TypeError, OSError, struct.error) as odd:
        raise broken(path, f"{type(odd).__name__}: {odd}") from odd


def _model(glb: Glb) -> HeadModel:
    tree = glb.tree
    nodes = tree["nodes"]
    parents = {c: n for n, node in enumerate(nodes) for c in node.get("children", [])}
    # Eyes are joints and meshes of the same name.
    numbers = {
        node.get("name"): n for n, node in enumerate(nodes) if "mesh" not in node
    }
    pivots = np.stack([_place(nodes, parents, numbers[joint]) for joint in JOINTS])
    parts = []
    for number, node in enumerate(nodes):
        if "mesh" in node:
            joint = nodes[parents[number]]["name"] if "skin" not in node else ""
            parts.append(_part(glb, node, joint))
    textures = tuple(
        glb.image(texture["extensions"]["EXT_texture_webp"]["source"])
        for texture in tree["textures"]
    )
    model = HeadModel(
        str(tree["asset"]["extras"]["tutor"]), tuple(parts), textures, pivots
    )
    if not all(np.isfinite(part.points).all() for part in parts):
        raise ValueError("a point is not a number")
    return model


def _place(nodes: list[dict[str, Any]], parents: dict[int, int], number: int) -> Floats:
    place = np.zeros(3, np.float32)
    current: int | None = number
    while current is not None:
        place += np.asarray(nodes[current].get("translation", (0, 0, 0)), np.float32)
        current = parents.get(current)
    return place


def _part(glb: Glb, node: dict[str, Any], joint: str) -> Part:
    mesh = glb.tree["meshes"][node["mesh"]]
    primitive = mesh["primitives"][0]
    attributes = primitive["attributes"]
    unit = np.float32(glb.tree["asset"]["extras"]["metres"])
    points = glb.accessor(attributes["POSITION"]).astype(np.float32) * unit
    triangles = glb.accessor(primitive["indices"]).reshape(-1, 3).astype(np.int32)
    if triangles.max() >= len(points):
        raise ValueError("a triangle names a point that is not there")
    follows = np.zeros((len(points), len(JOINTS)), np.float32)
    if joint:
        follows[:, JOINTS.index(joint)] = 1
    else:
        follows[:, :3] = glb.accessor(attributes["WEIGHTS_0"])[:, :3]
    material = glb.tree["materials"][primitive["material"]]
    names = mesh.get("extras", {}).get("targetNames", [])
    targets = {
        name: _target(glb, target["POSITION"], unit)
        for name, target in zip(names, primitive.get("targets", []), strict=True)
    }
    extras = material["extras"]
    return Part(
        mesh["name"],
        points,
        glb.accessor(attributes["NORMAL"])[:, :3],
        glb.accessor(attributes["TEXCOORD_0"]),
        glb.accessor(attributes["COLOR_0"])[:, :3],
        follows,
        triangles,
        Material(
            material["name"],
            material["pbrMetallicRoughness"]["baseColorTexture"]["index"],
            COVERS[extras["cover"]],
            *(float(extras[k]) for k in ("shine", "sharpness", "warmth", "sheen")),
        ),
        bool(extras["own_normals"]),
        targets,
    )


def _target(glb: Glb, number: int, unit: np.float32) -> tuple[Ints, Floats]:
    rows, values = glb.sparse(number)
    return rows, values.astype(np.float32) * unit
