"""The turns of one live session, one at a time, and what they add to its history."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from inference.runners.base import StageRunner
from sessions.turns.assessing import PronunciationAssessor
from sessions.turns.context import (
    FixedReply,
    SpokenInput,
    SpokenSound,
    TurnContext,
    TurnInput,
)
from sessions.turns.events import Outcome, ReplyInterrupted, TurnEvent
from sessions.turns.filming import ReplyFilm
from sessions.turns.health import StageHealth
from sessions.turns.pipeline import TurnPipeline
from sessions.turns.prompting import Conversation, Exchange

from .pacing import Pacing
from .preparation import Preparation
from .prompt_reading import PromptReading
from .settings import LiveSettings
from .teaching import make_talk_teacher
from .turn_contexts import make_context
from .turn_following import followed
from .turn_keeper import TurnKeeper
from .turn_records import EndedTurns, is_answer, is_to_go_on, record_of

# How long a session that closes waits for what is being looked at of its last turns.
LATE_PATIENCE_S = 1.0
# How long a turn that is stopped may take to come to its end.
CLOSING_PATIENCE_S = 5.0
# The same where a learner waits for it: what is not recognised by then is heard again.
LEAVING_PATIENCE_S = 1.0
LEAVING_LATE_PATIENCE_S = 0.2


class TurnRunner:
    """Starts, interrupts and remembers turns.

    ``on_words(ctx)`` is called when the learner's words are known, ``on_assessed(ctx)``
    when it is known how they were said, ``on_ended(ctx)`` after each turn's terminal
    steps. ``film(ctx, health)`` makes what shows the reply as video.
    """

    def __init__(
        self,
        settings: LiveSettings,
        *,
        runner: StageRunner,
        emit: Callable[[TurnEvent], None],
        keeper: TurnKeeper,
        conversation: Conversation,
        on_words: Callable[[TurnContext], None],
        on_assessed: Callable[[TurnContext], None],
        on_ended: Callable[[TurnContext], None],
        film: Callable[[TurnContext, StageHealth], ReplyFilm | None],
    ) -> None:
        self._settings = settings
        self.pacing = Pacing(runner, settings.budget)
        self._runner = runner = self.pacing.runner
        self._emit = emit
        self._keeper = keeper
        self._on_words = on_words
        self._on_assessed = on_assessed
        self._on_ended = on_ended
        self._film = film
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._queued = 0
        self._closing = self._leaving = False
        self.conversation = conversation
        self.health = StageHealth(emit)
        self._assessor = PronunciationAssessor(runner, emit=emit, health=self.health)
        self._teacher = (
            make_talk_teacher(
                settings.teaching,
                runner=runner,
                health=self.health,
                on_looked=self._looked,
            )
            if settings.teaching is not None
            else None
        )
        self._reading = PromptReading(
            runner, health=self.health, conversation_id=str(settings.session_uuid)
        )
        self._speculates = settings.speculation > 0
        self._preparation = Preparation(
            runner, health=self.health, teacher=self._teacher, most=settings.speculation
        )
        self.current: TurnContext | None = None
        self._ended = EndedTurns(self._may_change)

    @property
    def state(self) -> str:
        """What the tutor is doing, as on the wire."""
        if self.current is None:
            return "listening"
        return "speaking" if self.current.reply_started else "thinking"

    def start(self, index: int, attempt: int, source: TurnInput) -> None:
        """Run a turn once the one before it is over.

        A turn that others wait behind is heard and kept, but not answered.
        """
        self._queued += 1
        task = asyncio.create_task(self._run(index, attempt, source))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def prepare(self, index: int, source: SpokenInput) -> None:
        """Begin the answer to a turn that is probably over; nothing of it is heard."""
        if self.current is None and not self._queued and not self._closing:
            self._preparation.begin(self._context(index, 0, source))

    def forget_prepared(self) -> None:
        """Throw away what was begun: the learner goes on."""
        self._preparation.forget()

    def interrupt(self, reason: str) -> None:
        """Stop the turn that is going on, if any."""
        ctx = self.current
        if ctx is None or ctx.interruption.is_set() or ctx.playback.finished:
            return
        if ctx.learner is None and not ctx.reply_started:
            # The words are still being recognised: they are kept, only not answered.
            ctx.skip_answer = True
            return
        ctx.interruption.set(reason)
        if ctx.reply_started:
            self._emit(ReplyInterrupted(ctx.index, ctx.attempt, reason))

    def sound_of(self, turn: int) -> SpokenSound | None:
        """Return the sound of a turn's words, which is there while the turn goes on."""
        ctx = self.current
        return ctx.sound if ctx is not None and ctx.index == turn else None

    def prefill(self) -> None:
        """Let the model read the prompt in before the learner speaks."""
        self._read("")

    def read_ahead(self, words: str) -> None:
        """Let the model read what the learner has surely said of an unfinished utterance."""
        if self._speculates and self.current is None and self._reading.wants(words):
            self._read(words)

    def _read(self, words: str) -> None:
        task = asyncio.create_task(self._reading.read(self.conversation, words))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, *, leaving: bool = False) -> None:
        """Stop and wait for all turns; words on their way are still kept.

        ``leaving``: somebody else goes on at once. A turn that is not over stays so.
        """
        self._closing = True
        self._leaving = leaving
        self._preparation.forget()
        self.interrupt("stop")
        if self._tasks:
            patience_s = LEAVING_PATIENCE_S if leaving else CLOSING_PATIENCE_S
            await asyncio.wait(self._tasks, timeout=patience_s)
        for task in self._tasks:
            task.cancel()
        patience_s = LATE_PATIENCE_S if not leaving else LEAVING_LATE_PATIENCE_S
        closing = [self._assessor.close(patience_s=patience_s)]
        closing.append(self._preparation.close())
        if self._teacher is not None:
            closing.append(self._teacher.close(patience_s=patience_s))
        await asyncio.gather(*closing)

    async def _run(self, index: int, attempt: int, source: TurnInput) -> None:
        async with self._lock:
            self._queued -= 1
            started_at = datetime.now(UTC)
            before = self.conversation.find(index)
            skip = self._queued > 0 or self._closing
            ctx = self._context(index, attempt, source)
            ctx.skip_answer = skip
            # Who interrupts meanwhile finds a turn.
            self.current = ctx
            if begun := await self._preparation.taken_over(ctx, skip=skip):
                begun.skip_answer = ctx.skip_answer
                self.current = ctx = begun
            ctx.film = self._film(ctx, self.health)
            consent = self._keeper.ask_consent()

            def save(
                ctx: TurnContext,
                ended_at: datetime | None = None,
                *,
                worded: bool = False,
            ) -> None:
                record = record_of(
                    ctx,
                    started_at=started_at,
                    engines=self._settings.engines,
                    ended_at=ended_at,
                    worded=worded,
                )
                self._keeper.keep_soon(record, consent)

            def emit(event: TurnEvent) -> None:
                self._emit(event)
                if self._settings.is_shared and is_answer(ctx, event):
                    # Whoever takes the talk up says the same.
                    save(ctx, worded=True)

            def words_known(ctx: TurnContext) -> None:
                self._on_words(ctx)
                save(ctx)
                self._assessor.begin(ctx, assessed)

            def assessed(ctx: TurnContext) -> None:
                self._on_assessed(ctx)
                self._note_sounds(ctx)
                self._ended.save_again(ctx.index, more=self._will_look(ctx.index))

            def save_end(ctx: TurnContext) -> None:
                self.current = None
                if self._leaving and not self._queued and is_to_go_on(ctx):
                    return
                if ctx.changed_nothing:
                    if before is not None:
                        self.conversation.put(before)
                    return
                self._remember(ctx)
                if not (isinstance(source, FixedReply) and source.repeat):
                    ended_at = datetime.now(UTC)
                    save(ctx, ended_at)
                    self._ended.put(ctx, lambda: save(ctx, ended_at))

            pipeline = TurnPipeline(
                self._runner,
                emit=emit,
                health=self.health,
                on_words=words_known,
                on_end=save_end,
                teach=self._teacher.clauses if self._teacher is not None else None,
            )
            with followed(ctx), self.pacing.kept(ctx):
                await pipeline.run(ctx)
        self._on_ended(ctx)
        if not self._queued and not self._closing:
            self.prefill()

    def _context(self, index: int, attempt: int, source: TurnInput) -> TurnContext:
        if not (isinstance(source, FixedReply) and source.repeat):
            self.conversation.drop(index)
        messages = self.conversation.messages()
        return self.pacing.give(
            make_context(self._settings, messages, index, attempt, source)
        )

    def _note_sounds(self, ctx: TurnContext) -> None:
        """Tell the teacher what came too late for the answer of its own turn."""
        assessment = ctx.learner.assessment if ctx.learner is not None else None
        if self._teacher is not None and ctx.taught is not None and assessment:
            self._teacher.heard(assessment)

    def _looked(self, ctx: TurnContext) -> None:
        """Write what the teacher found in a turn after its answer."""
        more = self._assessor.is_judging(ctx.index)
        self._ended.save_again(ctx.index, more=more, only=ctx)

    def _will_look(self, turn: int) -> bool:
        return self._teacher is not None and self._teacher.will_look(turn)

    def _may_change(self, turn: int) -> bool:
        """Whether more may become known of a turn that is over."""
        return self._assessor.is_judging(turn) or self._will_look(turn)

    def _remember(self, ctx: TurnContext) -> None:
        """Add to the history what both sides heard."""
        if isinstance(ctx.input, FixedReply) and ctx.input.repeat:
            return
        tutor = ctx.reply_text.strip() if ctx.outcome is not Outcome.FAILED else ""
        if ctx.outcome is Outcome.INTERRUPTED and ctx.reply_audio:
            tutor = ctx.playback.heard_text()
        if self._teacher is not None:
            self._teacher.ended(ctx, tutor)
        self.conversation.put(
            Exchange(
                turn=ctx.index,
                learner=ctx.learner.text if ctx.learner else None,
                tutor=tutor or None,
            )
        )
