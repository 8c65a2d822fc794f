"""The portraits of a folder, and what was prepared of them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.types.face import Pixels

from .face_finding import read_faces
from .face_shape import FaceShape
from .network import Network
from .pictures import MOVING, STILL, read_pictures
from .preparation import FindFaces, poses_of
from .prepared import PreparedFace
from .store import PreparedStore, digest_of

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_FACES_FILE = ".faces.json"
# A still face is a megabyte, eight seconds of video two hundred.
_KEPT_IN_MEMORY = 4
_LOOK_S = 0.05


class Portraits:
    """One file an avatar, named by it, as ``ana.png``; beside it perhaps its faces.

    ``prepared`` is the folder of what was made of them, each in a folder of its name, so
    that deleting this deletes all of it. ``longest_s`` is how much of a video is taken.
    """

    def __init__(
        self, avatars: Path, prepared: Path, *, find: FindFaces, longest_s: float
    ) -> None:
        self._folder = avatars
        self._prepared = prepared
        self._find = find
        self._longest_s = longest_s
        self._kept: OrderedDict[str, PreparedFace] = OrderedDict()
        self._digests: dict[str, tuple[object, str]] = {}
        self._preparing, self._lock = Lock(), Lock()

    def names(self) -> frozenset[str]:
        """Return the avatars that there are."""
        if not self._folder.is_dir():
            return frozenset()
        return frozenset(
            path.stem
            for path in self._folder.iterdir()
            if path.suffix in STILL + MOVING and _NAME.fullmatch(path.stem)
        )

    def face(self, avatar: str, network: Network, cancelled: Cancelled) -> PreparedFace:
        """Return a portrait that is ready, from memory, from the store, or made now.

        Raises StageError ``video.no_face`` for one that cannot speak, and ``video.failed``
        for one that is unknown or no longer wanted.
        """
        path = self._path(avatar)
        digest = self._digest(path, network.fingerprint)
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        with self._alone(cancelled):
            store = PreparedStore(self._prepared / path.stem)
            face = store.load(digest)
            if face is None:
                face = self._made(path, digest, network, cancelled)
                store.save(face)
        with self._lock:
            self._kept[digest] = face
            while len(self._kept) > _KEPT_IN_MEMORY:
                self._kept.popitem(last=False)
        return face

    def _made(
        self, path: Path, digest: str, network: Network, cancelled: Cancelled
    ) -> PreparedFace:
        faces = self._faces(path)

        def given(pictures: Sequence[Pixels], cancelled: Cancelled) -> list[FaceShape]:
            return read_faces(faces, len(pictures))

        pictures = read_pictures(
            path.read_bytes(),
            path.suffix,
            longest_s=self._longest_s,
            cancelled=cancelled,
        )
        find = given if faces else self._find
        poses = poses_of(pictures, find, network, cancelled) if pictures else ()
        if not poses:
            raise _unwanted()
        return PreparedFace(digest, poses)

    def _path(self, avatar: str) -> Path:
        """Return an avatar's file. Names that could lead elsewhere are unknown."""
        if _NAME.fullmatch(avatar):
            for suffix in MOVING + STILL:
                path = self._folder / f"{avatar}{suffix}"
                if path.is_file():
                    return path
        raise StageError(
            "video.failed", f"There is no avatar {avatar[:64]!r}", retryable=False
        )

    def _faces(self, path: Path) -> str:
        beside = path.with_name(path.stem + _FACES_FILE)
        return beside.read_text(encoding="utf-8") if beside.is_file() else ""

    def _digest(self, path: Path, fingerprint: str) -> str:
        """Return the hash of all that the face depends on; a file is read once."""
        told, faces = path.stat(), self._faces(path)
        seen = (path, told.st_mtime_ns, told.st_size, faces, fingerprint)
        with self._lock:
            known, digest = self._digests.get(path.stem, (None, ""))
        if known != seen:
            digest = digest_of(
                path.read_bytes(), faces, str(self._longest_s), fingerprint
            )
            with self._lock:
                self._digests[path.stem] = (seen, digest)
        return digest

    @contextmanager
    def _alone(self, cancelled: Cancelled) -> Iterator[None]:
        """Prepare one portrait at a time; whoever waits may give up."""
        while not self._preparing.acquire(timeout=_LOOK_S):
            if cancelled.is_set():
                raise _unwanted()
        try:
            yield
        finally:
            self._preparing.release()


def _unwanted() -> StageError:
    return StageError("video.failed", "The avatar is no longer wanted")
