"""The tutor's face on workers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.stages.stage import EngineKind, Stage
from inference.transport.fleet import Fleet
from inference.types.face import (
    AvatarLoop,
    AvatarRequest,
    PreparedAvatar,
    RenderRequest,
    VideoFragment,
)

from .base import StageRunner
from .face_workers import faces_of, together
from .kept_loops import KeptLoops, Key, unwanted
from .remote_engine import RemoteEngine

# A page draws the tutor by itself, so nobody waits longer than the first look takes.
PATIENCE_S = 1.0
_LOOK_S = 0.05


class RemoteFaceRenderer(RemoteEngine):
    """A face renderer made of all workers that have one.

    Loops are made by the workers and kept here: pages get them from memory, also while no
    worker is there.
    """

    kind = EngineKind.FACE_RENDERER
    stage = Stage.RENDER
    capabilities_type = FaceCapabilities

    def __init__(self, runner: StageRunner, fleet: Fleet) -> None:
        super().__init__(runner, fleet)
        self._loops = KeptLoops()
        self._known: FaceCapabilities | None = None
        self._patient_until: float | None = None

    @property
    def capabilities(self) -> FaceCapabilities:
        """What all workers can do together; no streams while none is there.

        Raises EngineUnavailable where none was there since this process began.
        """
        return self._said()

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Have a worker make an avatar ready; for a minute nobody is asked again.

        Raises StageError ``video.no_face`` for a picture that cannot speak, else
        ``video.failed``, also while no worker is there, and once ``cancelled`` is set.
        """
        if avatar not in self.capabilities.avatars:
            raise StageError("video.failed", "There is no such avatar", retryable=False)
        loop = self._loop((avatar, ""), cancelled)
        return PreparedAvatar(
            loop.avatar,
            loop.sha256,
            loop.width,
            loop.height,
            loop.fps,
            loop.mp4,
            loop.states,
        )

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return the loop of a state. Raises StageError ``video.failed``."""
        if state not in self.prepare(avatar, cancelled=cancelled).states:
            raise StageError("video.failed", "There is no such state", retryable=False)
        return self._loop((avatar, state), cancelled).mp4

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield a clause's video. Raises StageError ``video.failed``."""
        yield from self._run(Stage.RENDER, request, cancelled)

    def release(self, talk: str) -> None:
        """Have the workers forget a talk that is over. Waits for nobody."""
        self._fleet.release(talk)

    def _said(self) -> FaceCapabilities:
        if self._patient_until is None:
            self._patient_until = time.monotonic() + PATIENCE_S
        while not (faces := faces_of(self._fleet)):
            if self._known is not None:
                return replace(self._known, streams=0)
            if time.monotonic() >= self._patient_until:
                raise EngineUnavailable("engine.unavailable", "no worker has a face")
            time.sleep(_LOOK_S)
        self._known = together(faces)
        return self._known

    def _loop(self, key: Key, cancelled: Cancelled) -> AvatarLoop:
        """Return a loop that is kept and fresh, else what a worker says of it."""
        with self._loops.alone(key, cancelled):
            kept, is_fresh = self._loops.get(key)
            if kept is not None and (is_fresh or not faces_of(self._fleet)):
                return kept
            try:
                loop = self._ordered(key, kept, cancelled)
            except StageError as error:
                # Workers that are busy or lost do not take away what is there.
                if kept is None or not error.retryable or error.code != "video.failed":
                    raise
                return kept
            self._loops.keep(key, loop)
            return loop

    def _ordered(
        self, key: Key, kept: AvatarLoop | None, cancelled: Cancelled
    ) -> AvatarLoop:
        if not faces_of(self._fleet):
            raise StageError("video.failed", "no worker has a face")
        avatar, state = key
        request = AvatarRequest(avatar, state, kept.sha256 if kept is not None else "")
        for loop in self._run(Stage.PREPARE, request, cancelled):
            assert isinstance(loop, AvatarLoop)  # noqa: S101 as unpacked
            if kept is not None and loop.sha256 == kept.sha256:
                return kept
            return loop
        raise unwanted()
