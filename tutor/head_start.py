"""Work begun before it is certain that it is wanted, and kept until somebody asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class HeadStart(Generic[Item]):
    """Collects a stream in the background; ``on_item`` sees each item at once."""

    def __init__(
        self,
        source: AsyncIterator[Item],
        on_item: Callable[[Item], None] = lambda _: None,
    ) -> None:
        self._source = source
        self._on_item = on_item
        self._kept: asyncio.Queue[Item | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._collect())

    async def items(self) -> AsyncGenerator[Item, None]:
        """Yield what was collected and what still comes. Raises what the source raises."""
        try:
            while (item := await self._kept.get()) is not None:
                yield item
            await self._task
        finally:
            await self.cancel()

    async def cancel(self) -> None:
        """Stop the stream, if it still runs, and wait until it has stopped."""
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled():
            # Looked at, so that a failure of what nobody wants is not reported.
            self._task.exception()

    async def _collect(self) -> None:
        try:
            async for item in self._source:
                self._kept.put_nowait(item)
                self._on_item(item)
        finally:
            self._kept.put_nowait(None)
            close = getattr(self._source, "aclose", None)
            if close is not None:
                await close()
