"""A turn of the talk as the teacher sees it, and the teacher's clauses as the turn's."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.assessment import PronunciationAssessment
from inference.types.dialogue import DialogueRequest, Message
from tutor.completion import CompletionError
from tutor.findings import Analysis
from tutor.heard_reply import HeardReply
from tutor.history import TalkState
from tutor.in_time import LATE
from tutor.learner import LearnerTurn, SoundProblem
from tutor.policy.remembering import found_late
from tutor.teaching import Decided, Spoken, Step, TaughtTurn, Teacher

from .answer_ahead import AnswerAhead
from .answering import reply_deltas
from .budget import Step as PaceStep
from .clauses import ClauseCutter
from .context import TurnContext, TypedInput
from .health import StageHealth
from .learner_turns import learner_turn, sound_problems, words_of_turn
from .prompting import alternating
from .second_looks import SecondLooks

Teach = Callable[[TurnContext], AsyncGenerator[str, None]]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A turn whose teaching has begun, and the state of the talk before it."""

    ctx: TurnContext
    turn: LearnerTurn
    before: TalkState
    state: TalkState
    began_at: float


class TalkTeacher:
    """Teaches the turns of one talk, one after the other, and remembers its course.

    ``on_looked(ctx)`` is called when more became known of a turn after its answer:
    ``ctx.taught`` has it then. ``clock`` tells in seconds how long the talk has lasted.
    """

    def __init__(
        self,
        teacher: Teacher,
        *,
        runner: StageRunner,
        health: StageHealth,
        state: TalkState,
        on_looked: Callable[[TurnContext], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._teacher = teacher
        self._runner = runner
        self._health = health
        self._on_looked = on_looked
        self._looks = SecondLooks(self._looked)
        # What was before the latest turn: one that is answered again starts from there.
        self._before: tuple[int, TalkState] | None = None
        self._sounds: tuple[SoundProblem, ...] = ()
        self._begun: _Begun | None = None
        self._clock = clock
        self._began_at = clock() - 60.0 * state.minutes
        self.state = state

    async def clauses(self, ctx: TurnContext) -> AsyncGenerator[str, None]:
        """Yield what the tutor says; ``ctx.taught`` holds the turn, once decided."""
        if ctx.known_reply:
            self._take_up(ctx)
            for clause in _clauses(Spoken(ctx.known_reply)):
                yield clause
            return
        ahead, begun = ctx.ahead, self._begun
        if ahead is not None and begun is not None and begun.ctx is ctx:
            steps = ahead.steps()
        else:
            await self._looks.pause()
            begun = self._begin(ctx)
            steps = self._steps(begun)
        self._begun = None
        self._before = (ctx.index, begun.before)
        ctx.taught = None
        try:
            async with aclosing(steps):
                async for step in steps:
                    match step:
                        case Spoken():
                            if ctx.model_asked and not _opens(ctx, step):
                                ctx.timer.mark("own_words_ms", time.monotonic())
                            for clause in _clauses(step):
                                yield clause
                        case Decided():
                            if ctx.taught is None:
                                ended = begun.began_at + step.turn.analysis_ms / 1000
                                ctx.timer.span("analyse", begun.began_at, ended)
                            self._decided(ctx, begun.turn, step)
                        case TaughtTurn():
                            self._taught(ctx, step)
        finally:
            if ctx.taught is None:
                # The learner went on before the analysis was there.
                turn, state = begun.turn, begun.state
                self._decided(ctx, turn, self._teacher.decide(turn, state))
        self._looks.resume()

    async def ahead(self, ctx: TurnContext) -> AnswerAhead:
        """Begin to teach a turn that is probably over; ``clauses`` goes on with it."""
        await self._looks.pause()
        memory, sounds = self._teacher.memory, self._sounds
        begun = self._begun = self._begin(ctx)

        def undo() -> None:
            self._teacher.memory = memory
            self._sounds = self._sounds or sounds
            self._begun = None
            self._looks.resume()

        return AnswerAhead(
            ctx,
            self._steps(begun),
            runner=self._runner,
            clauses=_clauses,
            undo=undo,
        )

    def _begin(self, ctx: TurnContext) -> _Begun:
        latest = self._before
        again = latest is not None and latest[0] == ctx.index
        before = latest[1] if latest is not None and again else self.state
        minutes = (self._clock() - self._began_at) / 60.0
        return _Begun(
            ctx,
            self._turn(ctx),
            before,
            replace(before, minutes=minutes),
            time.monotonic(),
        )

    def _steps(self, begun: _Begun) -> AsyncGenerator[Step, None]:
        ctx = begun.ctx
        self._looks.drop(ctx.index)
        return self._teacher.speak(
            begun.turn,
            begun.state,
            [(message.role, message.text) for message in ctx.history[1:]],
            stream=None
            if self._health.rests(Stage.RESPOND)
            else lambda messages: self._stream(ctx, messages),
            eager=PaceStep.MORE_OPENERS in ctx.pace,
        )

    def ended(self, ctx: TurnContext, heard: str) -> None:
        """Take what was heard of a turn's answer, or of the opening."""
        taught, before = ctx.taught, self._before
        opener = taught.opener if taught is not None else ""
        reply = HeardReply(heard, opener, is_whole=ctx.heard_reply() is None)
        if reply.goes_on:
            self.state = replace(self.state, last_reply=heard)
        elif taught is not None and before is not None:
            self.state = replace(self.state, last_reply=before[1].last_reply)
        if taught is not None:
            *turns, last = self.state.turns
            kept = reply.kept_turn(last, taught.move)
            self.state = replace(self.state, turns=(*turns, kept))
            # Without a reply the learner spoke before the wording was done.
            ctx.taught = replace(taught, reply=taught.reply or heard)
        self._looks.resume()

    def heard(self, assessment: PronunciationAssessment) -> None:
        """Take the sounds of a turn that was judged after it was answered."""
        self._sounds = sound_problems(assessment)

    def will_look(self, turn: int) -> bool:
        """Whether more may become known of a turn."""
        return self._looks.is_waiting(turn)

    async def close(self, *, patience_s: float) -> None:
        """Wait for a second look that is nearly done."""
        await self._looks.close(patience_s=patience_s)

    def _looked(self, ctx: TurnContext, analysis: Analysis) -> None:
        """Take what the model made of a turn while its answer was being heard."""
        if ctx.taught is None or not analysis.judged:
            return
        move = ctx.taught.move
        ctx.taught = replace(ctx.taught, analysis=analysis)
        index, before = self._before or (ctx.index, self.state)
        is_last = index == ctx.index
        self.state = found_late(self.state, analysis, move, is_last=is_last)
        if not is_last:
            before = found_late(before, analysis, move, is_last=False)
        self._before = (index, before)
        self._on_looked(ctx)

    def _take_up(self, ctx: TurnContext) -> None:
        """Go on with a turn that was decided elsewhere: the state has it as its last."""
        stored = ctx.input.stored if isinstance(ctx.input, TypedInput) else None
        if stored is None or stored.move is None or stored.analysis is None:
            return
        before = replace(self.state, turns=self.state.turns[:-1], last_reply="")
        self._before = (ctx.index, before)
        ctx.taught = TaughtTurn(
            reply=ctx.known_reply,
            move=stored.move,
            analysis=stored.analysis,
            gates=(),
            refused=(),
            repaired=False,
            templated=False,
            gate_ms=(),
            analysis_ms=0.0,
            state=self.state,
            opener=stored.opener,
        )
        if not stored.analysis.judged:
            turn = learner_turn(words_of_turn(ctx))
            self._looks.add(ctx, partial(self._teacher.look_again, turn))

    def _turn(self, ctx: TurnContext) -> LearnerTurn:
        words = words_of_turn(ctx)
        sounds, self._sounds = self._sounds, ()
        if words.assessment is not None:
            sounds = sound_problems(words.assessment)
        return replace(learner_turn(words), sounds=sounds)

    def _decided(self, ctx: TurnContext, turn: LearnerTurn, decided: Decided) -> None:
        ctx.taught = decided.turn
        self.state = decided.turn.state
        if not decided.turn.analysis.judged:
            self._looks.add(ctx, partial(self._teacher.look_again, turn))

    def _taught(self, ctx: TurnContext, taught: TaughtTurn) -> None:
        ctx.taught = taught
        self.state = taught.state
        if taught.failed == LATE and not taught.refused:
            self._health.failed(Stage.RESPOND, "llm.timeout")

    async def _stream(
        self, ctx: TurnContext, messages: Sequence[tuple[str, str]]
    ) -> AsyncIterator[str]:
        request = DialogueRequest(
            messages=alternating(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
            conversation=ctx.conversation,
            max_tokens=ctx.max_reply_tokens,
            temperature=ctx.temperature,
            model=ctx.model,
        )
        ctx.model_asked = True
        deltas = reply_deltas(
            ctx, runner=self._runner, health=self._health, request=request
        )
        try:
            async with aclosing(deltas):
                async for text in deltas:
                    yield text
        except StageError as error:
            raise CompletionError(error.code) from error


def _opens(ctx: TurnContext, step: Spoken) -> bool:
    """Whether these are the words that are heard before the model has any."""
    return ctx.taught is not None and step.text == ctx.taught.opener


def _clauses(step: Step) -> list[str]:
    """Return what is said in a step, cut so that its beginning is soon made."""
    if not isinstance(step, Spoken):
        return []
    cutter = ClauseCutter()
    return [*cutter.push(step.text), *cutter.finish()]
