"""The stages of a turn in order, and its guaranteed end.

    hearing -> (learner's words are saved) -> answering -> speaking -> playback -> saved
                                           `-> assessing

Answering and speaking overlap: a clause is spoken while the next one is being written.
Assessing goes on beside both, begun by ``on_words``, after the answer was asked for. An
interruption stops the work at once; the terminal steps (what was heard, timing, the record,
``TurnEnded``) run whatever happened.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import STAGES, Stage

from .answering import reply_deltas
from .clauses import ClauseCutter
from .context import (
    FixedReply,
    LearnerWords,
    SpokenInput,
    SpokenSound,
    TurnContext,
    TypedInput,
)
from .events import (
    ErrorRaised,
    FinalTranscript,
    Outcome,
    ReplyAudioEnded,
    ReplyCompleted,
    ReplyHeard,
    ReplyStarted,
    ReplyText,
    TurnEnded,
    TurnEvent,
)
from .health import StageHealth
from .hearing import transcribe, words_of
from .messages import MESSAGES, fallback_reply
from .speaking import ReplySpeaker
from .teaching import Teach

logger = logging.getLogger(__name__)

# How long an interrupted browser may take to say how far it played.
STOP_REPORT_S = 0.4


class TurnPipeline:
    """Runs turns of one session, one at a time."""

    def __init__(
        self,
        runner: StageRunner,
        *,
        emit: Callable[[TurnEvent], None],
        health: StageHealth,
        on_words: Callable[[TurnContext], None],
        on_end: Callable[[TurnContext], None],
        teach: Teach | None = None,
    ) -> None:
        self._runner = runner
        self._emit = emit
        self._health = health
        self._on_words = on_words
        self._on_end = on_end
        self._teach = teach

    async def run(self, ctx: TurnContext) -> None:
        """Run one turn to its end. Raises nothing but cancellation."""
        work = asyncio.create_task(self._work(ctx))
        stop = asyncio.create_task(ctx.interruption.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (work, stop):
                task.cancel()
            await asyncio.gather(work, stop, return_exceptions=True)
            if ctx.film is not None:
                ctx.film.close()
            if ctx.ahead is not None:
                await ctx.ahead.close()
            if not work.cancelled() and (error := work.exception()) is not None:
                self._failed(ctx, error)
            await self._end(ctx)

    async def _work(self, ctx: TurnContext) -> None:
        if isinstance(ctx.input, FixedReply):
            await self._say_fixed(ctx, ctx.input.text, ctx.input.speed)
        elif await self._hear(ctx):
            self._on_words(ctx)
            if ctx.skip_answer:
                ctx.outcome = Outcome.CANCELLED
                return
            await self._answer(ctx)
        await self._played(ctx)

    async def _hear(self, ctx: TurnContext) -> bool:
        source = ctx.input
        if isinstance(source, TypedInput):
            ctx.learner = source.known or LearnerWords(
                source.text.strip(), source.source, heard_as=source.heard_as
            )
            ctx.sound = source.sound
        elif isinstance(source, SpokenInput):
            ctx.timer.span("endpoint", source.last_voiced_at, source.cut_at)
            if source.candidate is not None:
                heard = await source.candidate
            else:
                heard = await transcribe(
                    self._runner,
                    source.clip,
                    language=ctx.language,
                    cancelled=ctx.interruption,
                )
            self._health.worked(Stage.TRANSCRIBE)
            ctx.timer.span("transcribe", heard.began_at, heard.ended_at)
            ctx.learner = words_of(heard)
            if ctx.learner is None:
                ctx.outcome = Outcome.NOT_UNDERSTOOD
                self._error(ctx, "utterance.not_understood")
                return False
            ctx.sound = SpokenSound(source.clip, heard.transcript, source.mic_start_ms)
        if ctx.learner is None:
            return False
        ctx.timer.mark("final_transcript_ms", time.monotonic())
        self._emit(
            FinalTranscript(
                turn=ctx.index,
                text=ctx.learner.text,
                words=ctx.learner.words,
                source=ctx.learner.source,
                language=ctx.learner.language or ctx.language,
                confidence=ctx.learner.confidence,
            )
        )
        return True

    async def _answer(self, ctx: TurnContext) -> None:
        self._start_reply(ctx)
        speaker = self._speaker(ctx)
        clauses: asyncio.Queue[str | None] = asyncio.Queue()
        speaking = asyncio.create_task(_say_all(speaker, clauses))
        cutter = ClauseCutter()
        try:
            if self._teach is not None:
                await self._say_taught(ctx, self._teach(ctx), clauses)
            else:
                deltas = self._deltas(ctx)
                async with aclosing(deltas):
                    async for text in deltas:
                        self._add_text(ctx, text)
                        for clause in cutter.push(text):
                            clauses.put_nowait(clause)
        except Exception as error:  # noqa: BLE001 whatever failed, the learner hears so
            self._answer_failed(ctx, error, clauses)
        except BaseException:
            speaking.cancel()
            raise
        for clause in cutter.finish():
            clauses.put_nowait(clause)
        clauses.put_nowait(None)
        self._emit(ReplyCompleted(ctx.index, ctx.attempt, ctx.reply_text.strip()))
        try:
            await speaking
        finally:
            speaking.cancel()
        self._audio_ended(ctx, speaker)

    def _deltas(self, ctx: TurnContext) -> AsyncGenerator[str, None]:
        if ctx.ahead is not None:
            return ctx.ahead.steps()
        return reply_deltas(ctx, runner=self._runner, health=self._health)

    def _answer_failed(
        self, ctx: TurnContext, error: Exception, clauses: asyncio.Queue[str | None]
    ) -> None:
        """Say that there is no answer, unless a part of it was said."""
        ctx.outcome = Outcome.FAILED
        of_stage = isinstance(error, StageError)
        if not of_stage:
            name = type(error).__name__
            logger.error("answering turn %d failed with %s", ctx.index, name)
        code = error.code if isinstance(error, StageError) else "llm.failed"
        self._error(ctx, code, retryable=True, noted=of_stage)
        if not ctx.reply_text:
            sorry = fallback_reply(ctx.language)
            self._add_text(ctx, sorry)
            clauses.put_nowait(sorry)

    async def _say_taught(
        self,
        ctx: TurnContext,
        taught: AsyncGenerator[str, None],
        clauses: asyncio.Queue[str | None],
    ) -> None:
        """Say what the teacher lets through; its clauses are cut already."""
        async with aclosing(taught):
            async for clause in taught:
                self._add_text(ctx, f" {clause}" if ctx.reply_text else clause)
                clauses.put_nowait(clause)

    async def _say_fixed(self, ctx: TurnContext, text: str, speed: float) -> None:
        self._start_reply(ctx)
        self._add_text(ctx, text)
        self._emit(ReplyCompleted(ctx.index, ctx.attempt, text))
        speaker = self._speaker(ctx, speed)
        cutter = ClauseCutter()
        for clause in [*cutter.push(text), *cutter.finish()]:
            await speaker.say(clause)
        self._audio_ended(ctx, speaker)

    async def _played(self, ctx: TurnContext) -> None:
        if ctx.playback.clauses:
            await ctx.playback.wait_finished()

    async def _end(self, ctx: TurnContext) -> None:
        """The terminal steps: they always run."""
        interrupted = ctx.interruption.is_set() and not ctx.playback.finished
        if interrupted and ctx.outcome is Outcome.COMPLETED:
            ctx.outcome = (
                Outcome.INTERRUPTED if ctx.reply_started else Outcome.CANCELLED
            )
        if interrupted and ctx.reply_started:
            if ctx.playback.clauses:
                await ctx.playback.wait_stopped(STOP_REPORT_S)
            heard = ctx.playback.heard_text() if ctx.reply_audio else ctx.reply_text
            self._emit(ReplyHeard(ctx.index, ctx.attempt, heard.strip()))
        self._emit(ctx.timer.result(ctx.index))
        try:
            self._on_end(ctx)
        finally:
            self._emit(TurnEnded(ctx.index, ctx.outcome))

    def _speaker(self, ctx: TurnContext, speed: float = 1.0) -> ReplySpeaker:
        return ReplySpeaker(
            ctx,
            runner=self._runner,
            emit=self._emit,
            health=self._health,
            speed=speed,
        )

    def _start_reply(self, ctx: TurnContext) -> None:
        ctx.reply_started = True
        repeat = isinstance(ctx.input, FixedReply) and ctx.input.repeat
        self._emit(ReplyStarted(ctx.index, ctx.attempt, repeat))

    def _add_text(self, ctx: TurnContext, text: str) -> None:
        if not ctx.reply_text:
            ctx.timer.mark("first_text_ms", time.monotonic())
        ctx.reply_text += text
        self._emit(ReplyText(ctx.index, ctx.attempt, text))

    def _audio_ended(self, ctx: TurnContext, speaker: ReplySpeaker) -> None:
        speaker.end()
        if speaker.spoke:
            self._emit(
                ReplyAudioEnded(ctx.index, ctx.attempt, ctx.playback.duration_ms)
            )

    def _failed(self, ctx: TurnContext, error: BaseException) -> None:
        ctx.outcome = Outcome.FAILED
        if isinstance(error, StageError):
            if error.code == STAGES[Stage.TRANSCRIBE].failed_code:
                self._health.failed(Stage.TRANSCRIBE, error.code)
            self._error(ctx, error.code, retryable=error.retryable)
        else:
            logger.error("turn %d failed with %s", ctx.index, type(error).__name__)
            self._error(ctx, "llm.failed", retryable=True)

    def _error(
        self,
        ctx: TurnContext,
        code: str,
        *,
        retryable: bool = True,
        noted: bool = False,
    ) -> None:
        if not noted:
            ctx.errors.append(code)
        self._emit(ErrorRaised(code, MESSAGES[code], retryable, ctx.index))


async def _say_all(speaker: ReplySpeaker, clauses: asyncio.Queue[str | None]) -> None:
    while (clause := await clauses.get()) is not None:
        await speaker.say(clause)
