"""From a move to words that may be heard: the model's if they pass, else a template's.

Sentences are checked whole, so that a reply never ends in the middle of one, and a sentence
is only heard if the reply can be brought to an end that passes: what is heard can always be
finished. One that fails a gate ends the try: once more with the reason, or, where something
was heard already, once more for what is missing. Then a template: of the whole move, or a
short sentence that gives the word back to the learner. A few words may be heard before all
of that (``openers.py``). The model is not told of them, so that its prompt and what it has
begun stay as they are; whatever follows loses the reaction that it begins with.
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
from .history import PastTurn
from .learner import Learner, LearnerTurn
from .moves import EXACTING, Move
from .openers import Openers
from .pitch import Pitch
from .wording.prompt import system_prompt, turn_message

__all__ = ["Attempt", "Cutter", "Messages", "Speaker", "Stream", "Wording"]

# More than a talk of ten minutes has.
_REMEMBERED_REPLIES = 30
_FEWEST_WORDS = 4
_TOO_LONG = "length"


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
        self._replies: list[str] = []
        self._openers = Openers() if openers else None
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
        if self._openers is None:
            return
        found = self._openers.fitting(
            wording.turn, context.move, context.learner, past, wording.history
        )
        for opener in found:
            alone = Attempt(opener=opener, gate_ms=attempt.gate_ms)
            fits = self._refusal("", context, alone) is None
            if fits and self._ending((), context, alone):
                self._openers.heard(opener, past)
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
        heard = {_plain(part) for part in (attempt.opening, *attempt.said) if part}
        held: list[str] = []
        begun = False
        failure: GateResult | None = None
        messages = self._messages(
            wording, context.move, context.learner, reason=reason, said=attempt.begun
        )
        try:
            deltas = await wording.deltas(context.move, messages)
            async with aclosing(sentences(deltas, self._cutter())) as found:
                async for clauses in found:
                    if not begun:
                        clauses = attempt.first(clauses, self._cutter())
                    if heard and heard.issuperset(map(_plain, clauses)):
                        continue
                    begun = True
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
            refusal=lambda reply: self._unfit(reply, context, attempt),
        )
        if attempt.opening and self._unfit(words, passed_as, attempt):
            return self._ending((), context, attempt) or words
        attempt.instead = passed_as if passed_as is not context else None
        attempt.ready = words
        return attempt.joined(words)

    def ending(self, context: ReplyContext, attempt: Attempt) -> str:
        """Return what a reply that was cut still has to say, ``""`` if nothing."""
        if attempt.is_whole:
            return ""
        words = self._ending(attempt.said, context, attempt) or ""
        attempt.truncated = attempt.truncated or bool(words)
        return words

    def remember(self, attempt: Attempt) -> None:
        """Not to be said again soon, whatever stands in front of it."""
        reply = _plain(attempt.ready or " ".join(attempt.said))
        self._replies = [*self._replies, reply][-_REMEMBERED_REPLIES:]

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
        if context.move.kind in EXACTING or _says_little(held) or not ends(held[-1]):
            return False
        return self._ending([*attempt.said, *held], context, attempt) is not None

    def _lacks(self, attempt: Attempt, context: ReplyContext) -> bool:
        """Whether what was heard so far is no whole reply yet."""
        return bool(self._ending(attempt.said, context, attempt))

    def _ending(
        self, said: Sequence[str], context: ReplyContext, attempt: Attempt
    ) -> str | None:
        own = Attempt(opener=attempt.opener, gate_ms=attempt.gate_ms)
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
        reply = attempt.followed_by(" ".join(held))
        kept = trimmed(reply, context.learner.level)
        words = kept.removeprefix(attempt.opening).strip()
        if not words or self._refusal(words, context, attempt, whole=True):
            return held, failure
        attempt.truncated = True
        return [words], None

    def _unfit(
        self, reply: str, context: ReplyContext, attempt: Attempt
    ) -> GateResult | None:
        """Return why a ready-made reply may not be said as it follows the opener."""
        words = attempt.joined(reply)
        if _plain(reply) in self._replies or attempt.doubles(words):
            return GateResult("repeat", False, "This was said before.")
        return self._refusal(words, context, attempt, whole=True)

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
        reply = attempt.followed_by(sentence)
        found = self.gatekeeper.first_failure(reply, context, whole=whole)
        if not found and _plain(" ".join([*attempt.said, sentence])) in self._replies:
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
