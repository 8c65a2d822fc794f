"""From a move to words that may be heard: the model's if they pass, else a template's.

Sentences are checked whole, so that a reply never ends in the middle of one. A sentence
that fails a gate ends the attempt: once more with the reason, then a template of the same
move. What was already heard stays, and the reply ends there.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Protocol

from .brief import LessonPlan
from .completion import CompletionError
from .gates.gatekeeper import Gatekeeper
from .gates.trimming import trimmed
from .gating import GateResult, ReplyContext
from .head_start import HeadStart
from .learner import Learner, LearnerTurn
from .moves import Move, MoveKind
from .wording.prompt import system_prompt, turn_message
from .wording.templates import template

Messages = Sequence[tuple[str, str]]
Stream = Callable[[Messages], AsyncIterator[str]]

_VARIANTS = 6
_REMEMBERED_REPLIES = 6
_FEWEST_WORDS = 4
# Whether these did what they are for is known at their end only.
_HELD = frozenset({MoveKind.INTRODUCE, MoveKind.REUSE, MoveKind.MODEL_SOUND})
_SENTENCE_ENDS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")


class Cutter(Protocol):
    """Cuts a stream of text into clauses that can be spoken."""

    def push(self, delta: str) -> list[str]:
        """Take more text, return the clauses that are complete."""
        ...

    def finish(self) -> list[str]:
        """Return what is left."""
        ...


@dataclass(slots=True)
class Attempt:
    """A reply in the making: what was said, what was refused, what checking took."""

    said: list[str] = field(default_factory=list)
    refused: list[GateResult] = field(default_factory=list)
    gate_ms: list[float] = field(default_factory=list)
    tries: int = 0
    templated: bool = False
    failed: str = ""

    @property
    def reply(self) -> str:
        """All clauses so far."""
        return " ".join(self.said)


@dataclass(slots=True)
class Wording:
    """A turn on its way to the model, perhaps with a head start on a guessed move."""

    turn: LearnerTurn
    history: Messages
    stream: Stream
    guess: Move | None = None
    started: HeadStart | None = None

    async def deltas(self, move: Move, messages: Messages) -> AsyncIterator[str]:
        """Return the text of this move: what was begun, if the guess was right."""
        started, self.started = self.started, None
        if started is not None:
            if _same(move, self.guess):
                return started.deltas()
            await started.cancel()
        return self.stream(messages)

    async def give_up(self) -> None:
        """Stop what was begun and is not wanted."""
        if self.started is not None:
            await self.started.cancel()
            self.started = None


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
        self.gatekeeper = Gatekeeper(learner.l2)

    def begin(self, wording: Wording, guess: Move) -> None:
        """Start wording a move that will probably be chosen."""
        wording.guess = guess
        wording.started = HeadStart(
            wording.stream(self._messages(wording, guess, reason=""))
        )

    async def worded(
        self, wording: Wording, context: ReplyContext, attempt: Attempt
    ) -> AsyncGenerator[str, None]:
        """Yield the clauses of sentences that pass; none if the model fails twice."""
        reason = ""
        for attempt.tries in (1, 2):
            failure: GateResult | None = None
            held: list[str] = []
            messages = self._messages(wording, context.move, reason=reason)
            try:
                deltas = await wording.deltas(context.move, messages)
                async with aclosing(_sentences(deltas, self._cutter())) as sentences:
                    async for clauses in sentences:
                        held += clauses
                        sentence = " ".join(held)
                        failure = self._refusal(sentence, context, attempt)
                        if failure is not None:
                            break
                        if _says_little(held) or context.move.kind in _HELD:
                            continue
                        for clause in held:
                            attempt.said.append(clause)
                            yield clause
                        held = []
                if failure is None and held:
                    failure = self._refusal(
                        " ".join(held), context, attempt, whole=True
                    )
                    for clause in held if failure is None else ():
                        attempt.said.append(clause)
                        yield clause
            except CompletionError as error:
                attempt.failed = str(error)
                return
            if failure is not None:
                attempt.refused.append(failure)
                reason = failure.reason
            if attempt.said:
                return

    def template(
        self, turn: LearnerTurn, context: ReplyContext, attempt: Attempt
    ) -> str:
        """Return the first variant that passes and was not said lately."""
        chosen = ""
        for seed in range(len(self._replies), len(self._replies) + _VARIANTS):
            words = template(
                context.move,
                turn,
                self._learner,
                self._plan,
                avoid=self._replies,
                seed=seed,
            )
            chosen = chosen or words
            if self._refusal(words, context, attempt, whole=True) is None:
                return words
        return trimmed(chosen, self._learner.level)

    def remember(self, reply: str) -> None:
        """Not to be said again soon."""
        self._replies = [*self._replies, _plain(reply)][-_REMEMBERED_REPLIES:]

    def _messages(self, wording: Wording, move: Move, *, reason: str) -> Messages:
        message = turn_message(
            wording.turn, move, self._learner, self._plan, reason=reason
        )
        return [("system", self._system), *wording.history, ("user", message)]

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
        reply = " ".join([*attempt.said, sentence])
        found = self.gatekeeper.first_failure(reply, context, whole=whole)
        if found is None and _plain(reply) in self._replies:
            found = GateResult(
                "repeat", False, "You said this before. Say it otherwise."
            )
        attempt.gate_ms.append(1000 * (time.perf_counter() - began))
        return found


async def _sentences(
    deltas: AsyncIterator[str], cutter: Cutter
) -> AsyncGenerator[list[str], None]:
    """Yield the clauses of one sentence after the other; the last may lack its end."""
    clauses: list[str] = []
    async for delta in deltas:
        for clause in cutter.push(delta):
            clauses.append(clause)
            if _ends(clause):
                yield clauses
                clauses = []
    for clause in cutter.finish():
        clauses.append(clause)
        if _ends(clause):
            yield clauses
            clauses = []
    if clauses:
        yield clauses


def _says_little(clauses: Sequence[str]) -> bool:
    """Whether this alone would be no answer ("I see.")."""
    return sum(len(clause.split()) for clause in clauses) < _FEWEST_WORDS


def _ends(clause: str) -> bool:
    return clause.rstrip("\"'\u201d\u2019\u00bb) ").endswith(_SENTENCE_ENDS)


def _same(move: Move, guess: Move | None) -> bool:
    return guess is not None and replace(move, reason="") == replace(guess, reason="")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
