"""One turn of teaching: analyse, choose a move, word it, and say only what passes.

The order never changes: what the learner said is analysed, the policy chooses the move, the
model words it clause by clause, and each clause meets the gates before anybody hears it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from .analysis import EMBEDDED, Analyser, Trust, analyser
from .brief import LessonPlan
from .completion import Completion
from .findings import Analysis
from .gating import GateResult, ReplyContext
from .history import TalkState
from .learner import Learner, LearnerTurn
from .moves import CORRECTIONS, Move, MoveKind
from .policy.choosing import choose
from .policy.remembering import past_turn
from .speaking import Attempt, Cutter, Messages, Speaker, Stream, Wording

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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause that passed and may be heard."""

    text: str


@dataclass(frozen=True, slots=True)
class TaughtTurn:
    """One turn as it went.

    ``gates`` are the results for the whole reply, ``refused`` those that stopped an
    attempt. ``repaired``: the model had to word it again; ``templated``: a template was
    said. ``gate_ms`` is what each check took. ``failed`` is the model's error code.
    """

    reply: str
    move: Move
    analysis: Analysis
    gates: tuple[GateResult, ...]
    refused: tuple[GateResult, ...]
    repaired: bool
    templated: bool
    gate_ms: tuple[float, ...]
    analysis_ms: float
    state: TalkState
    failed: str = ""


class Teacher:
    """Teaches one learner in one talk.

    ``stream`` words a move (it may raise CompletionError); a turn can bring its own.
    ``completion`` corrects sentences, believed as far as ``trust`` says; an answer waits for
    that until ``analysis_deadline_s``, and with 0 only for the rules. With
    ``head_start`` the likeliest move, that of a turn without mistakes, is worded while the
    turn is being analysed. ``words_corrections`` is false for models that were measured to
    give answers away: their corrections are templates.
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
        words_corrections: bool = False,
        analysis_deadline_s: float = 4.0,
        head_start: bool = False,
    ) -> None:
        self.learner = learner
        self.plan = plan
        self._stream = stream
        self._analyser: Analyser = analyser(learner.l2, completion, trust=trust)
        self._offline: Analyser = analyser(learner.l2, None)
        self._speaker = Speaker(learner, plan, cutter=cutter)
        self._words_corrections = words_corrections
        self._deadline_s = analysis_deadline_s
        self._head_start = head_start

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
    ) -> AsyncGenerator[Spoken | TaughtTurn, None]:
        """Yield clauses as they pass, then the turn. ``history`` has no system message."""
        stream = stream or self._stream
        wording = Wording(turn, history, stream) if stream is not None else None
        began = time.perf_counter()
        attempt = Attempt()
        try:
            if wording is not None and self._head_start:
                self._begin(wording, state)
            analysis = await self._analyse(turn)
            analysis_ms = 1000 * (time.perf_counter() - began)
            move = choose(turn, analysis, state, self.learner, self.plan)
            context = ReplyContext(self.learner, self.plan, move, analysis)
            if wording is not None and self._by_model(move):
                worded = self._speaker.worded(wording, context, attempt)
                async with aclosing(worded) as clauses:
                    async for clause in clauses:
                        yield Spoken(clause)
        finally:
            if wording is not None:
                await wording.give_up()
        if not attempt.said:
            attempt.templated = True
            attempt.said = [self._speaker.template(turn, context, attempt)]
            yield Spoken(attempt.reply)
        self._speaker.remember(attempt.reply)
        past = past_turn(turn, analysis, move, state, self.plan)
        yield TaughtTurn(
            reply=attempt.reply,
            move=move,
            analysis=analysis,
            gates=self._speaker.gatekeeper.check(attempt.reply, context, whole=True),
            refused=tuple(attempt.refused),
            repaired=attempt.tries > 1 and not attempt.templated,
            templated=attempt.templated,
            gate_ms=tuple(attempt.gate_ms),
            analysis_ms=analysis_ms,
            state=replace(state, turns=(*state.turns, past), last_reply=attempt.reply),
            failed=attempt.failed,
        )

    def _begin(self, wording: Wording, state: TalkState) -> None:
        """Start wording the move of a turn without mistakes."""
        turn = wording.turn
        right = Analysis(turn.text, turn.text)
        guess = choose(turn, right, state, self.learner, self.plan)
        if self._by_model(guess):
            self._speaker.begin(wording, guess)

    async def look_again(self, turn: LearnerTurn) -> Analysis:
        """Return what the model makes of a turn that was answered without it."""
        return await asyncio.to_thread(self._analyser.analyse, turn, self.learner)

    async def _analyse(self, turn: LearnerTurn) -> Analysis:
        if self._deadline_s <= 0:
            return self._offline.analyse(turn, self.learner)
        work = asyncio.to_thread(self._analyser.analyse, turn, self.learner)
        try:
            async with asyncio.timeout(self._deadline_s):
                return await work
        except TimeoutError:
            return self._offline.analyse(turn, self.learner)

    def _by_model(self, move: Move) -> bool:
        if move.kind in _ALWAYS_TEMPLATE:
            return False
        return self._words_corrections or move.kind not in CORRECTIONS
