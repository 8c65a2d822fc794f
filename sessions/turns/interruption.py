"""Interruption is a flag that every stage of a turn looks at."""

from __future__ import annotations

import asyncio
import threading


class Interruption:
    """Set once, from the event loop; seen by worker threads and by coroutines."""

    def __init__(self) -> None:
        self._flag = threading.Event()
        self._waiters = asyncio.Event()
        self.reason = ""

    def is_set(self) -> bool:
        """Whether the turn's work is no longer wanted."""
        return self._flag.is_set()

    def set(self, reason: str) -> None:
        """Stop the turn. The first reason counts."""
        if not self._flag.is_set():
            self.reason = reason
            self._flag.set()
            self._waiters.set()

    async def wait(self) -> None:
        """Return once it is set."""
        await self._waiters.wait()
