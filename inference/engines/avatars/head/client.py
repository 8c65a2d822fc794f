"""The CPU head as a face renderer: asks its process, gets over its death."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from inference.calls import Answer, ChildCalls, ProcessGone
from inference.errors import EngineUnavailable, StageError
from inference.lifecycle import ChildProcess
from inference.protocols import Cancelled, FaceCapabilities
from inference.types.face import PreparedAvatar, RenderRequest, VideoFragment

from ..video.encoder_client import read_fragment
from .cpu_head import streams_here, tutors
from .messages import request_fields

# The very first time the renderer is compiled and the loop of waiting drawn.
_LOAD_PATIENCE_S = 120.0
_PREPARE_PATIENCE_S = 180.0
_LIBRARIES = ("av", "numba", "PIL")


class CpuHeadFace:
    """Draws and encodes in a child, which takes no time while nobody speaks.

    ``cache_dir`` keeps loops of waiting from start to start; ``patience_s`` is the longest
    wait for the next picture.
    """

    def __init__(self, *, cache_dir: str = "", patience_s: float = 5.0) -> None:
        folder = (
            Path(cache_dir) if cache_dir else Path.home() / ".cache/tutorplatform/faces"
        )
        self._patience_s = patience_s
        self._lock = Lock()
        self._prepared: dict[str, PreparedAvatar] = {}
        self._loop_lock = Lock()
        self._loops: dict[tuple[str, str], bytes] = {}
        self._calls = ChildCalls(
            ChildProcess(
                "inference.engines.avatars.head.head_process",
                ["--cache-dir", str(folder)],
                pipe_output=True,
            ),
            name="the CPU head",
            failed_code="video.failed",
            load_patience_s=_LOAD_PATIENCE_S,
        )

    @property
    def pid(self) -> int | None:
        """The child's process id, or None when it does not run."""
        return self._calls.pid

    @property
    def capabilities(self) -> FaceCapabilities:
        """The project's tutors."""
        return FaceCapabilities(tutors(), streams_here(), before_client_head=False)

    def warm(self) -> None:
        """Start the process; it loads the first head. Raises EngineUnavailable."""
        for library in _LIBRARIES:
            if find_spec(library) is None:
                raise EngineUnavailable(
                    "engine.library_missing",
                    "The CPU head needs PyAV, numba and Pillow: "
                    "pip install av numba pillow",
                    retryable=False,
                )
        self._calls.start()

    def close(self) -> None:
        """End the process."""
        self._calls.close()

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Make an avatar ready: seconds the first time ever, then quick.

        Raises StageError ``video.failed``.
        """
        if avatar not in tutors():
            raise StageError("video.failed", "There is no such tutor", retryable=False)
        with self._lock:
            if avatar not in self._prepared:
                self._prepared[avatar] = self._prepare(avatar, cancelled)
            return self._prepared[avatar]

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return the loop of a state: seconds the first time ever, then quick.

        Raises StageError ``video.failed``.
        """
        # Pages that ask at the same time wait for one drawing.
        with self._loop_lock:
            if (avatar, state) not in self._loops:
                self._loops[avatar, state] = self._loop(avatar, state, cancelled)
            return self._loops[avatar, state]

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield a clause's video. Raises StageError ``video.failed``."""
        if cancelled.is_set():
            return
        payload = request.speech.clip.pcm
        for header, data in self._ask(
            "stream", payload, request_fields(request), cancelled, self._patience_s
        ):
            yield read_fragment(header, data)

    def release(self, talk: str) -> None:
        """Nothing is kept for a talk."""

    def _loop(self, avatar: str, state: str, cancelled: Cancelled) -> bytes:
        fields: dict[str, object] = {"avatar": avatar, "state": state}
        for _, clip in self._ask("loop", b"", fields, cancelled, _PREPARE_PATIENCE_S):
            return clip
        raise StageError("video.failed", "nobody waits for the loop any more")

    def _prepare(self, avatar: str, cancelled: Cancelled) -> PreparedAvatar:
        answers = self._ask(
            "prepare", b"", {"avatar": avatar}, cancelled, _PREPARE_PATIENCE_S
        )
        for header, idle in answers:
            return PreparedAvatar(
                header["avatar"],
                header["sha256"],
                header["width"],
                header["height"],
                header["fps"],
                idle,
                tuple(header["states"]),
            )
        raise StageError("video.failed", "nobody waits for the avatar any more")

    def _ask(
        self,
        kind: str,
        payload: bytes,
        fields: dict[str, object],
        cancelled: Cancelled,
        patience_s: float,
    ) -> Iterator[Answer]:
        """Yield the answers; a process that died before the first is asked once more."""
        for last_try in (False, True):
            answered = False
            try:
                with self._calls.call() as call:
                    call.send(kind, payload, **fields)
                    for answer in call.answers(
                        cancelled=cancelled, patience_s=patience_s
                    ):
                        answered = True
                        yield answer
                return
            except ProcessGone:
                if answered or last_try:
                    raise self._calls.failure("its process died") from None
