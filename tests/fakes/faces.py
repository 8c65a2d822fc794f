"""Faces that are scripted: video made of words, and pictures drawn with one stroke."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from inference.engines.avatars.video.encoder_client import EncoderProcess
from inference.engines.avatars.video.looping import looping_mp4
from inference.engines.avatars.video.streamed_face import StreamedFace
from inference.errors import StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.types.face import (
    FPS,
    SIZE,
    Frame,
    Pixels,
    PreparedAvatar,
    PreparedFrames,
    RenderRequest,
    VideoFormat,
    VideoFragment,
    picture_numbers,
)

STEP_MS = 1000 / FPS


_NO_PICTURES = b"\0\0\0\x08ftyp"


class ScriptedFace:
    """One fragment a picture, each after ``delay_s``; the first ``failures`` runs fail.

    ``asked`` are the requests, ``released`` the talks that are over.
    """

    def __init__(
        self, *, delay_s: float = 0.0, failures: int = 0, streams: int = 2
    ) -> None:
        self._delay_s = delay_s
        self._failures = failures
        self._streams = streams
        self.asked: list[RenderRequest] = []
        self.released: list[str] = []

    @property
    def capabilities(self) -> FaceCapabilities:
        """One avatar."""
        return FaceCapabilities(frozenset({"tutor"}), self._streams)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Return a loop of no pictures. Raises StageError for an unknown avatar."""
        if avatar not in self.capabilities.avatars:
            raise StageError("video.failed", "Nobody is called that", retryable=False)
        return PreparedAvatar(avatar, "0" * 64, SIZE, SIZE, FPS, _NO_PICTURES)

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Raise StageError: nothing but waiting is known."""
        raise StageError("video.failed", "There is no such state", retryable=False)

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield the init segment and a fragment for each picture."""
        if cancelled.is_set():
            return
        self.asked.append(request)
        if self._failures > 0:
            self._failures -= 1
            raise StageError("video.failed", "scripted")
        format_ = VideoFormat("avc1.64001e", SIZE, SIZE, FPS)
        yield VideoFragment(b"init", request.start_ms, 0.0, 0, True, format_)
        clip = request.speech.clip
        for number in picture_numbers(request.start_ms, clip.duration_ms):
            time.sleep(self._delay_s)
            if cancelled.is_set():
                return
            picture = f"picture {number}".encode()
            yield VideoFragment(picture, number * STEP_MS, STEP_MS, 1, is_init=False)

    def release(self, talk: str) -> None:
        """Note the talk."""
        self.released.append(talk)


class PortraitFace(ScriptedFace):
    """Makes the portraits of a folder speak; what it prepares is an empty file each.

    ``failure`` is the code of what goes wrong. ``meanwhile`` is called in the middle.
    """

    def __init__(self, folder: Path, prepared: Path) -> None:
        super().__init__()
        self._folder = folder
        self._made = prepared
        self.failure = ""
        self.prepared: list[str] = []
        self.meanwhile: Callable[[], object] = lambda: None

    @property
    def capabilities(self) -> FaceCapabilities:
        """The pictures that are there."""
        names = frozenset(path.stem for path in self._folder.glob("*.png"))
        return FaceCapabilities(names, 2, portraits=True)

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Leave a file. Raises StageError of the code that was set, or if cancelled."""
        self.prepared.append(avatar)
        self.meanwhile()
        place = self._made / avatar
        place.mkdir(parents=True, exist_ok=True)
        (place / "face").touch()
        if cancelled.is_set():
            raise StageError("video.failed", "The avatar is no longer wanted")
        if self.failure:
            raise StageError(self.failure, "scripted")
        return super().prepare(avatar, cancelled=cancelled)


class DrawnSource:
    """A frame source without a head: a bar that is as high as the picture's number.

    With ``grain`` it is as if filmed in the dark, and takes a line as real video does.
    """

    def __init__(self, *, size: int = 64, delay_s: float = 0.0, grain: int = 0) -> None:
        self._size = size
        grains = np.random.default_rng(1)
        self._grains: Pixels = grains.integers(
            0, grain + 1, (5, size, size, 1), np.uint8
        )
        self._delay_s = delay_s
        self.released: list[str] = []

    @property
    def capabilities(self) -> FaceCapabilities:
        """One avatar."""
        return FaceCapabilities(frozenset({"tutor"}), 2)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedFrames:
        """Return a loop of ten pictures. Raises StageError for an unknown avatar."""
        if avatar not in self.capabilities.avatars:
            raise StageError("video.failed", "Nobody is called that", retryable=False)
        size = self._size
        idle = tuple(self.picture(number) for number in range(10))
        states = ("listening",)
        return PreparedFrames(avatar, f"{size:064}", size, size, FPS, idle, states)

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return five pictures of listening. Raises StageError for another state."""
        if state != "listening":
            raise StageError("video.failed", "There is no such state", retryable=False)
        return looping_mp4((self.picture(40 + n) for n in range(5)), fps=FPS)

    def frames(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[Frame]:
        """Yield the pictures of a clause."""
        duration_ms = request.speech.clip.duration_ms
        for number in picture_numbers(request.start_ms, duration_ms):
            if cancelled.is_set():
                return
            time.sleep(self._delay_s)
            yield Frame(self.picture(number), number * STEP_MS, request.turn)

    def release(self, talk: str) -> None:
        """Note the talk."""
        self.released.append(talk)

    def picture(self, number: int) -> Pixels:
        """Return the picture of a number, ``(size, size, 3)``."""
        pixels = np.full((self._size, self._size, 3), 90, np.uint8)
        pixels[: 1 + number % self._size, 16:48] = (200, 40, 40)
        pixels += self._grains[number % len(self._grains)]
        return pixels


def drawn_face(*, size: int = 64, grain: int = 0) -> StreamedFace:
    """Return a renderer with the real encoder in its process: settings name it."""
    return StreamedFace(DrawnSource(size=size, grain=grain), EncoderProcess())


def portrait_face(*, folder: Path, prepared: Path) -> PortraitFace:
    """Return a renderer for pages: it takes a second, and wants upright pictures."""
    face = PortraitFace(folder, prepared)

    def look() -> None:
        time.sleep(1.0)
        with Image.open(folder / f"{face.prepared[-1]}.png") as picture:
            face.failure = "video.no_face" if picture.width > picture.height else ""

    face.meanwhile = look
    return face
