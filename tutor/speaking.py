"""From a move to words that may be heard: the model's if they pass, else a template's.

Sentences are checked whole (``checking.py``), so that a reply never ends in the middle of
one. One that fails a gate ends the try: once more with the reason, or, where something was
heard already, once more for what is missing. Then a template: of the whole move, or a short
sentence that gives the word back to the learner. A few words may be heard before all of that
(``openers.py``). The model is not told of them, so that its prompt and what it has begun
stay as they are; whatever follows loses the reaction that it begins with.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from .attempts import Attempt, Cutter, Messages, Stream, Wording, sentences
from .brief import LessonPlan
from .checking import Checker, plain
from .completion import CompletionError
from .findings import Analysis
from .gates.gatekeeper import Gatekeeper
from .gating import GateResult, ReplyContext
from .head_start import HeadStart
from .history import PastTurn
from .learner import Learner, LearnerTurn
from .moves import Move
from .openers import fitting_openers
from .pitch import Pitch
from .wording.prompt import system_prompt, turn_message

__all__ = ["Attempt", "Cutter", "Messages", "Speaker", "Stream", "Wording"]

_TOO_LONG = "length"


@dataclass(frozen=True, slots=True)
class SpeakerMemory:
    """What a speaker knows of a talk: how the learner speaks, what was said."""

    pitch: Pitch
    replies: tuple[str, ...]


class Speaker:
    """Words the moves of one talk."""

    def __init__(
        self,
        learner: Learner,
        plan: LessonPlan,
        *,
        cutter: Callable[[], Cutter],
        openers: bool = False,
    ) -> None:
        self._learner = learner
        self._plan = plan
        self._cutter = cutter
        self._system = system_prompt(learner, plan)
        self._openers = openers
        self._pitch = Pitch(learner)
        self.gatekeeper = Gatekeeper(learner.l2)
        self._checker = Checker(plan, self.gatekeeper)

    @property
    def memory(self) -> SpeakerMemory:
        """What is known so far."""
        return SpeakerMemory(self._pitch.copy(), self._checker.replies)

    @memory.setter
    def memory(self, earlier: SpeakerMemory) -> None:
        self._pitch, self._checker.replies = earlier.pitch.copy(), earlier.replies

    def context(
        self, turn: LearnerTurn, move: Move, analysis: Analysis, last_reply: str
    ) -> ReplyContext:
        """Return what a reply to a turn is checked against, at the level it is spoken at."""
        self._pitch.hear(turn, move.situation)
        return ReplyContext(self._pitch.learner, self._plan, move, analysis, last_reply)

    def begin(self, wording: Wording, guess: Move) -> None:
        """Start wording a move that will probably be chosen."""
        wording.guess = guess
        messages = self._messages(wording, guess, self._pitch.learner)
        wording.started = HeadStart(wording.stream(messages))

    def open(
        self,
        wording: Wording,
        context: ReplyContext,
        attempt: Attempt,
        past: Sequence[PastTurn],
    ) -> None:
        """Give the attempt an opener, if something may be heard at once.

        Whatever the model does then, the reply can be brought to an end that passes.
        """
        if not self._openers:
            return
        found = fitting_openers(
            wording.turn,
            context.move,
            context.learner,
            past,
            wording.history,
            eager=wording.eager,
        )
        for opener in found:
            alone = Attempt(opener=opener, gate_ms=attempt.gate_ms)
            fits = self._checker.refusal("", context, alone) is None
            if fits and self._checker.ending((), context, alone):
                attempt.opener = opener
                return

    async def worded(
        self, wording: Wording, context: ReplyContext, attempt: Attempt
    ) -> AsyncGenerator[str, None]:
        """Yield the clauses of sentences that pass; none if the model fails twice."""
        reason = ""
        for attempt.tries in (1, 2):
            failures: list[GateResult] = []
            tried = self._tried(wording, context, attempt, reason, failures)
            async with aclosing(tried) as clauses:
                async for clause in clauses:
                    yield clause
            if attempt.failed or not failures:
                return
            attempt.refused += failures
            reason = failures[0].reason
            if attempt.said and not self._checker.ending(
                attempt.said, context, attempt
            ):
                return

    async def _tried(
        self,
        wording: Wording,
        context: ReplyContext,
        attempt: Attempt,
        reason: str,
        failures: list[GateResult],
    ) -> AsyncGenerator[str, None]:
        """Yield what of one answer of the model may be heard; ``failures`` is why not all."""
        held: list[str] = []
        failure: GateResult | None = None
        written = self._written(wording, context, attempt, reason)
        try:
            async with aclosing(written) as found:
                async for clauses in found:
                    held += clauses
                    failure = self._checker.refusal(" ".join(held), context, attempt)
                    if failure is not None:
                        break
                    if self._checker.may_be_heard(held, context, attempt):
                        for clause in held:
                            attempt.said.append(clause)
                            yield clause
                        held = []
        except CompletionError as error:
            attempt.failed = str(error)
            return
        held, failure = self._rest(held, failure, context, attempt)
        if failure is not None:
            failures.append(failure)
            attempt.truncated = attempt.truncated or bool(attempt.said)
            return
        attempt.is_whole = True
        for clause in held:
            attempt.said.append(clause)
            yield clause

    async def _written(
        self, wording: Wording, context: ReplyContext, attempt: Attempt, reason: str
    ) -> AsyncGenerator[list[str], None]:
        """Yield the model's sentences as they follow what was heard, each in clauses.

        Those that were heard already are left out. Raises CompletionError.
        """
        heard = {plain(part) for part in (attempt.opening, *attempt.said) if part}
        begun = False
        messages = self._messages(
            wording, context.move, context.learner, reason=reason, said=attempt.begun
        )
        deltas = await wording.deltas(context.move, messages)
        async with aclosing(sentences(deltas, self._cutter())) as found:
            async for clauses in found:
                if not begun:
                    clauses = attempt.first(clauses, self._cutter())
                if heard and heard.issuperset(map(plain, clauses)):
                    continue
                begun = True
                yield clauses

    def _rest(
        self,
        held: list[str],
        failure: GateResult | None,
        context: ReplyContext,
        attempt: Attempt,
    ) -> tuple[list[str], GateResult | None]:
        """Return what ends a reply that the model has written, or why nothing does."""
        if failure is None:
            words = " ".join(held)
            failure = self._checker.refusal(words, context, attempt, whole=True)
        if failure is None or failure.gate != _TOO_LONG or attempt.said:
            return held, failure
        words = self._checker.shortened(held, context, attempt)
        if not words:
            return held, failure
        attempt.truncated = True
        return [words], None

    def template(
        self, turn: LearnerTurn, context: ReplyContext, attempt: Attempt
    ) -> str:
        """Return a ready-made reply that passes, one that was not said lately if possible.

        ``attempt.instead`` tells if it could not be the move that was chosen.
        """
        words, passed_as = self._checker.ready_made(turn, context, attempt)
        if attempt.opening and self._checker.unfit(words, passed_as, attempt):
            return self._checker.ending((), context, attempt) or words
        attempt.instead = passed_as if passed_as is not context else None
        attempt.ready = words
        return attempt.joined(words)

    def ending(self, context: ReplyContext, attempt: Attempt) -> str:
        """Return what a reply that was cut still has to say, ``""`` if nothing."""
        if attempt.is_whole:
            return ""
        words = self._checker.ending(attempt.said, context, attempt) or ""
        attempt.truncated = attempt.truncated or bool(words)
        return words

    def remember(self, attempt: Attempt) -> None:
        """Not to be said again soon, whatever stands in front of it."""
        self._checker.remember(attempt)

    def _messages(
        self,
        wording: Wording,
        move: Move,
        learner: Learner,
        *,
        reason: str = "",
        said: str = "",
    ) -> Messages:
        message = turn_message(
            wording.turn,
            move,
            learner,
            self._plan,
            reason=reason,
            said=said,
            pitched=learner.level is not self._learner.level,
        )
        return [("system", self._system), *wording.history, ("user", message)]
