"""What the workers that have a face say of it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from inference.protocols import FaceCapabilities
from inference.stages.stage import EngineKind
from inference.transport.fleet import Fleet, WorkerState
from inference.transport.payloads import PayloadError, unpack


def face_of(worker: WorkerState) -> FaceCapabilities | None:
    """Return what a worker's face can do; None for a worker that has none."""
    packed = worker.capabilities.get(EngineKind.FACE_RENDERER.value)
    return _read(packed) if packed is not None else None


def faces_of(fleet: Fleet) -> list[FaceCapabilities]:
    """Return what the faces can do that are there now. Waits for nobody."""
    found = (face_of(worker) for worker in fleet.alive)
    return [face for face in found if face is not None]


def together(faces: Collection[FaceCapabilities]) -> FaceCapabilities:
    """Return what several can do: who any of them can show, the replies of all."""
    return FaceCapabilities(
        avatars=frozenset().union(*(face.avatars for face in faces)),
        streams=sum(face.streams for face in faces),
        before_client_head=all(face.before_client_head for face in faces),
        portraits=any(face.portraits for face in faces),
    )


@lru_cache(maxsize=256)
def _read(packed: bytes) -> FaceCapabilities | None:
    try:
        face: FaceCapabilities = unpack(packed, FaceCapabilities)
    except PayloadError:
        # A worker of another version: it shows nobody to this process.
        return None
    return face
