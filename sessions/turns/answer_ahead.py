"""An answer begun while the learner may still go on.

Its steps (the teacher's, or the model's text) are collected, and its first clause is spoken
into memory. A turn that ends with the words it was begun on takes all of it over; one that
goes on throws it away, and whoever made the steps takes back what it has noted of them.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any

from inference.runners.base import StageRunner
from tutor.head_start import HeadStart

from .answering import reply_deltas
from .clauses import ClauseCutter
from .context import TurnContext
from .health import StageHealth
from .short_clauses import pieces_at
from .voice_ahead import VoiceAhead


class AnswerAhead:
    """What is known of an answer that nobody may hear yet.

    ``clauses(step)`` are the clauses that a step completes; ``undo()`` takes back what the
    maker of the steps has noted.
    """

    def __init__(
        self,
        ctx: TurnContext,
        steps: AsyncGenerator[Any, None],
        *,
        runner: StageRunner,
        clauses: Callable[[Any], list[str]],
        undo: Callable[[], None] = lambda: None,
    ) -> None:
        self.voice = VoiceAhead(runner, ctx.interruption)
        self._ctx = ctx
        self._clauses = clauses
        self._undo = undo
        self._steps = HeadStart(steps, self._speak_first)

    def steps(self) -> AsyncGenerator[Any, None]:
        """Yield the steps so far and those that come. Raises what their maker raises."""
        return self._steps.items()

    async def close(self) -> None:
        """Stop what goes on of it."""
        await self._steps.cancel()
        await self.voice.drop()

    async def drop(self) -> None:
        """Throw it away, as if it had not been begun."""
        self._ctx.interruption.set("resumed")
        await self.close()
        self._undo()

    def _speak_first(self, step: Any) -> None:
        for clause in self._clauses(step)[:1]:
            first = pieces_at(self._ctx, clause)[0]
            self.voice.begin(self._ctx.synthesis_request(first))


def plain_answer_ahead(
    ctx: TurnContext, *, runner: StageRunner, health: StageHealth
) -> AnswerAhead:
    """Begin the answer of a model that answers by its instructions alone."""
    cutter = ClauseCutter()
    return AnswerAhead(
        ctx,
        reply_deltas(ctx, runner=runner, health=health, request=ctx.dialogue_request()),
        runner=runner,
        clauses=cutter.push,
    )
