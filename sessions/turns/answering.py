"""The tutor's words: the model's stream, checked to be a reply at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest

from .context import TurnContext
from .health import StageHealth

MAX_REPLY_CHARS = 900
MAX_REPLY_S = 60.0
RETRY_AFTER_S = 0.5
# A reply is letters, not noise: by here at the latest it has to look like it.
GARBAGE_LOOK_CHARS = 24
LETTER_SHARE = 0.5


async def reply_deltas(
    ctx: TurnContext,
    *,
    runner: StageRunner,
    health: StageHealth,
    request: DialogueRequest | None = None,
) -> AsyncGenerator[str, None]:
    """Yield the reply's text; try once more if the model fails before its first word.

    ``request`` takes the place of the turn's own words as the learner said them. A reply
    that is known is yielded as it is.

    Raises StageError ``llm.failed``, ``llm.timeout``, ``llm.empty`` or ``llm.unusable``.
    """
    if ctx.known_reply:
        yield ctx.known_reply
        return
    for last_try in (False, True):
        got_text = False
        try:
            async with (
                aclosing(_stream(ctx, runner, request)) as stream,
                aclosing(_usable(stream)) as texts,
            ):
                async for text in texts:
                    got_text = True
                    yield text
            health.worked(Stage.RESPOND)
            return
        except StageError as error:
            if ctx.interruption.is_set():
                return
            health.failed(Stage.RESPOND, error.code)
            ctx.errors.append(error.code)
            # Who waited for a time-out once should not wait for another.
            hopeless = not error.retryable or error.code == "llm.timeout"
            if got_text or last_try or hopeless:
                raise
        await asyncio.sleep(RETRY_AFTER_S)


async def _stream(
    ctx: TurnContext, runner: StageRunner, request: DialogueRequest | None
) -> AsyncGenerator[str, None]:
    began_at = first_at = last_at = 0.0
    asked = request or ctx.dialogue_request()
    run = runner.run(Stage.RESPOND, asked, cancelled=ctx.interruption)
    try:
        async with aclosing(run):
            async for produced in run:
                began_at, last_at = produced.began_at, produced.produced_at
                first_at = first_at or last_at
                if last_at - began_at > MAX_REPLY_S:
                    raise StageError("llm.timeout", "the reply did not end in time")
                yield produced.value.text
    finally:
        if first_at:
            ctx.timer.span("respond_first", began_at, first_at)
            ctx.timer.span("respond_rest", first_at, last_at)


async def _usable(deltas: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """Pass text on as soon as it looks like language."""
    held = ""
    length = 0
    begun = False
    async for delta in deltas:
        if begun:
            yield delta
        else:
            held += delta
            if begun := _is_language(held):
                yield held.lstrip()
            elif len(held) >= GARBAGE_LOOK_CHARS:
                raise StageError("llm.unusable", "the model wrote no sentence")
        length += len(delta)
        if length > MAX_REPLY_CHARS:
            return
    if not begun:
        code = "llm.unusable" if held.strip() else "llm.empty"
        raise StageError(code, "the model wrote no sentence")


def _is_language(text: str) -> bool:
    written = [character for character in text if not character.isspace()]
    letters = sum(character.isalpha() for character in written)
    return letters > 0 and letters >= LETTER_SHARE * len(written)
