"""From a move to words that may be heard: the model's if they pass, else a template's.

Sentences are checked whole, so that a reply never ends in the middle of one, and a sentence
is only heard if the reply can be brought to an end that passes: what is heard can always be
finished. One that fails a gate ends the try: once more with the reason, or, where something
was heard already, once more for what is missing. Then a template: of the whole move, or a
short sentence that gives the word back to the learner.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from .attempts import Attempt, Cutter, Messages, Stream, Wording, ends, sentences
from .brief import LessonPlan
from .completion import CompletionError
from .findings import Analysis
from .finishing import Finisher
from .gates.gatekeeper import Gatekeeper
from .gates.trimming import trimmed
from .gating import GateResult, ReplyContext
from .head_start import HeadStart
from .learner import Learner, LearnerTurn
from .moves import CORRECTIONS, Move, MoveKind
from .pitch import Pitch
from .wording.prompt import system_prompt, turn_message

__all__ = ["Attempt", "Cutter", "Messages", "Speaker", "Stream", "Wording"]

# More than a talk of ten minutes has.
_REMEMBERED_REPLIES = 30
_FEWEST_WORDS = 4
# Whether these did what they are for is known at their end only.
_HELD = CORRECTIONS | {
    *(MoveKind.INTRODUCE, MoveKind.REUSE, MoveKind.MODEL_SOUND, MoveKind.PRAISE),
    MoveKind.STEER,
}
_TOO_LONG = "length"


class Speaker:
    """Words the moves of one talk."""

    def __init__(
        self, learner: Learner, plan: LessonPlan, *, cutter: Callable[[], Cutter]
    ) -> None:
        self._learner = learner
        self._plan = plan
        self._cutter = cutter
        self._system = system_prompt(learner, plan)
        self._replies: list[str] = []
        self._pitch = Pitch(learner)
        self.gatekeeper = Gatekeeper(learner.l2)
        self._finisher = Finisher(plan, self.gatekeeper)

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
            if attempt.said and not self._lacks(attempt, context):
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
        heard = {_plain(part) for part in attempt.said}
        held: list[str] = []
        failure: GateResult | None = None
        messages = self._messages(
            wording, context.move, context.learner, reason=reason, said=attempt.reply
        )
        try:
            deltas = await wording.deltas(context.move, messages)
            async with aclosing(sentences(deltas, self._cutter())) as found:
                async for clauses in found:
                    if heard and heard.issuperset(map(_plain, clauses)):
                        continue
                    held += clauses
                    failure = self._refusal(" ".join(held), context, attempt)
                    if failure is not None:
                        break
                    if self._may_be_heard(held, context, attempt):
                        for clause in held:
                            attempt.said.append(clause)
                            yield clause
                        held = []
        except CompletionError as error:
            attempt.failed = str(error)
            return
        if failure is None:
            failure = self._refusal(" ".join(held), context, attempt, whole=True)
        if failure is not None and failure.gate == _TOO_LONG and not attempt.said:
            held, failure = self._shortened(held, failure, context, attempt)
        if failure is not None:
            failures.append(failure)
            attempt.truncated = attempt.truncated or bool(attempt.said)
            return
        attempt.is_whole = True
        for clause in held:
            attempt.said.append(clause)
            yield clause

    def template(
        self, turn: LearnerTurn, context: ReplyContext, attempt: Attempt
    ) -> str:
        """Return a ready-made reply that passes, one that was not said lately if possible.

        ``attempt.instead`` tells if it could not be the move that was chosen.
        """
        words, passed_as = self._finisher.reply(
            turn,
            context,
            said_before=self._replies,
            refusal=lambda reply: self._refusal(reply, context, attempt, whole=True),
        )
        attempt.instead = passed_as if passed_as is not context else None
        return words

    def ending(self, context: ReplyContext, attempt: Attempt) -> str:
        """Return what a reply that was cut still has to say, ``""`` if nothing."""
        if attempt.is_whole:
            return ""
        words = self._ending(attempt.said, context, attempt) or ""
        attempt.truncated = attempt.truncated or bool(words)
        return words

    def remember(self, reply: str) -> None:
        """Not to be said again soon."""
        self._replies = [*self._replies, _plain(reply)][-_REMEMBERED_REPLIES:]

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

    def _may_be_heard(
        self, held: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> bool:
        """Whether sentences that pass so far may go out before the rest is known."""
        if context.move.kind in _HELD or _says_little(held) or not ends(held[-1]):
            return False
        return self._ending([*attempt.said, *held], context, attempt) is not None

    def _lacks(self, attempt: Attempt, context: ReplyContext) -> bool:
        """Whether what was heard so far is no whole reply yet."""
        return bool(self._ending(attempt.said, context, attempt))

    def _ending(
        self, said: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> str | None:
        own = Attempt(gate_ms=attempt.gate_ms)
        return self._finisher.ending(
            " ".join(said),
            context,
            seed=len(self._replies),
            refusal=lambda reply: self._refusal(reply, context, own, whole=True),
        )

    def _shortened(
        self,
        held: list[str],
        failure: GateResult,
        context: ReplyContext,
        attempt: Attempt,
    ) -> tuple[list[str], GateResult | None]:
        """Return the first whole sentences of too long a reply, if they are one."""
        words = trimmed(" ".join(held), context.learner.level)
        if not words or self._refusal(words, context, attempt, whole=True):
            return held, failure
        attempt.truncated = True
        return [words], None

    def _refusal(
        self,
        sentence: str,
        context: ReplyContext,
        attempt: Attempt,
        *,
        whole: bool = False,
    ) -> GateResult | None:
        """Return why a sentence may not follow what was said, or None."""
        began = time.perf_counter()
        reply = " ".join([*attempt.said, sentence]).strip()
        found = self.gatekeeper.first_failure(reply, context, whole=whole)
        if found is None and _plain(reply) in self._replies:
            found = GateResult(
                "repeat", False, "You said this before. Say it otherwise."
            )
        attempt.gate_ms.append(1000 * (time.perf_counter() - began))
        return found


def _says_little(clauses: Sequence[str]) -> bool:
    """Whether this alone would be no answer ("I see.")."""
    return sum(len(clause.split()) for clause in clauses) < _FEWEST_WORDS


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
