"""Shows how far a download is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol, TextIO

MEGABYTE = 1_000_000
BAR_CELLS = 24
BAR_EVERY_S = 0.1
LINE_EVERY_S = 5.0


class Progress(Protocol):
    """Where the store says what it does. May be called from several threads."""

    def begin(self, label: str, total_bytes: int) -> None:
        """Start a bar."""
        ...

    def advance(self, count: int) -> None:
        """Count bytes that arrived."""
        ...

    def end(self) -> None:
        """Finish the bar, if one is there."""
        ...

    def say(self, text: str) -> None:
        """Print one line."""
        ...


class SilentProgress:
    """Shows nothing."""

    def begin(self, label: str, total_bytes: int) -> None:
        """Ignore."""

    def advance(self, count: int) -> None:
        """Ignore."""

    def end(self) -> None:
        """Ignore."""

    def say(self, text: str) -> None:
        """Ignore."""


class StreamProgress:
    """Writes to a text stream: one line redrawn on a terminal, else a line now and then."""

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._every_s = BAR_EVERY_S if self._terminal else LINE_EVERY_S
        self._clock = clock
        self._lock = threading.Lock()
        self._label = ""
        self._total = self._done = 0
        self._started = self._drawn = 0.0

    def begin(self, label: str, total_bytes: int) -> None:
        """Start a bar."""
        with self._lock:
            self._label, self._total, self._done = label, total_bytes, 0
            self._started = self._drawn = self._clock()
            self._draw()

    def advance(self, count: int) -> None:
        """Count bytes that arrived."""
        with self._lock:
            self._done += count
            if self._clock() - self._drawn >= self._every_s:
                self._draw()

    def end(self) -> None:
        """Finish the bar, if one is there."""
        with self._lock:
            if not self._label:
                return
            self._draw()
            self._label = ""
            if self._terminal:
                self._stream.write("\n")
            self._stream.flush()

    def say(self, text: str) -> None:
        """Print one line."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def _draw(self) -> None:
        self._drawn = self._clock()
        elapsed = self._drawn - self._started
        rate = self._done / elapsed / MEGABYTE if elapsed > 0.05 else 0.0
        share = min(1.0, self._done / self._total) if self._total else 1.0
        figures = (
            f"{self._done / MEGABYTE:7.1f} of {self._total / MEGABYTE:.1f} MB "
            f"{share:4.0%} {rate:6.1f} MB/s"
        )
        if self._terminal:
            filled = int(share * BAR_CELLS)
            bar = "#" * filled + "-" * (BAR_CELLS - filled)
            self._stream.write(f"\r  {self._label} [{bar}] {figures} ")
        else:
            self._stream.write(f"  {self._label}: {figures.strip()}\n")
        self._stream.flush()


def progress_for(stream: TextIO | None = None) -> Progress:
    """Return the progress display that fits a stream (standard error by default)."""
    return StreamProgress(stream or sys.stderr)
