"""Wording begun on the likeliest move while the turn is still being analysed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

from .completion import CompletionError


class HeadStart:
    """Collects a stream of text in the background until somebody wants it.

    Nothing of it is heard before the move is known. ``cancel`` throws it away.
    """

    def __init__(self, deltas: AsyncIterator[str]) -> None:
        self._deltas = deltas
        self._queue: asyncio.Queue[str | CompletionError | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._collect())

    async def deltas(self) -> AsyncGenerator[str, None]:
        """Yield what was collected and what still comes. Raises CompletionError."""
        try:
            while True:
                item = await self._queue.get()
                if item is None:
                    return
                if isinstance(item, CompletionError):
                    raise item
                yield item
        finally:
            await self.cancel()

    async def cancel(self) -> None:
        """Stop the stream, if it still runs."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _collect(self) -> None:
        try:
            async for delta in self._deltas:
                self._queue.put_nowait(delta)
        except CompletionError as error:
            self._queue.put_nowait(error)
        finally:
            self._queue.put_nowait(None)
            close = getattr(self._deltas, "aclose", None)
            if close is not None:
                await close()
