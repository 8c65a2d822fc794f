"""The tutor's end of the Piper process: starts it, asks it, gets over its death."""

from __future__ import annotations

import itertools
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, RLock, Thread

from inference.errors import EngineUnavailable, StageError
from inference.lifecycle import ChildProcess
from inference.protocols import Cancelled

from .piper_wire import Header, read_frame, write_frame

_LOOK_EVERY_S = 0.02
_LOAD_DEADLINE_S = 60.0
_REAP_DEADLINE_S = 1.0


@dataclass(frozen=True, slots=True)
class RawSpeech:
    """One sentence as the voice made it: float32 samples and sample counts."""

    samples: bytes
    phonemes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What the process says of the voice it loaded."""

    sample_rate_hz: int
    language: str


class ProcessGone(Exception):
    """The process ended before it had answered."""


_Frame = tuple[Header, bytes] | None


class PiperClient:
    """Many threads may ask at once; the process answers one request after the other."""

    def __init__(self, child: ChildProcess, *, deadline_s: float) -> None:
        self._child = child
        self._deadline_s = deadline_s
        self._ids = itertools.count(1)
        self._start_lock = RLock()
        self._lock = Lock()
        self._write_lock = Lock()
        self._answers: dict[int, SimpleQueue[_Frame]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._voice: Voice | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._child.pid

    def start(self) -> Voice:
        """Start the process if it does not run; wait until its voice is loaded."""
        with self._start_lock:
            if self._closed:
                raise EngineUnavailable("tts.failed", "The engine was closed")
            if self._voice is not None and self._child.alive:
                return self._voice
            process = self._child.start()
            if process.stdin is None or process.stdout is None:
                raise EngineUnavailable("tts.failed", "The process has no pipes")
            ready: SimpleQueue[_Frame] = SimpleQueue()
            Thread(target=self._read, args=(process, ready), daemon=True).start()
            try:
                first = ready.get(timeout=_LOAD_DEADLINE_S)
            except Empty:
                first = None
            if first is None:
                raise EngineUnavailable(
                    "tts.failed",
                    "The Piper process did not load its voice; its stderr says why",
                )
            self._process = process
            self._voice = Voice(first[0]["rate"], first[0]["voice"])
            return self._voice

    def speak(
        self, text: str, speed: float, *, cancelled: Cancelled
    ) -> Iterator[RawSpeech]:
        """Yield the sentences of ``text``. Raises ProcessGone or StageError."""
        self.start()
        request_id = next(self._ids)
        answers: SimpleQueue[_Frame] = SimpleQueue()
        with self._lock:
            self._answers[request_id] = answers
        ended = False
        try:
            self._send(
                {"kind": "speak", "id": request_id, "text": text, "speed": speed}
            )
            until = time.monotonic() + self._deadline_s
            while not cancelled.is_set():
                header, payload = self._next(answers, until, cancelled)
                if header["kind"] == "chunk":
                    spans = tuple((str(p), int(n)) for p, n in header["phonemes"])
                    yield RawSpeech(payload, spans)
                elif header["kind"] == "done":
                    ended = True
                    return
                elif header["kind"] == "failed":
                    ended = True
                    raise StageError("tts.failed", f"Piper: {header['message']}")
        finally:
            with self._lock:
                self._answers.pop(request_id, None)
            if not ended and self._child.alive:
                self._forget(request_id)

    def close(self) -> None:
        """End the process."""
        # Without the start lock: a start that hangs must not hold up the end.
        self._closed = True
        self._child.stop()
        self._voice = None

    def _next(
        self, answers: SimpleQueue[_Frame], until: float, cancelled: Cancelled
    ) -> tuple[Header, bytes]:
        while True:
            try:
                frame = answers.get(timeout=_LOOK_EVERY_S)
            except Empty:
                if cancelled.is_set():
                    return {"kind": "cancelled"}, b""
                if time.monotonic() > until:
                    raise StageError("tts.failed", "Piper took too long") from None
                continue
            if frame is None:
                raise ProcessGone
            return frame

    def _send(self, header: Header) -> None:
        with self._write_lock:
            process = self._process
            if process is None:
                raise ProcessGone
            try:
                write_frame(process.stdin, header)  # type: ignore[arg-type]
            except (OSError, ValueError) as broken:
                _reap(process)
                raise ProcessGone from broken

    def _forget(self, request_id: int) -> None:
        try:
            self._send({"kind": "cancel", "id": request_id})
        except ProcessGone:
            return

    def _read(
        self, process: subprocess.Popen[bytes], ready: SimpleQueue[_Frame]
    ) -> None:
        """Hand each frame to the request it answers, until the process ends."""
        try:
            while (frame := read_frame(process.stdout)) is not None:  # type: ignore[arg-type]
                if frame[0]["kind"] == "ready":
                    ready.put(frame)
                    continue
                with self._lock:
                    answers = self._answers.get(frame[0]["id"])
                if answers is not None:
                    answers.put(frame)
        except (OSError, ValueError):
            pass
        finally:
            _reap(process)
            ready.put(None)
            with self._lock:
                for answers in self._answers.values():
                    answers.put(None)


def _reap(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process whose pipes are shut: it counts as alive a moment longer."""
    try:
        process.wait(_REAP_DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
