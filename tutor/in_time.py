"""Clauses that keep nobody waiting: who is late is not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from .speaking import Attempt

# Stands in the record of a turn in place of a model's error code.
LATE = "llm.late"


async def in_time(
    clauses: AsyncGenerator[str, None], attempt: Attempt, deadline_s: float | None
) -> AsyncGenerator[str, None]:
    """Yield clauses as long as each comes within the deadline; None: however long it takes.

    One that is late ends the wording and what it asked of the model: before the first
    clause a template is said, after it the reply ends there.
    """
    async with aclosing(clauses):
        while True:
            try:
                async with asyncio.timeout(deadline_s):
                    clause = await anext(clauses)
            except StopAsyncIteration:
                return
            except TimeoutError:
                attempt.failed = LATE
                return
            yield clause
