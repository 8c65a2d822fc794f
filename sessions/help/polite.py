"""The language model for those who can wait: a turn always goes first."""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest
from inference.types.short_request import short_request
from tutor.completion import Completion, CompletionError

from ..turns.interruption import Interruption

# All help shares one conversation, so one slot of an engine that has few: the prompts of
# the talks stay read.
CONVERSATION = "help"
BUSY, TIMEOUT, FAILED = "help.busy", "help.timeout", "help.failed"
_LOOK_EVERY_S = 0.05
# So much longer than the work itself may the thread wait for its end.
_GRACE_S = 1.0


class PoliteCompletion(Completion):
    """Short completions that wait for turns, and make way for one that begins.

    It is called in a thread and works on the event loop. ``occupied`` tells whether the
    model is needed elsewhere. ``failure`` is why the latest completion gave nothing:
    ``help.busy``, ``help.timeout``, ``help.failed`` or ``""``.
    """

    def __init__(
        self,
        runner: StageRunner,
        loop: asyncio.AbstractEventLoop,
        *,
        occupied: Callable[[], bool],
        deadline_s: float,
    ) -> None:
        self._runner = runner
        self._loop = loop
        self._occupied = occupied
        self._until = time.monotonic() + deadline_s
        self._asked: concurrent.futures.Future[str] | None = None
        self._stopped = False
        self.failure = ""

    def cancel(self) -> None:
        """Stop: nobody waits for it any more."""
        self._stopped = True
        if self._asked is not None:
            self._asked.cancel()

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the text. Raises CompletionError."""
        request = short_request(
            messages, conversation=CONVERSATION, max_tokens=max_tokens, schema=schema
        )
        self.failure = ""
        if self._stopped:
            raise self._failed(FAILED)
        self._asked = asyncio.run_coroutine_threadsafe(
            self._when_free(request), self._loop
        )
        try:
            return self._asked.result(self._left_s() + _GRACE_S)
        except TimeoutError as late:
            self._asked.cancel()
            raise self._failed(TIMEOUT) from late
        except concurrent.futures.CancelledError as stopped:
            raise self._failed(FAILED) from stopped
        except StageError as error:
            late_too = error.code == "llm.timeout"
            raise self._failed(TIMEOUT if late_too else FAILED) from error
        except CompletionError as error:
            raise self._failed(str(error)) from error

    def _failed(self, code: str) -> CompletionError:
        self.failure = code
        return CompletionError(code)

    def _left_s(self) -> float:
        return max(0.0, self._until - time.monotonic())

    async def _when_free(self, request: DialogueRequest) -> str:
        while True:
            while self._occupied():
                if not self._left_s():
                    raise CompletionError(BUSY)
                await asyncio.sleep(_LOOK_EVERY_S)
            text = await self._unless_needed(request)
            if text is not None:
                return text

    async def _unless_needed(self, request: DialogueRequest) -> str | None:
        """Return the text, None if a turn began in the meantime."""
        cancelled = Interruption()
        writing = asyncio.create_task(self._written(request, cancelled))
        try:
            while not writing.done():
                if not self._left_s():
                    raise CompletionError(TIMEOUT)
                if self._occupied():
                    return None
                await asyncio.wait({writing}, timeout=_LOOK_EVERY_S)
            return writing.result()
        finally:
            # Set first: the engine's thread looks at this, not at the task.
            cancelled.set("not wanted any more")
            writing.cancel()

    async def _written(self, request: DialogueRequest, cancelled: Interruption) -> str:
        run = self._runner.run(Stage.RESPOND, request, cancelled=cancelled)
        async with aclosing(run):
            return "".join([produced.value.text async for produced in run])
