"""The frame source of the CPU head: the project's tutors, drawn by the processor."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from inference.engines.avatars.cue_timing import mouth_cues
from inference.engines.avatars.head_file import load_head
from inference.errors import StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.types.face import (
    FPS,
    SIZE,
    STATES,
    Frame,
    PreparedFrames,
    RenderRequest,
    picture_numbers,
)
from inference.types.speech import SpeechChunk, VisemeCue

from ..video.looping import loop_pictures, looping_mp4
from .life import PICTURES
from .loudness_cues import loudness_cues
from .mouth_weights import mouth_weights
from .pictures import HeadPictures

TUTORS_DIR = Path(__file__).resolve().parents[3] / "static/inference/tutors"
# Part of the hash of what was drawn: to be raised when life or renderer change.
VERSION = 2


class CpuHead:
    """Draws heads of a folder. ``cache_dir`` keeps the loops of waiting as small videos.

    A prepared head holds its loop in memory: 118 MB.
    """

    def __init__(self, *, cache_dir: Path, tutors_dir: Path = TUTORS_DIR) -> None:
        self._cache_dir = cache_dir
        self._tutors_dir = tutors_dir
        self._lock = Lock()
        self._heads: dict[str, HeadPictures] = {}
        self._prepared: dict[str, PreparedFrames] = {}

    @property
    def capabilities(self) -> FaceCapabilities:
        """The heads of the folder, and a stream for each two cores."""
        return FaceCapabilities(
            tutors(self._tutors_dir), streams_here(), before_client_head=False
        )

    def warm(self) -> None:
        """Load the first head and draw its mouth. Raises EngineUnavailable."""
        for name in sorted(tutors(self._tutors_dir))[:1]:
            self._head(name)

    def close(self) -> None:
        """Forget heads and loops."""
        with self._lock:
            self._heads.clear()
            self._prepared.clear()

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedFrames:
        """Draw the loop of waiting, once for all servers that share the cache.

        Raises StageError ``video.failed``.
        """
        known = self._prepared.get(avatar)
        if known is not None:
            return known
        self._head(avatar)
        digest = self._digest(avatar)
        # What the browser shows is what the mouth is laid onto.
        clip = self._loop(avatar, "waiting", cancelled)
        pictures = tuple(loop_pictures(clip))
        made = PreparedFrames(avatar, digest, SIZE, SIZE, FPS, pictures, STATES)
        with self._lock:
            return self._prepared.setdefault(avatar, made)

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return the loop of a state, drawn once for all who share the cache.

        Raises StageError ``video.failed``.
        """
        if state not in STATES:
            raise StageError("video.failed", "There is no such state", retryable=False)
        return self._loop(avatar, state, cancelled)

    def frames(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[Frame]:
        """Yield a clause's pictures. Raises StageError ``video.failed``."""
        if cancelled.is_set():
            return
        waiting = self.prepare(request.avatar, cancelled=cancelled).idle
        head = self._head(request.avatar)
        speech = request.speech
        numbers = picture_numbers(request.start_ms, speech.clip.duration_ms)
        times = [number * 1000 / FPS - request.start_ms for number in numbers]
        lips, tongue = mouth_weights(speech_cues(speech), times)
        for row, number in enumerate(numbers):
            if cancelled.is_set():
                return
            pixels = head.speaking(number, waiting, lips[row], tongue[row])
            yield Frame(pixels, number * 1000 / FPS, request.turn)

    def release(self, talk: str) -> None:
        """Nothing is kept for a talk."""

    def _loop(self, avatar: str, state: str, cancelled: Cancelled) -> bytes:
        head = self._head(avatar)
        path = self._cache_dir / f"{self._digest(avatar)}-{state}.mp4"
        kept = _kept(path)
        if kept is not None:
            return kept
        drawn = list(head.loop(state, cancelled=cancelled))
        if len(drawn) < PICTURES:
            raise StageError("video.failed", "nobody waits for the avatar any more")
        clip = looping_mp4(drawn, fps=FPS)
        _keep(path, clip)
        return clip

    def _head(self, avatar: str) -> HeadPictures:
        if avatar not in tutors(self._tutors_dir):
            raise StageError("video.failed", "There is no such tutor", retryable=False)
        with self._lock:
            if avatar not in self._heads:
                model = load_head(self._tutors_dir / f"{avatar}.glb")
                self._heads[avatar] = HeadPictures(model)
            return self._heads[avatar]

    def _digest(self, avatar: str) -> str:
        file = (self._tutors_dir / f"{avatar}.glb").read_bytes()
        made_of = f"cpu_head {VERSION} {SIZE} {FPS} {PICTURES}".encode()
        return hashlib.sha256(made_of + hashlib.sha256(file).digest()).hexdigest()


def tutors(folder: Path = TUTORS_DIR) -> frozenset[str]:
    """Return the names of the heads in a folder."""
    return frozenset(path.stem for path in folder.glob("*.glb"))


def streams_here() -> int:
    """Return how many replies this machine draws in time: one for each two cores."""
    return max(1, len(os.sched_getaffinity(0)) // 2)


def speech_cues(speech: SpeechChunk) -> tuple[VisemeCue, ...]:
    """Return mouth cues of a stretch of speech, by loudness if its sounds have no times."""
    if any(span.phoneme for span in speech.phonemes):
        return mouth_cues(speech.phonemes, speech.clip.duration_ms)
    return loudness_cues(speech.clip)


def _kept(path: Path) -> bytes | None:
    """Return the loop of an earlier time; None if there is none that is whole."""
    try:
        clip = path.read_bytes()
        return clip if len(loop_pictures(clip)) == PICTURES else None
    except (OSError, ValueError):
        return None


def _keep(path: Path, clip: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(clip)
    Path(name).replace(path)
