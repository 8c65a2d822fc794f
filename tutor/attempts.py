"""A reply in the making, and the stream of text it is made of."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from .gating import GateResult, ReplyContext
from .head_start import HeadStart
from .learner import LearnerTurn
from .moves import Move
from .openers import Opener

Messages = Sequence[tuple[str, str]]
Stream = Callable[[Messages], AsyncIterator[str]]

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
    """A reply in the making: what was said, what was refused, what checking took.

    ``opener`` is what was heard before anything was worded; ``said`` leaves it out, and so
    does ``ready``, the ready-made reply as it stands in the data. ``truncated``: the model's words were cut after some were heard, or had to be brought
    to an end by ready-made ones. ``instead`` is what a template passed as if it could not
    be the move that was chosen. ``is_whole``: the model came to an end that passes.
    """

    opener: Opener | None = None
    said: list[str] = field(default_factory=list)
    ready: str = ""
    refused: list[GateResult] = field(default_factory=list)
    gate_ms: list[float] = field(default_factory=list)
    tries: int = 0
    templated: bool = False
    truncated: bool = False
    is_whole: bool = False
    instead: ReplyContext | None = None
    failed: str = ""

    @property
    def opening(self) -> str:
        """The words of the opener, if one was heard."""
        return self.opener.text if self.opener is not None else ""

    @property
    def reply(self) -> str:
        """All clauses so far."""
        return self.followed_by("")

    def followed_by(self, words: str) -> str:
        """All clauses so far, then these words."""
        return " ".join(filter(None, (self.opening, *self.said, words.strip())))

    @property
    def begun(self) -> str:
        """All clauses so far, once there are some behind the opener."""
        return self.reply if self.said else ""

    def joined(self, words: str) -> str:
        """Return words as they follow the opener, ``""`` if that leaves none."""
        return self.opener.followed_by(words) if self.opener is not None else words

    def first(self, sentence: list[str], cutter: Cutter) -> list[str]:
        """Return the clauses of a try's first sentence as they follow the opener."""
        words = " ".join(sentence)
        rest = self.joined(words)
        if rest == words:
            return sentence
        return [*cutter.push(rest), *cutter.finish()]

    def doubles(self, words: str) -> bool:
        """Whether words that follow the opener react once more."""
        return self.opener is not None and self.opener.is_doubled_in(words)


@dataclass(slots=True)
class Wording:
    """A turn on its way to the model, perhaps with a head start on a guessed move.

    ``eager``: ready-made words may begin each reply that they fit.
    """

    turn: LearnerTurn
    history: Messages
    stream: Stream
    guess: Move | None = None
    started: HeadStart[str] | None = None
    eager: bool = False

    async def deltas(self, move: Move, messages: Messages) -> AsyncIterator[str]:
        """Return the text of this move: what was begun, if the guess was right."""
        started, self.started = self.started, None
        if started is not None:
            if _same(move, self.guess):
                return started.items()
            await started.cancel()
        return self.stream(messages)

    async def give_up(self) -> None:
        """Stop what was begun and is not wanted."""
        if self.started is not None:
            await self.started.cancel()
            self.started = None


async def sentences(
    deltas: AsyncIterator[str], cutter: Cutter
) -> AsyncGenerator[list[str], None]:
    """Yield the clauses of one sentence after the other; the last may lack its end."""
    clauses: list[str] = []
    async for delta in deltas:
        for clause in cutter.push(delta):
            clauses.append(clause)
            if ends(clause):
                yield clauses
                clauses = []
    for clause in cutter.finish():
        clauses.append(clause)
        if ends(clause):
            yield clauses
            clauses = []
    if clauses:
        yield clauses


def ends(clause: str) -> bool:
    """Return whether a clause ends its sentence."""
    return clause.rstrip("\"'\u201d\u2019\u00bb) ").endswith(_SENTENCE_ENDS)


def _same(move: Move, guess: Move | None) -> bool:
    return guess is not None and replace(move, reason="") == replace(guess, reason="")
