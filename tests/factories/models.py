"""Small models for the store's tests: manifests, and wheels that really are wheels."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from inference.store.manifest import (
    HubRepository,
    Manifest,
    ModelEntry,
    ModelFile,
    Part,
    Wheel,
)

CONTENT = {"model.bin": b"\x00\x01weights" * 5_000, "config.json": b'{"layers": 2}'}


def sha256(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def build_wheel(folder: Path, distribution: str, members: Mapping[str, bytes]) -> Path:
    """Write an installable wheel of version 1.0 that carries the members as data."""
    name = distribution.replace("-", "_")
    info = f"{name}-1.0.dist-info"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, data in members.items():
            wheel.writestr(f"{name}/{member}", data)
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n",
        )
        wheel.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


def wheel_row(path: Path, distribution: str) -> Wheel:
    """Describe a wheel as the manifest does."""
    return Wheel(distribution, "1.0", path.stat().st_size, sha256(path.read_bytes()))


def manifest_of(
    content: Mapping[str, bytes] = CONTENT,
    *,
    parts: Mapping[str, tuple[Part, ...]] | None = None,
    wheels: tuple[Wheel, ...] = (),
) -> Manifest:
    """Return a manifest with one model called ``tiny``."""
    files = tuple(
        ModelFile(path, len(data), sha256(data), path, (parts or {}).get(path, ()))
        for path, data in content.items()
    )
    hub = HubRepository("someone/tiny", "0" * 40)
    return Manifest({"tiny": ModelEntry("tiny", "testing", "CC0", files, hub, wheels)})


def fill(folder: Path, content: Mapping[str, bytes] = CONTENT) -> Path:
    """Write the files of the model ``tiny`` as a person would by hand."""
    for path, data in content.items():
        target = folder / "tiny" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder
