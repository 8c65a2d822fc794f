"""How the learner said it: judged beside the answer, never in its way.

An assessment outlives an interrupted turn and may end after the turn did; new words of the
same turn cancel it. It is optional: a scorer that fails is told once, and turns go on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.assessment import (
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
)

from .context import LearnerWords, SpokenSound, TurnContext
from .events import PronunciationAssessed, PronunciationWithdrawn, Source, TurnEvent
from .health import StageHealth
from .interruption import Interruption
from .voice_print import VoicePrint

# Each waiting assessment holds its sound and features: a slow scorer leaves turns out
# instead of filling memory.
MAX_WAITING = 3


class PronunciationAssessor:
    """Judges the utterances of one session; knows its learner's voice while it lives."""

    def __init__(
        self,
        runner: StageRunner,
        *,
        emit: Callable[[TurnEvent], None],
        health: StageHealth,
    ) -> None:
        self._runner = runner
        self._emit = emit
        self._health = health
        self._voice = VoicePrint()
        self._running: dict[int, tuple[asyncio.Task[None], Interruption]] = {}

    def begin(
        self, ctx: TurnContext, on_assessed: Callable[[TurnContext], None]
    ) -> None:
        """Judge the words of a turn in the background, if they were spoken.

        ``on_assessed`` is called once ``ctx.learner`` carries the result. Corrected
        words without their sound take back what was shown of the words before.
        """
        words, sound = ctx.learner, ctx.sound
        if words is None or ctx.answers_known_words:
            return
        self.cancel(ctx.index)
        if sound is None:
            if words.source is Source.CORRECTED:
                self._emit(PronunciationWithdrawn(ctx.index))
            return
        if len(self._running) >= MAX_WAITING:
            return
        request = _request(words, sound, ctx.language, self._voice.value)
        cancelled = Interruption()
        task = asyncio.create_task(self._assess(ctx, request, cancelled, on_assessed))
        self._running[ctx.index] = (task, cancelled)
        task.add_done_callback(lambda done: self._forget(ctx.index, done))

    def is_judging(self, turn: int) -> bool:
        """Whether the words of a turn are still being judged."""
        return turn in self._running

    def cancel(self, turn: int) -> None:
        """Stop judging a turn: its words are others now."""
        if turn in self._running:
            task, cancelled = self._running.pop(turn)
            cancelled.set("superseded")
            task.cancel()

    async def close(self, *, patience_s: float) -> None:
        """Wait for what is nearly done; stop the rest."""
        tasks = [task for task, _ in self._running.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=patience_s)
        for turn in list(self._running):
            self.cancel(turn)

    async def _assess(
        self,
        ctx: TurnContext,
        request: AssessRequest,
        cancelled: Interruption,
        on_assessed: Callable[[TurnContext], None],
    ) -> None:
        try:
            async for produced in self._runner.run(
                Stage.ASSESS, request, cancelled=cancelled
            ):
                self._health.worked(Stage.ASSESS)
                ctx.timer.span("assess", produced.began_at, produced.produced_at)
                self._tell(ctx, produced.value)
                on_assessed(ctx)
        except StageError as error:
            ctx.errors.append(error.code)
            self._health.failed(Stage.ASSESS, error.code)

    def _tell(self, ctx: TurnContext, found: PronunciationAssessment) -> None:
        if found.judged and found.voice is not None:
            self._voice.add(found.voice)
        # The voice print stays here: what is shown and stored does not hold it.
        assessment = replace(found, voice=None)
        if ctx.learner is not None:
            ctx.learner.assessment = assessment
        ctx.timer.mark("pronunciation_ms", time.monotonic())
        mic_start_ms = ctx.sound.mic_start_ms if ctx.sound else None
        self._emit(PronunciationAssessed(ctx.index, assessment, mic_start_ms))

    def _forget(self, turn: int, task: asyncio.Task[None]) -> None:
        if turn in self._running and self._running[turn][0] is task:
            del self._running[turn]


def _request(
    words: LearnerWords,
    sound: SpokenSound,
    language: str,
    voice: tuple[float, ...] | None,
) -> AssessRequest:
    """Return what the scorer is asked.

    Words that the learner corrected are a claim, so they are judged like a given text:
    the gate compares them with the sound. A transcript is its own text.
    """
    corrected = words.source is Source.CORRECTED
    return AssessRequest(
        clip=sound.clip,
        text=words.text,
        language=language,
        source=PromptSource.READ if corrected else PromptSource.HEARD,
        heard=sound.heard,
        voice=voice,
    )
