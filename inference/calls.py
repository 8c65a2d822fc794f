"""Calls to a child process: many threads ask it at once, answers find who asked.

The child reads frames (``inference.framing``) on stdin and writes frames on stdout. It
says ``ready`` once, then answers: what belongs to a call carries the call's ``id``, and
``done`` or ``failed`` ends it. ``cancel`` tells it that nobody wants a call any more.
"""

from __future__ import annotations

import itertools
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Lock, RLock, Thread
from typing import Any

from .errors import EngineUnavailable, StageError
from .framing import Header, read_frame, write_frame
from .lifecycle import ChildProcess
from .protocols import Cancelled

_LOOK_EVERY_S = 0.02
_REAP_DEADLINE_S = 1.0

Answer = tuple[Header, bytes]


class ProcessGone(Exception):
    """The process ended before it had answered."""


class Call:
    """One question to the child and its answers, in order."""

    def __init__(
        self, calls: ChildCalls, number: int, process: subprocess.Popen[bytes] | None
    ) -> None:
        self._calls = calls
        self.process = process
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()
        self.number = number
        self.over = False

    def send(self, kind: str, payload: bytes | memoryview = b"", **fields: Any) -> None:
        """Tell the child something about this call. Raises ProcessGone."""
        self._calls.write({"kind": kind, "id": self.number, **fields}, payload)

    def take(self, answer: Answer | None) -> None:
        """Take in an answer; None: the process has gone."""
        self._answers.put(answer)

    def arrived(self) -> Iterator[Answer]:
        """Yield the answers that are here already. Raises as ``answers`` does."""
        while not self.over:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                return
            yield from self._checked(answer)

    def answers(self, *, cancelled: Cancelled, patience_s: float) -> Iterator[Answer]:
        """Yield answers until the call is over or nobody wants it any more.

        Raises ProcessGone, and StageError when the child failed or was silent too long.
        """
        until = time.monotonic() + patience_s
        while not self.over and not cancelled.is_set():
            try:
                answer = self._answers.get(timeout=_LOOK_EVERY_S)
            except Empty:
                if time.monotonic() > until:
                    raise self._calls.failure("took too long") from None
                continue
            yield from self._checked(answer)
            until = time.monotonic() + patience_s

    def _checked(self, answer: Answer | None) -> Iterator[Answer]:
        if answer is None:
            raise ProcessGone
        kind = answer[0]["kind"]
        self.over = kind in ("done", "failed")
        if kind == "failed":
            raise self._calls.failure(str(answer[0]["message"]))
        if kind != "done":
            yield answer


class ChildCalls:
    """Starts the child when it is first needed, and again after a crash.

    ``failed_code`` is the stage's code of what goes wrong, ``name`` what operators read.
    """

    def __init__(
        self,
        child: ChildProcess,
        *,
        name: str,
        failed_code: str,
        load_patience_s: float = 60.0,
    ) -> None:
        self._child = child
        self._name = name
        self._failed_code = failed_code
        self._load_patience_s = load_patience_s
        self._ids = itertools.count(1)
        self._start_lock = RLock()
        self._lock = Lock()
        self._write_lock = Lock()
        self._open: dict[int, Call] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: Header | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._child.pid

    def start(self) -> Header:
        """Start the process if it does not run; return what it said when it was ready.

        Raises EngineUnavailable.
        """
        with self._start_lock:
            if self._closed:
                raise EngineUnavailable(self._failed_code, f"{self._name} was closed")
            if self._ready is not None and self._child.alive:
                return self._ready
            process = self._child.start()
            ready: SimpleQueue[Header | None] = SimpleQueue()
            Thread(target=self._read, args=(process, ready), daemon=True).start()
            try:
                first = ready.get(timeout=self._load_patience_s)
            except Empty:
                first = None
            if first is None:
                raise EngineUnavailable(
                    self._failed_code,
                    f"{self._name} did not start; its stderr says why",
                )
            self._process, self._ready = process, first
            return first

    @contextmanager
    def call(self) -> Iterator[Call]:
        """Begin a call; the child is told if it is left before its end.

        Raises EngineUnavailable when the process cannot be started.
        """
        self.start()
        call = Call(self, next(self._ids), self._process)
        with self._lock:
            self._open[call.number] = call
        try:
            yield call
        finally:
            with self._lock:
                self._open.pop(call.number, None)
            if not call.over and self._child.alive:
                with suppress(ProcessGone):
                    call.send("cancel")

    def write(self, header: Header, payload: bytes | memoryview = b"") -> None:
        """Write one frame. Raises ProcessGone."""
        with self._write_lock:
            process = self._process
            if process is None or process.stdin is None:
                raise ProcessGone
            try:
                write_frame(process.stdin, header, payload)  # type: ignore[arg-type]
            except (OSError, ValueError) as broken:
                _reap(process)
                raise ProcessGone from broken

    def failure(self, words: str) -> StageError:
        """Return the error of a call that failed."""
        return StageError(self._failed_code, f"{self._name}: {words}")

    def close(self) -> None:
        """End the process. Safe to call twice."""
        # Without the start lock: a start that hangs must not hold up the end.
        self._closed = True
        self._child.stop()
        self._ready = None

    def _read(
        self, process: subprocess.Popen[bytes], ready: SimpleQueue[Header | None]
    ) -> None:
        """Hand each frame to the call it answers, until the process ends."""
        try:
            while (frame := read_frame(process.stdout)) is not None:  # type: ignore[arg-type]
                if frame[0]["kind"] == "ready":
                    ready.put(frame[0])
                    continue
                with self._lock:
                    call = self._open.get(frame[0]["id"])
                if call is not None:
                    call.take(frame)
        except (OSError, ValueError):
            pass
        finally:
            _reap(process)
            ready.put(None)
            with self._lock:
                for call in self._open.values():
                    if call.process is process:
                        call.take(None)


def _reap(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process whose pipes are shut: it counts as alive a moment longer."""
    try:
        process.wait(_REAP_DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
