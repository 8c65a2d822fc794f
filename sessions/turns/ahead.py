"""Work that is begun before it is certain that it is wanted.

Whoever begins an answer while the learner may still go on must be able to throw it away, and
nothing of it may be heard before. So results are collected here until somebody asks for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Generic, TypeVar

from inference.runners.base import Produced, StageRunner
from inference.stages.stage import Stage
from inference.types.speech import SynthesisRequest

from .interruption import Interruption

Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """Runs a generator in a task and keeps what it yields; ``on_item`` sees it at once."""

    def __init__(
        self,
        source: AsyncGenerator[Item, None],
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
            await self.drop()

    async def drop(self) -> None:
        """Stop the work, if it goes on, and wait until it has stopped."""
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled():
            # Looked at, so that a failure of what nobody wants is not reported.
            self._task.exception()

    async def _collect(self) -> None:
        try:
            async with aclosing(self._source) as source:
                async for item in source:
                    self._kept.put_nowait(item)
                    self._on_item(item)
        finally:
            self._kept.put_nowait(None)


class VoiceAhead:
    """The sound of a first clause, made before the turn is over."""

    def __init__(self, runner: StageRunner, interruption: Interruption) -> None:
        self._runner = runner
        self._interruption = interruption
        self._request: SynthesisRequest | None = None
        self._sound: Ahead[Produced] | None = None

    def begin(self, request: SynthesisRequest) -> None:
        """Have a clause spoken. Only the first one is."""
        if self._request is None:
            self._request = request
            self._sound = Ahead(
                self._runner.run(
                    Stage.SYNTHESIZE, request, cancelled=self._interruption
                )
            )

    def take(self, request: SynthesisRequest) -> AsyncGenerator[Produced, None] | None:
        """Return the sound of exactly this clause, once; None: there is none."""
        if self._sound is None or request != self._request:
            return None
        sound, self._sound = self._sound, None
        return sound.items()

    async def drop(self) -> None:
        """Stop what is not wanted."""
        sound, self._sound = self._sound, None
        if sound is not None:
            await sound.drop()
