"""At most one answer is begun ahead of the end of its turn, and only while there is room.

What speculation costs is bounded: so many tries an utterance, none while somebody's words
wait to be recognised, answered or spoken.
"""

from __future__ import annotations

import asyncio
import logging

from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from sessions.turns.answer_ahead import plain_answer_ahead
from sessions.turns.context import SpokenInput, TurnContext
from sessions.turns.health import StageHealth
from sessions.turns.hearing import words_of
from sessions.turns.teaching import TalkTeacher
from telemetry import metrics

logger = logging.getLogger(__name__)

_NEEDED = (Stage.TRANSCRIBE, Stage.RESPOND, Stage.SYNTHESIZE)


class Preparation:
    """The answer that one talk has begun before it was wanted.

    ``most`` is how many answers may be begun for one utterance; 0: none.
    """

    def __init__(
        self,
        runner: StageRunner,
        *,
        health: StageHealth,
        teacher: TalkTeacher | None,
        most: int,
    ) -> None:
        self._runner = runner
        self._health = health
        self._teacher = teacher
        self._most = most
        self._tries = 0
        self._begun: tuple[TurnContext, asyncio.Task[None]] | None = None
        self._dropping: asyncio.Task[None] | None = None

    def begin(self, ctx: TurnContext) -> None:
        """Begin the answer to a turn whose words are recognised, in the background."""
        source = ctx.input
        self.forget()
        if (
            self._tries >= self._most
            or not isinstance(source, SpokenInput)
            or source.candidate is None
            or any(self._runner.busy(stage) for stage in _NEEDED)
        ):
            return
        ctx.learner = words_of(source.candidate.result())
        if ctx.learner is not None:
            self._tries += 1
            begun = self._answer(ctx, after=self._dropping)
            self._begun = ctx, asyncio.create_task(begun)

    def forget(self) -> None:
        """Throw away what was begun, if anything was."""
        begun, self._begun = self._begun, None
        if begun is not None:
            metrics.SPECULATIONS.labels("dropped").inc()
            before = self._dropping
            self._dropping = asyncio.create_task(_drop(*begun, before))

    async def taken_over(self, ctx: TurnContext, *, skip: bool) -> TurnContext | None:
        """Return the turn with its answer begun if that was on the very same words.

        ``ctx`` is the turn as it would be without; ``skip``: nobody wants an answer.
        """
        self._tries = 0
        if skip or self._begun is None or not _same(ctx, self._begun[0]):
            # What is thrown away is undone before the turn itself begins.
            await self.close()
            return None
        (ahead, answering), self._begun = self._begun, None
        await asyncio.wait({answering})
        if ahead.ahead is None:
            logger.error("no answer ahead: %s", type(answering.exception()).__name__)
            return None
        metrics.SPECULATIONS.labels("kept").inc()
        ahead.input, ahead.attempt = ctx.input, ctx.attempt
        # As in any turn, its words are known once it is told of them.
        ahead.learner = None
        return ahead

    async def close(self) -> None:
        """Throw away what was begun, and wait until nothing of it goes on."""
        self.forget()
        if self._dropping is not None:
            await self._dropping

    async def _answer(
        self, ctx: TurnContext, *, after: asyncio.Task[None] | None
    ) -> None:
        # Not whatever is dropped by now: that may be this very answer.
        if after is not None:
            await after
        if self._teacher is not None:
            ctx.ahead = await self._teacher.ahead(ctx)
        else:
            ctx.ahead = plain_answer_ahead(
                ctx, runner=self._runner, health=self._health
            )


def _same(ctx: TurnContext, ahead: TurnContext) -> bool:
    """Whether an answer was begun on the very words and history of a turn."""
    return (
        isinstance(ctx.input, SpokenInput)
        and isinstance(ahead.input, SpokenInput)
        and ctx.input.candidate is ahead.input.candidate
        and (ctx.index, ctx.history) == (ahead.index, ahead.history)
    )


async def _drop(
    ctx: TurnContext, answering: asyncio.Task[None], before: asyncio.Task[None] | None
) -> None:
    """Throw an answer away, after the one that was thrown away before."""
    if before is not None:
        await before
    await asyncio.wait({answering})
    if ctx.ahead is not None:
        await ctx.ahead.drop()
    elif (error := answering.exception()) is not None:
        logger.error("no answer ahead: %s", type(error).__name__)
