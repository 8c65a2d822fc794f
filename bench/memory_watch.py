"""How much memory a server takes at its peak."""

from __future__ import annotations

import threading
from typing import Self

from .server import BenchServer


class MemoryWatch:
    """Polls the memory of the server and its children."""

    def __init__(self, server: BenchServer) -> None:
        self._server = server
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self.peak: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _poll(self) -> None:
        while not self._stop.wait(0.5):
            now = self._server.memory_mb()
            if sum(now.values()) > sum(self.peak.values()):
                self.peak = now
