"""The pace of a talk's turns: chosen by its budget, kept by whoever runs the stages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import replace
from typing import Any

from inference.protocols import Cancelled
from inference.runners.base import Produced, StageRunner
from inference.stages.stage import Stage
from inference.types.speech import Effort, TranscribeRequest
from sessions.turns.budget import Budget, Pace, Step
from sessions.turns.budget_keeper import BudgetKeeper
from sessions.turns.context import TurnContext
from sessions.turns.spent import Spent, spent_in

# Scores that wait for the tutor's first sound wait no longer than this.
LONGEST_WAIT_S = 3.0


class PacedRunner:
    """Runs stages as the talk's pace says: how hard to listen, when to judge."""

    def __init__(self, runner: StageRunner, pace: Callable[[], Pace]) -> None:
        self._runner = runner
        self._pace = pace
        self._quiet = asyncio.Event()
        self._quiet.set()

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        return self._runner.busy(stage)

    def turn_began(self) -> None:
        """A learner waits for an answer from here on."""
        self._quiet.clear()

    def turn_ended(self) -> None:
        """Nobody waits any more."""
        self._quiet.set()

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        pace = self._pace()
        if isinstance(request, TranscribeRequest) and Step.QUICK_RECOGNITION in pace:
            request = replace(request, effort=Effort.QUICK)
        if stage is Stage.ASSESS and Step.LATER_SCORES in pace:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_WAIT_S):
                    await self._quiet.wait()
        if stage is Stage.ANIMATE:
            # What is animated is about to be heard.
            self._quiet.set()
        results = self._runner.run(stage, request, cancelled=cancelled)
        async with aclosing(results):
            async for produced in results:
                yield produced


class Pacing:
    """What the turns of one talk know of each other's time."""

    def __init__(self, runner: StageRunner, budget: Budget) -> None:
        self._budget = budget
        self._keeper = BudgetKeeper(budget)
        self.runner = PacedRunner(runner, lambda: self._keeper.pace)

    def give(self, ctx: TurnContext) -> TurnContext:
        """Give a turn the pace it is to have, and return it."""
        ctx.pace = self._keeper.pace
        ctx.timer.pace = ctx.pace.names
        return ctx

    @contextmanager
    def kept(self, ctx: TurnContext) -> Iterator[None]:
        """Run a turn at its pace, then learn from it."""
        self.runner.turn_began()
        try:
            yield
        finally:
            self.runner.turn_ended()
            timing = ctx.timer.result(ctx.index)
            spent = spent_in(timing, words_decide=self._budget.words_decide)
            if spent is not None:
                self._learn(ctx, spent)

    def _learn(self, ctx: TurnContext, spent: Spent) -> None:
        # One that was begun at another pace says nothing about this one.
        if ctx.pace == self._keeper.pace:
            self._keeper.note(spent)
        if spent.wording_ms is not None:
            self._keeper.worded(spent.wording_ms)
