"""The container of a glTF binary while it grows: JSON, buffer views, accessors."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import numpy.typing as npt


class Writer:
    """Collects buffer views, accessors and all that refers to them."""

    def __init__(self) -> None:
        self.binary = bytearray()
        self.tree: dict[str, Any] = {
            key: [] for key in (
                "nodes", "meshes", "materials", "textures", "images", "accessors",
                "bufferViews", "skins",
            )
        }  # fmt: skip

    def view(
        self, values: npt.NDArray[Any] | bytes, *, stride: int = 0, target: int = 0
    ) -> int:
        """Store values; rows are padded to ``stride`` bytes if it is given."""
        if isinstance(values, bytes):
            data = values
        elif stride:
            rows = np.zeros((len(values), stride), np.uint8)
            raw = np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)
            rows[:, : raw.shape[1]] = raw
            data = rows.tobytes()
        else:
            data = np.ascontiguousarray(values).tobytes()
        self.binary += b"\0" * (-len(self.binary) % 4)
        view: dict[str, Any] = {
            "buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data),
        }  # fmt: skip
        if stride:
            view["byteStride"] = stride
        if target:
            view["target"] = target
        self.binary += data
        return self.add("bufferViews", view)

    def accessor(self, **about: Any) -> int:
        """Store an accessor."""
        return self.add("accessors", about)

    def add(self, kind: str, value: dict[str, Any]) -> int:
        """Store one entry of a list and return its number."""
        self.tree[kind].append(value)
        return len(self.tree[kind]) - 1

    def content(self) -> bytes:
        """Return the whole file."""
        self.binary += b"\0" * (-len(self.binary) % 4)
        self.tree["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.tree, separators=(",", ":"), sort_keys=True).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.binary)
        return b"".join(
            [
                struct.pack("<4sII", b"glTF", 2, total),
                struct.pack("<II", len(text), 0x4E4F534A), text,
                struct.pack("<II", len(self.binary), 0x004E4942), bytes(self.binary),
            ]
        )  # fmt: skip
