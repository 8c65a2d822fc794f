"""Speech to pictures by MuseTalk: the frame source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from inference.errors import StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.types.face import FPS, Frame, Pixels, PreparedFrames, RenderRequest

from .architecture import Halves
from .blending import paste
from .face_finding import find_faces
from .network import Network
from .portraits import Portraits
from .preparation import FindFaces
from .prepared import PreparedFace
from .scheduler import Job, Scheduler
from .silence import silent_pictures
from .speech_track import SpeechTrack, Stretch
from .windows import window


class MuseTalkFrames:
    """MuseTalk as a frame source.

    ``load`` makes the network when it is first needed; ``avatars`` is the folder of
    portraits, one file each, named by the avatar; ``prepared`` the folder of what was made
    of them. ``streams`` is how many replies the card keeps up with.
    """

    def __init__(
        self,
        load: Callable[[], Network],
        *,
        avatars: Path,
        prepared: Path,
        find: FindFaces = find_faces,
        batch: int = 8,
        wait_ms: float = 8.0,
        streams: int = 2,
        longest_s: float = 8.0,
        match_colour: bool = True,
    ) -> None:
        self._load = load
        self._portraits = Portraits(avatars, prepared, find=find, longest_s=longest_s)
        self._batch = batch
        self._streams = streams
        self._match_colour = match_colour
        self._scheduler = Scheduler(self._paint, batch=batch, wait_s=wait_ms / 1000)
        self._network: Network | None = None
        self._tracks: dict[str, SpeechTrack] = {}
        # The first is held while the network is loaded.
        self._loading, self._lock = Lock(), Lock()

    @property
    def capabilities(self) -> FaceCapabilities:
        """The portraits in the folder."""
        names = self._portraits.names()
        return FaceCapabilities(names, self._streams, portraits=True)

    def warm(self) -> None:
        """Load the weights and run each model once, in the largest batch."""
        network = self._loaded()
        try:
            network.warm(self._batch)
        except RuntimeError as failure:
            raise _failed("The first run", failure) from failure

    def close(self) -> None:
        """End the painting thread and free the weights."""
        self._scheduler.close()
        with self._loading, self._lock:
            self._network = None
            self._tracks.clear()

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedFrames:
        """Make a portrait ready, or find it in the store.

        Raises StageError ``video.no_face`` for a portrait that cannot speak, and
        ``video.failed`` for one that is unknown or no longer wanted.
        """
        face = self._portraits.face(avatar, self._loaded(), cancelled)
        idle = face.idle
        height, width = idle[0].shape[:2]
        return PreparedFrames(avatar, face.sha256, width, height, FPS, idle)

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """A portrait only waits and speaks. Raises StageError ``video.failed``."""
        raise StageError("video.failed", "A portrait has no states", retryable=False)

    def frames(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[Frame]:
        """Yield the pictures of a clause, in order; in rests the portrait as it is."""
        if cancelled.is_set():
            return
        face = self._portraits.face(request.avatar, self._loaded(), cancelled)
        for stretch in self._stretches(request):
            if cancelled.is_set():
                return
            yield from self._stretch(face, stretch, request, cancelled)

    def release(self, talk: str) -> None:
        """Forget the sound of a talk and drop its pictures."""
        with self._lock:
            self._tracks.pop(talk, None)
        self._scheduler.drop(talk)

    def _stretches(self, request: RenderRequest) -> list[Stretch]:
        with self._lock:
            track = self._tracks.get(request.talk)
            if track is None or track.turn != request.turn:
                # A talk has one reply at a time: what an older one waits for is gone.
                track = self._tracks[request.talk] = SpeechTrack(request.turn)
                self._scheduler.drop(request.talk, but_turn=request.turn)
            return list(track.add(request.speech.clip, request.start_ms))

    def _stretch(
        self,
        face: PreparedFace,
        stretch: Stretch,
        request: RenderRequest,
        cancelled: Cancelled,
    ) -> Iterator[Frame]:
        numbers = stretch.numbers
        silent = silent_pictures(request.speech, request.start_ms, numbers)
        jobs: list[Job] = []
        if not silent.all():
            try:
                features = self._loaded().features(stretch.samples)
            except RuntimeError as failure:
                raise _failed("Listening", failure) from failure
            jobs = [
                Job(face.pose(k).latents, window(features, stretch.origin, k))
                for k, rests in zip(numbers, silent, strict=True)
                if not rests
            ]
        painting = self._scheduler.submit(request.talk, request.turn, jobs, cancelled)
        painted = iter(painting)
        try:
            for k, rests in zip(numbers, silent, strict=True):
                pixels = self._picture(face, k, None if rests else painted)
                if pixels is None or painting.unwanted:
                    return
                yield Frame(pixels, k * 1000.0 / FPS, request.turn)
        finally:
            painting.abandon()

    def _picture(
        self, face: PreparedFace, number: int, painted: Iterator[Pixels] | None
    ) -> Pixels | None:
        """Return picture ``number``; None once no more come."""
        pose = face.pose(number)
        if painted is None:
            return pose.pixels
        mouth = next(painted, None)
        if mouth is None:
            return None
        return paste(pose, mouth, match_colour=self._match_colour)

    def _paint(self, jobs: Sequence[Job]) -> Pixels:
        latents: list[Halves] = [job.latents for job in jobs]
        return self._loaded().mouths(latents, [job.window for job in jobs])

    def _loaded(self) -> Network:
        with self._loading:
            if self._network is None:
                self._network = self._load()
            return self._network


def _failed(what: str, failure: Exception) -> StageError:
    return StageError("video.failed", f"{what} failed ({type(failure).__name__})")
