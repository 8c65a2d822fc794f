"""Prepared portraits on disk, by the hash of everything that they depend on.

Each is a folder ``<sha256>/`` with ``arrays.npz`` (arrays only, nothing that could run) and
``record.json`` (form, and the digest of the arrays). It is written under another name and
renamed when it is whole: readers see all of it or nothing. Two that prepare the same face
at once write the same; the first one stays.
"""

from __future__ import annotations

import json
import shutil
import uuid
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np

from .architecture import LATENT
from .face_shape import Box
from .prepared import Pose, PreparedFace

# Raised with every change of what is prepared or how: older faces are prepared anew.
FORM = 1
_ARRAYS, _RECORD = "arrays.npz", "record.json"


def digest_of(*parts: bytes | str) -> str:
    """Return the SHA-256 of parts and of the form, each with its length."""
    digest = sha256(f"musetalk face {FORM}".encode())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class PreparedStore:
    """A folder of prepared portraits, shared by processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, digest: str) -> PreparedFace | None:
        """Return a face, or None if it is not there or not whole.

        One that is broken is moved aside, so that it is prepared anew.
        """
        place = self._folder / digest
        if not place.is_dir():
            return None
        try:
            return _read(place, digest)
        # A torn file can break json, zip and numpy in many ways.
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
            self._remove(place)
            return None

    def save(self, face: PreparedFace) -> None:
        """Keep a face; one that is there already stays. Raises OSError."""
        place = self._folder / face.sha256
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{face.sha256}.{uuid.uuid4().hex}"
        draft.mkdir()
        try:
            _write(draft, face)
            draft.rename(place)
        except OSError:
            # Another process was first: what it wrote is the same.
            if not place.is_dir():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def delete(self, digest: str) -> None:
        """Remove a face. Safe to call twice."""
        self._remove(self._folder / digest)

    def _remove(self, place: Path) -> None:
        """Take a face away at once, then its files."""
        aside = self._folder / f".gone.{uuid.uuid4().hex}"
        try:
            place.rename(aside)
        except FileNotFoundError:
            return
        shutil.rmtree(aside, ignore_errors=True)


def _write(place: Path, face: PreparedFace) -> None:
    height, width = face.poses[0].pixels.shape[:2]
    masks = np.zeros((len(face.poses), height, width), np.uint8)
    for mask, pose in zip(masks, face.poses, strict=True):
        box = pose.box
        mask[box.top : box.bottom, box.left : box.right] = pose.mask
    boxes = [(p.box.left, p.box.top, p.box.right, p.box.bottom) for p in face.poses]
    with (place / _ARRAYS).open("wb") as file:
        np.savez(
            file,
            pixels=np.stack([pose.pixels for pose in face.poses]),
            boxes=np.array(boxes, np.int32),
            masks=masks,
            latents=np.stack([pose.latents for pose in face.poses]),
        )
    record = {
        "form": FORM,
        "sha256": face.sha256,
        "pictures": len(face.poses),
        "arrays_sha256": _digest(place / _ARRAYS),
    }
    (place / _RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")


def _read(place: Path, digest: str) -> PreparedFace:
    record = json.loads((place / _RECORD).read_text(encoding="utf-8"))
    if (record["form"], record["sha256"]) != (FORM, digest):
        raise ValueError("another face")
    if record["arrays_sha256"] != _digest(place / _ARRAYS):
        raise ValueError("the arrays changed")
    with np.load(place / _ARRAYS, allow_pickle=False) as arrays:
        pixels, boxes = arrays["pixels"], arrays["boxes"]
        masks, latents = arrays["masks"], arrays["latents"]
    if latents.shape[2:] != (LATENT, LATENT) or not (
        len(pixels) == len(boxes) == len(masks) == len(latents) == record["pictures"]
    ):
        raise ValueError("the arrays do not belong together")
    poses = []
    for picture, edges, mask, latent in zip(pixels, boxes, masks, latents, strict=True):
        box = Box(*(int(edge) for edge in edges))
        inside = mask[box.top : box.bottom, box.left : box.right]
        poses.append(Pose(picture, box, inside.copy(), latent))
    return PreparedFace(digest, tuple(poses))


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
