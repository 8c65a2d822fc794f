"""Reads glTF 2.0 binaries: chunks, accessors (sparse ones too), images."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.errors import EngineUnavailable

Array = npt.NDArray[Any]

_MAGIC, _VERSION = b"glTF", 2
_JSON, _BIN = 0x4E4F534A, 0x004E4942
_COMPONENTS: dict[int, type[np.generic]] = {
    5120: np.int8,
    5121: np.uint8,
    5122: np.int16,
    5123: np.uint16,
    5125: np.uint32,
    5126: np.float32,
}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


def broken(path: Path, why: str) -> EngineUnavailable:
    """Return the error for a head that cannot be read."""
    return EngineUnavailable(
        "engine.weights_broken",
        f"{path.name} is no usable head: {why}",
        retryable=False,
    )


@dataclass(frozen=True)
class Glb:
    """One file: its JSON and its bytes."""

    path: Path
    tree: dict[str, Any]
    binary: bytes

    def accessor(self, number: int) -> Array:
        """Return values ``(count, width)``; normalised integers become floats."""
        about = self.tree["accessors"][number]
        kind = _COMPONENTS[about["componentType"]]
        width, count = _WIDTHS[about["type"]], about["count"]
        if "bufferView" in about:
            values = self._view(
                about["bufferView"], about.get("byteOffset", 0), kind, count, width
            )
        else:
            values = np.zeros((count, width), kind)
        if "sparse" in about:
            values = values.copy()
            rows, new = self._sparse(about["sparse"], kind, width)
            values[rows] = new
        return _floats(values) if about.get("normalized") else values

    def sparse(self, number: int) -> tuple[npt.NDArray[np.int32], Array]:
        """Return the rows of a sparse accessor and their values, as they are stored."""
        about = self.tree["accessors"][number]
        kind, width = _COMPONENTS[about["componentType"]], _WIDTHS[about["type"]]
        rows, values = self._sparse(about["sparse"], kind, width)
        return rows.astype(np.int32), values

    def image(self, number: int) -> npt.NDArray[np.uint8]:
        """Return the RGBA texels ``(h, w, 4)`` of an image."""
        from PIL import Image

        view = self.tree["bufferViews"][self.tree["images"][number]["bufferView"]]
        start = view.get("byteOffset", 0)
        with Image.open(
            io.BytesIO(self.binary[start : start + view["byteLength"]])
        ) as image:
            return np.asarray(image.convert("RGBA"), np.uint8)

    def _sparse(
        self, about: dict[str, Any], kind: type[np.generic], width: int
    ) -> tuple[Array, Array]:
        places, values = about["indices"], about["values"]
        rows = self._view(
            places["bufferView"], places.get("byteOffset", 0),
            _COMPONENTS[places["componentType"]], about["count"], 1,
        )  # fmt: skip
        return rows[:, 0], self._view(
            values["bufferView"],
            values.get("byteOffset", 0),
            kind,
            about["count"],
            width,
        )

    def _view(
        self, number: int, offset: int, kind: type[np.generic], count: int, width: int
    ) -> Array:
        view = self.tree["bufferViews"][number]
        item = np.dtype(kind).itemsize
        stride = view.get("byteStride", item * width)
        start = view.get("byteOffset", 0) + offset
        end = view.get("byteOffset", 0) + view["byteLength"]
        if count and start + stride * (count - 1) + item * width > min(
            end, len(self.binary)
        ):
            raise ValueError("an accessor reaches beyond its data")
        return np.ndarray(
            (count, width), kind, self.binary, start, (stride, item)
        ).copy()


def read_glb(path: Path) -> Glb:
    """Read a file. Raises EngineUnavailable if it is missing or no glTF binary."""
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise EngineUnavailable(
            "engine.weights_missing", f"{path.name} cannot be opened", retryable=False
        ) from missing
    if len(content) < 20 or content[:4] != _MAGIC:
        raise broken(path, "it is not a glTF binary")
    version, length = struct.unpack_from("<II", content, 4)
    if version != _VERSION or length != len(content):
        raise broken(path, "it is of another version, or cut off")
    chunks: dict[int, bytes] = {}
    at = 12
    while at + 8 <= length:
        size, kind = struct.unpack_from("<II", content, at)
        chunks[kind] = content[at + 8 : at + 8 + size]
        at += 8 + size
    try:
        tree = json.loads(chunks[_JSON])
    except (KeyError, ValueError) as unreadable:
        raise broken(path, "its description cannot be read") from unreadable
    return Glb(path, tree, chunks.get(_BIN, b""))


def _floats(values: Array) -> Array:
    if values.dtype == np.float32:
        return values
    top = float(np.iinfo(values.dtype).max)
    return np.asarray(np.maximum(values.astype(np.float32) / np.float32(top), -1))
