"""SadTalker: a portrait that speaks, rendered by an installation of its own.

It runs as a program in its own environment, one clip at a time, and ends with whoever
wanted the clip. What it prints is read for progress and never logged.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import selectors
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from inference.errors import StageError
from inference.protocols import Cancelled, ClipCapabilities
from inference.types.audio import AudioClip
from inference.types.clip import AvatarKind, Clip, ClipProgress, ClipRequest

from .mp4 import joined, playable
from .sadtalker_command import Installation, SadTalkerOptions, command
from .sadtalker_progress import SadTalkerProgress

logger = logging.getLogger(__name__)

_WATCHER = Path(__file__).with_name("watched_program.py")
# What another project's program needs to know of this process; no keys, no passwords.
_ENVIRONMENT = re.compile(
    r"(PATH|HOME|USER|LANG|LC_.+|TMPDIR|TZ|LD_LIBRARY_PATH|XDG_CACHE_HOME|TORCH_HOME"
    r"|(CUDA|NVIDIA|OMP|MKL)_.+)\Z"
)
_LOOK_EVERY_S = 0.5
# The watcher gives the program three seconds before it kills it.
_ENDS_WITHIN_S = 6.0
_LONGEST_SPEECH_MS = 15 * 60_000


class SadTalker:
    """Clips of pictures. ``python`` and ``checkout`` say where SadTalker lies.

    ``timeout_s`` is the longest that one clip may take. The other options are those of
    ``SadTalkerOptions``. Raises EngineUnavailable for options that SadTalker does not take.
    """

    def __init__(
        self,
        *,
        python: str,
        checkout: str,
        checkpoint_dir: str = "",
        timeout_s: float = 1800.0,
        work_dir: str = "",
        size: int = 256,
        preprocess: str = "full",
        still: bool = True,
        enhancer: str = "",
        pose_style: int = 0,
        expression_scale: float = 1.0,
        batch_size: int = 2,
        cpu: bool = False,
    ) -> None:
        folder = Path(checkout)
        weights = Path(checkpoint_dir) if checkpoint_dir else folder / "checkpoints"
        self._installation = Installation(Path(python), folder, weights)
        self._options = SadTalkerOptions(
            size=size,
            preprocess=preprocess,
            still=still,
            enhancer=enhancer,
            pose_style=pose_style,
            expression_scale=expression_scale,
            batch_size=batch_size,
            cpu=cpu,
        )
        self._timeout_s = timeout_s
        self._work_dir = work_dir or None
        # One at a time: two would not fit on a GPU, and be no quicker.
        self._lock = threading.Lock()

    @property
    def capabilities(self) -> ClipCapabilities:
        """All of whom there is a picture. Raises EngineUnavailable where SadTalker is not installed."""
        self._installation.check()
        parts = [self._installation.fingerprint(), *self._options.arguments()]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return ClipCapabilities(frozenset(AvatarKind), f"sadtalker-{digest[:16]}")

    def warm(self) -> None:
        """See that it is installed; it loads its models for each clip."""
        self._installation.check()

    def close(self) -> None:
        """Nothing is kept: a clip under way ends with its caller."""

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Yield progress, then the clip. Raises StageError ``clip.*``."""
        if not request.avatar.picture:
            raise StageError(
                "clip.failed", "sadtalker needs a picture to animate", retryable=False
            )
        if not 0.0 < request.duration_ms <= _LONGEST_SPEECH_MS:
            raise StageError(
                "clip.failed", "sadtalker: nothing to say, or too much", retryable=False
            )
        self._installation.check()
        with self._lock, tempfile.TemporaryDirectory(dir=self._work_dir) as folder:
            if not cancelled.is_set():
                yield from self._render(request, Path(folder), cancelled)

    def _render(
        self, request: ClipRequest, folder: Path, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        # Its decoder looks at the file, not at the name.
        picture, sound = folder / "picture.png", folder / "speech.wav"
        results = folder / "results"
        results.mkdir()
        picture.write_bytes(request.avatar.picture)
        speech = joined(request.speech)
        _write_wav(sound, speech)
        arguments = command(
            self._installation,
            self._options,
            picture=picture,
            speech=sound,
            results=results,
        )
        progress = SadTalkerProgress()
        yield ClipProgress(0.0)
        for share in self._run(arguments, progress, cancelled):
            yield ClipProgress(share)
        if cancelled.is_set():
            return
        yield playable(_only_video(results, progress), speech=speech)

    def _run(
        self, arguments: list[str], progress: SadTalkerProgress, cancelled: Cancelled
    ) -> Iterator[float]:
        """Run it to its end; yield the share twice a second. Raises StageError."""
        ends_at = time.monotonic() + self._timeout_s
        watcher = subprocess.Popen(  # noqa: S603 a checked list, no shell
            [sys.executable, "-I", str(_WATCHER), *arguments],
            cwd=self._installation.checkout,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            for output in _output(watcher.stdout):
                if cancelled.is_set():
                    return
                if time.monotonic() > ends_at:
                    raise StageError(
                        "clip.timeout", f"sadtalker: no clip in {self._timeout_s:.0f} s"
                    )
                yield progress.feed(output)
            code = watcher.wait(_ENDS_WITHIN_S)
        finally:
            _end(watcher)
        if code:
            if progress.found_no_face:
                raise _no_face()
            logger.error("sadtalker ended with %d", code)
            raise StageError("clip.failed", f"sadtalker ended with {code}")


def _environment() -> dict[str, str]:
    passed_on = {k: v for k, v in os.environ.items() if _ENVIRONMENT.match(k)}
    return passed_on | {"PYTHONUNBUFFERED": "1"}


def _output(pipe: IO[bytes] | None) -> Iterator[bytes]:
    """Yield what comes, and nothing every now and then, until the pipe closes."""
    if pipe is None:
        return
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(_LOOK_EVERY_S):
                yield b""
                continue
            output = os.read(pipe.fileno(), 65_536)
            if not output:
                return
            yield output


def _end(watcher: subprocess.Popen[bytes]) -> None:
    """Have the watcher end the program with all that it started."""
    for pipe in (watcher.stdin, watcher.stdout):
        if pipe is not None:
            pipe.close()
    try:
        watcher.wait(_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        watcher.kill()
        watcher.wait()


def _only_video(results: Path, progress: SadTalkerProgress) -> Path:
    """Return the clip. Raises StageError: it also ends well when it found no face."""
    videos = sorted(results.glob("*.mp4"))
    if videos:
        return videos[-1]
    if progress.found_no_face:
        raise _no_face()
    raise StageError("clip.failed", "sadtalker left no video")


def _no_face() -> StageError:
    return StageError(
        "clip.no_face", "sadtalker found no face in the picture", retryable=False
    )


def _write_wav(path: Path, clip: AudioClip) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.sample_rate_hz)
        file.writeframes(clip.pcm)
