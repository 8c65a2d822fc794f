"""The child's end of ``inference.calls``: each call is answered in a thread of its own.

The program ends at once when its stdin closes, so also when its parent is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import BinaryIO

from .framing import Header, read_frame, write_frame

# So many frames of a call may wait; then whoever sends them waits too.
_WAITING = 4
_LOOK_EVERY_S = 0.05

Message = tuple[Header, bytes]


class Inbox:
    """What was said about one call: the message that opened it, then what followed."""

    def __init__(self, opener: Message) -> None:
        self.opener = opener
        self.cancelled = Event()
        self._waiting: Queue[Message | None] = Queue(_WAITING)

    def put(self, message: Message | None) -> None:
        """Add a message, waiting for room; what nobody wants any more is dropped."""
        while not self.cancelled.is_set():
            try:
                self._waiting.put(message, timeout=_LOOK_EVERY_S)
            except Full:
                continue
            return

    def cancel(self) -> None:
        """Nobody wants the call any more: its handler reads no further."""
        self.cancelled.set()
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)

    def __iter__(self) -> Iterator[Message]:
        """Yield what follows the opener, until ``finish`` or a cancellation."""
        while not self.cancelled.is_set():
            message = self._waiting.get()
            if message is None or message[0]["kind"] == "finish":
                return
            yield message


Answers = Iterator[tuple[Header, bytes]]
Handler = Callable[[Inbox], Answers]


class Server:
    """Answers the calls of one parent. ``handlers`` are the kinds that open a call."""

    def __init__(self, handlers: Mapping[str, Handler], out: BinaryIO) -> None:
        self._handlers = handlers
        self._out = out
        self._write_lock = Lock()
        self._lock = Lock()
        self._open: dict[int, Inbox] = {}

    def run(self, stream: BinaryIO, *, ready: Header) -> None:
        """Say that it is ready, then take messages in until the parent goes."""
        self._write({"kind": "ready", **ready}, b"")
        while (message := read_frame(stream)) is not None:
            self._take(message)

    def _take(self, message: Message) -> None:
        header = message[0]
        number, kind = int(header["id"]), str(header["kind"])
        if kind in self._handlers:
            inbox = Inbox(message)
            with self._lock:
                self._open[number] = inbox
            work = (self._handlers[kind], inbox, number)
            Thread(target=self._answer, args=work, daemon=True).start()
            return
        with self._lock:
            known = self._open.get(number)
        if known is None:
            return
        if kind == "cancel":
            known.cancel()
        else:
            known.put(message)

    def _answer(self, handler: Handler, inbox: Inbox, number: int) -> None:
        last: Header = {"kind": "done"}
        try:
            for header, payload in handler(inbox):
                if inbox.cancelled.is_set():
                    break
                self._write({**header, "id": number}, payload)
        except Exception as failure:  # noqa: BLE001 - told to the parent, which decides
            # The class only: a message could hold what was said.
            last = {"kind": "failed", "message": type(failure).__name__}
        finally:
            inbox.cancel()
            with self._lock:
                self._open.pop(number, None)
        self._write({**last, "id": number}, b"")

    def _write(self, header: Header, payload: bytes) -> None:
        with self._write_lock:
            write_frame(self._out, header, payload)


def serve(handlers: Mapping[str, Handler], *, ready: Header) -> None:
    """Answer the parent of this program on its pipes until it goes, then exit."""
    # Ctrl-C reaches every process of a terminal; this one goes when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries may print: only frames go out on the real stdout.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        Server(handlers, out).run(sys.stdin.buffer, ready=ready)
    finally:
        os._exit(0)
