"""One turn of teaching: analyse, choose a move, word it, and say only what passes.

The order never changes: what the learner said is analysed, the policy chooses the move, the
model words it clause by clause, and each clause meets the gates before anybody hears it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress
from contextvars import copy_context
from dataclasses import dataclass, field, replace

from .analysis import EMBEDDED, Analyser, Form, Trust, analyser
from .attempts import Attempt, Cutter, Messages, Stream, Wording
from .brief import LessonPlan
from .completion import Completion, Stop, current_stop
from .findings import Analysis
from .gating import ReplyContext
from .history import TalkState
from .in_time import in_time
from .last_resort import FAILED, GOING_ON, note, past_of, safe_reply, unanalysed
from .learner import Learner, LearnerTurn
from .moves import EXACTING, Move, MoveKind
from .policy.choosing import choose
from .speaking import Speaker, SpeakerMemory
from .taught import Decided, Spoken, Step, TaughtTurn, ended

__all__ = ["Decided", "Spoken", "Step", "TaughtTurn", "Teacher"]

# What is too delicate or too simple to be left to a model.
_ALWAYS_TEMPLATE = frozenset(
    {
        MoveKind.CARE,
        MoveKind.DECLINE,
        MoveKind.REPEAT,
        MoveKind.ENCOURAGE,
        MoveKind.CLOSE,
    }
)


@dataclass(slots=True)
class _Progress:
    """How far a turn has come."""

    attempt: Attempt = field(default_factory=Attempt)
    analysis: Analysis | None = None
    analysis_ms: float = 0.0
    decided: Decided | None = None


class Teacher:
    """Teaches one learner in one talk.

    ``stream`` words a move (it may raise CompletionError); a turn can bring its own.
    ``completion`` corrects sentences in ``form``, believed as far as ``trust`` says; an
    answer waits for that until ``analysis_deadline_s``, and with 0 only for the rules. With
    ``head_start`` the likeliest move, that of a turn without mistakes, is worded while the
    turn is being analysed. ``words_corrections`` is false for models that were measured to
    give answers away: for them corrections and other exacting moves are templates. A model that has no clause ready
    within ``clause_deadline_s`` is not waited for. With ``openers`` a few ready-made words
    are often heard before it has written any (``openers.py``).
    """

    def __init__(
        self,
        learner: Learner,
        plan: LessonPlan,
        *,
        completion: Completion | None,
        cutter: Callable[[], Cutter],
        stream: Stream | None = None,
        trust: Trust = EMBEDDED,
        form: Form = Form.MARK,
        words_corrections: bool = False,
        analysis_deadline_s: float = 4.0,
        clause_deadline_s: float | None = None,
        head_start: bool = False,
        openers: bool = True,
    ) -> None:
        self.learner = learner
        self.plan = plan
        self._stream = stream
        self._analyser: Analyser = analyser(
            learner.l2, completion, trust=trust, form=form
        )
        self._offline: Analyser = analyser(learner.l2, None)
        self._speaker = Speaker(learner, plan, cutter=cutter, openers=openers)
        self._words_corrections = words_corrections
        self._deadline_s = analysis_deadline_s
        self._clause_deadline_s = clause_deadline_s
        self._head_start = head_start

    @property
    def memory(self) -> SpeakerMemory:
        """What a turn changes here: to be put back where a turn was none."""
        return self._speaker.memory

    @memory.setter
    def memory(self, earlier: SpeakerMemory) -> None:
        self._speaker.memory = earlier

    async def answer(
        self, turn: LearnerTurn, state: TalkState, history: Messages = ()
    ) -> TaughtTurn:
        """Teach one turn to its end."""
        async with aclosing(self.speak(turn, state, history)) as steps:
            async for step in steps:
                if isinstance(step, TaughtTurn):
                    return step
        raise AssertionError("a turn always ends")

    async def speak(
        self,
        turn: LearnerTurn,
        state: TalkState,
        history: Messages = (),
        *,
        stream: Stream | None = None,
        eager: bool = False,
    ) -> AsyncGenerator[Step, None]:
        """Yield the decision, clauses as they pass, then the turn.

        ``history`` has no system message. A part of the teaching that fails costs its own
        work, never the answer. ``eager``: openers in each turn that has a fitting one.
        """
        stream = stream or self._stream
        wording = Wording(turn, history, stream, eager=eager) if stream else None
        so_far = _Progress()
        try:
            async with aclosing(self._steps(turn, state, wording, so_far)) as steps:
                async for step in steps:
                    yield step
            return
        except Exception as error:  # noqa: BLE001 whatever failed, the learner is answered
            note(error)
        for step in self._rescued(turn, state, so_far):
            yield step

    async def look_again(self, turn: LearnerTurn) -> Analysis:
        """Return what the model makes of a turn that was answered without it.

        Whoever cancels this takes the question back from the model, too.
        """
        return await self._by_model_in_thread(turn)

    def decide(self, turn: LearnerTurn, state: TalkState) -> Decided:
        """Return what the rules alone decide, for a turn that nobody waits for any more."""
        so_far = _Progress()
        try:
            so_far.analysis = self._offline.analyse(turn, self.learner)
            move = choose(turn, so_far.analysis, state, self.learner, self.plan)
        except Exception as error:  # noqa: BLE001 the words count all the same
            note(error)
            move = GOING_ON
        return self._decide(turn, move, state, so_far)

    async def _steps(
        self,
        turn: LearnerTurn,
        state: TalkState,
        wording: Wording | None,
        so_far: _Progress,
    ) -> AsyncGenerator[Step, None]:
        began = time.perf_counter()
        attempt = so_far.attempt
        try:
            if wording is not None and self._head_start:
                self._begin(wording, state)
            analysis = so_far.analysis = await self._analyse(turn)
            so_far.analysis_ms = 1000 * (time.perf_counter() - began)
            move = choose(turn, analysis, state, self.learner, self.plan)
            decided = so_far.decided = self._decide(turn, move, state, so_far)
            said, context = self._about(turn, analysis, move, state)
            asked = wording if self._by_model(move) else None
            if asked is not None:
                self._speaker.open(asked, context, attempt, state.turns)
                decided = so_far.decided = self._decide(turn, move, state, so_far)
            yield decided
            if attempt.opening:
                yield Spoken(attempt.opening)
            if asked is not None:
                worded = self._speaker.worded(asked, context, attempt)
                timely = in_time(worded, attempt, self._clause_deadline_s)
                async with aclosing(timely) as clauses:
                    async for clause in clauses:
                        yield Spoken(clause)
        finally:
            if wording is not None:
                await wording.give_up()
        if not attempt.said:
            attempt.templated = True
            words = self._speaker.template(said, context, attempt)
            if attempt.instead is not None:
                context = attempt.instead
                decided = so_far.decided = self._decide(
                    turn, context.move, state, so_far
                )
                yield decided
            attempt.said = [words]
            yield Spoken(words)
        elif rest := self._speaker.ending(context, attempt):
            attempt.said.append(rest)
            yield Spoken(rest)
        self._speaker.remember(attempt)
        gates = self._speaker.gatekeeper.check(attempt.reply, context, whole=True)
        yield ended(decided, so_far.attempt, gates)

    def _decide(
        self, turn: LearnerTurn, move: Move, state: TalkState, so_far: _Progress
    ) -> Decided:
        analysis = so_far.analysis or unanalysed(turn)
        past = replace(
            past_of(turn, analysis, move, state, self.plan),
            opener=so_far.attempt.opening,
        )
        return Decided(
            TaughtTurn(
                reply="",
                move=move,
                analysis=analysis,
                gates=(),
                refused=(),
                repaired=False,
                templated=False,
                gate_ms=(),
                analysis_ms=so_far.analysis_ms,
                state=replace(state, turns=(*state.turns, past), late=None),
                opener=so_far.attempt.opening,
            )
        )

    def _rescued(
        self, turn: LearnerTurn, state: TalkState, so_far: _Progress
    ) -> Iterator[Step]:
        """Yield what is left of a turn whose teaching failed on the way."""
        attempt, decided = so_far.attempt, so_far.decided
        attempt.failed = FAILED
        reply, move = "", decided.turn.move if decided else GOING_ON
        if not attempt.said:
            said = replace(turn, text=move.earlier or turn.text)
            reply, move = safe_reply(move, said, self.learner, self.plan)
        if decided is None or decided.turn.move is not move:
            decided = self._decide(turn, move, state, so_far)
            yield decided
        if reply:
            attempt.templated = True
            attempt.said = [attempt.joined(reply) or reply]
            yield Spoken(attempt.said[0])
        yield ended(decided, attempt)

    def _about(
        self, turn: LearnerTurn, analysis: Analysis, move: Move, state: TalkState
    ) -> tuple[LearnerTurn, ReplyContext]:
        """Return what the move is about: this turn, or what was said before it."""
        said = turn
        if move.earlier and state.late is not None:
            said, analysis = LearnerTurn(move.earlier), state.late
        return said, self._speaker.context(turn, move, analysis, state.last_reply)

    def _begin(self, wording: Wording, state: TalkState) -> None:
        """Start wording the move of a turn without mistakes."""
        turn = wording.turn
        right = Analysis(turn.text, turn.text)
        guess = choose(turn, right, state, self.learner, self.plan)
        if self._by_model(guess):
            self._speaker.begin(wording, guess)

    async def _analyse(self, turn: LearnerTurn) -> Analysis:
        try:
            if self._deadline_s > 0:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._deadline_s):
                        return await self._by_model_in_thread(turn)
            return self._offline.analyse(turn, self.learner)
        except Exception as error:  # noqa: BLE001 who is in danger is heard all the same
            note(error)
            return unanalysed(turn)

    async def _by_model_in_thread(self, turn: LearnerTurn) -> Analysis:
        stop = Stop()
        context = copy_context()
        context.run(current_stop.set, stop)
        try:
            return await asyncio.get_running_loop().run_in_executor(
                None, context.run, self._analyser.analyse, turn, self.learner
            )
        finally:
            stop.set()

    def _by_model(self, move: Move) -> bool:
        if move.kind in _ALWAYS_TEMPLATE or move.earlier:
            return False
        return self._words_corrections or move.kind not in EXACTING
