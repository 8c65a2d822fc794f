"""How much of a reply has been heard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from inference.types.speech import WordSpan

# How long past its end a reply may take to be reported as played.
FINISH_GRACE_S = 2.0
# Voice and video are begun no further ahead of the listener: who interrupts wastes little,
# and what is being shown has the machine for itself.
AHEAD_MS = 3000.0
# A listener who says nothing is taken to have gone on for so long.
UNREPORTED_MS = 1000.0
# A reply that stood still goes on at the word that was being said, if that is no farther back.
BACK_MS = 300.0


@dataclass(frozen=True, slots=True)
class SpokenClause:
    """A clause and its place on the reply's audio timeline."""

    text: str
    start_ms: float
    end_ms: float
    words: tuple[WordSpan, ...] = ()

    def heard_up_to(self, played_ms: float) -> str:
        """Return its whole words that were heard.

        Where the times of words are unknown, their share of the characters places them.
        """
        if played_ms >= self.end_ms:
            return self.text
        if played_ms <= self.start_ms:
            return ""
        if not self.words:
            return self._share_up_to(played_ms)
        end = 0
        for word in self.words:
            if word.end_ms > played_ms:
                break
            if (at := self.text.find(word.text, end)) >= 0:
                end = at + len(word.text)
        return self.text[:end]

    def _share_up_to(self, played_ms: float) -> str:
        share = (played_ms - self.start_ms) / (self.end_ms - self.start_ms)
        end = round(share * len(self.text))
        if end >= len(self.text):
            return self.text
        return self.text[:end].rpartition(" ")[0]


class Playback:
    """The audio timeline of one reply and how far the learner's browser played it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.clauses: list[SpokenClause] = []
        self._played_ms = 0.0
        self._began_at: float | None = None
        self._reported_at: float | None = None
        self._held_at: float | None = None
        self._going = asyncio.Event()
        self._going.set()
        self._moved = asyncio.Event()
        self._finished = asyncio.Event()
        self._stopped = asyncio.Event()

    @property
    def duration_ms(self) -> float:
        """Length of the audio so far."""
        return self.clauses[-1].end_ms if self.clauses else 0.0

    @property
    def played_ms(self) -> float:
        """How far it was played, as last reported."""
        return self._played_ms

    @property
    def finished(self) -> bool:
        """Whether the browser said that it played everything."""
        return self._finished.is_set()

    @property
    def held(self) -> bool:
        """Whether it stands still."""
        return self._held_at is not None

    @property
    def place_ms(self) -> float:
        """Where the listener is now, between what was reported."""
        now = self._clock() if self._held_at is None else self._held_at
        known_at = self._began_at if self._reported_at is None else self._reported_at
        since_ms = 0.0 if known_at is None else 1000 * max(0.0, now - known_at)
        reached = self._played_ms + min(UNREPORTED_MS, since_ms)
        return max(self._played_ms, min(self.duration_ms, reached))

    def add(self, clause: SpokenClause) -> None:
        """Append a clause to the timeline; it was sent already."""
        if self._began_at is None:
            self._began_at = self._clock()
        self.clauses.append(clause)

    def progress(self, played_ms: float) -> None:
        """Take a report of how far the reply was played; one that stands still is none."""
        reached = min(played_ms, self.duration_ms)
        if self._reported_at is None or reached > self._played_ms:
            self._reported_at = self._clock()
        self._played_ms = max(self._played_ms, reached)
        self._moved.set()

    def hold(self) -> None:
        """It stands still from now on."""
        if self._held_at is None and not self.finished:
            self._held_at = self._clock()
            self._going.clear()

    def go_on(self) -> float:
        """It goes on; return from where: a little before it stood still."""
        place_ms = self.place_ms
        if self._held_at is not None:
            now = self._clock()
            if self._reported_at is not None:
                self._reported_at = now
            if self._began_at is not None:
                self._began_at += now - self._held_at
            self._held_at = None
            self._going.set()
        return self._word_at(place_ms)

    def stopped(self, played_ms: float) -> None:
        """Take the last report of an interrupted reply: it is exact."""
        self._played_ms = min(played_ms, self.duration_ms)
        self._reported_at = self._clock()
        self._stopped.set()

    def finish(self) -> None:
        """The last sample was played."""
        self._played_ms = self.duration_ms
        self._held_at = None
        self._going.set()
        self._moved.set()
        self._finished.set()

    async def wait_played(self, ms: float) -> None:
        """Return once the reply was played so far, as reported."""
        while self._played_ms < ms:
            self._moved.clear()
            await self._moved.wait()

    async def wait_nearly_played(self, ahead_ms: float = AHEAD_MS) -> None:
        """Return once no more than ``ahead_ms`` are left to hear.

        Between reports, and where none come, it is taken to be heard as time passes.
        """
        while (left_s := self._left_s() - ahead_ms / 1000) > 0:
            await self._going.wait()
            self._moved.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._moved.wait()

    async def wait_finished(self) -> None:
        """Return when the reply was played, or should have been long ago."""
        while not self._finished.is_set():
            await self._going.wait()
            try:
                async with asyncio.timeout(max(0.0, self._left_s()) + FINISH_GRACE_S):
                    await self._finished.wait()
            except TimeoutError:
                if self.held:
                    continue
                if self._reported_at is None or self._clock() - self._reported_at > (
                    FINISH_GRACE_S
                ):
                    return

    async def wait_stopped(self, timeout_s: float) -> None:
        """Return when the browser said how far it played, or after the time-out."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._stopped.wait()
        except TimeoutError:
            return

    def _left_s(self) -> float:
        """How long until all is heard, if it goes on as when it was last known to."""
        now = self._clock() if self._held_at is None else self._held_at
        known_at = self._began_at if self._reported_at is None else self._reported_at
        since = 0.0 if known_at is None else now - known_at
        return (self.duration_ms - self._played_ms) / 1000 - since

    def _word_at(self, place_ms: float) -> float:
        """Return where the word begins that is said at a place, or a little before it."""
        starts = [
            word.start_ms
            for clause in self.clauses
            for word in clause.words
            if word.start_ms <= place_ms
        ]
        starts += [each.start_ms for each in self.clauses if each.start_ms <= place_ms]
        nearest = max(starts, default=0.0)
        return round(max(0.0, nearest, place_ms - BACK_MS), 1)

    def heard_text(self) -> str:
        """Return what was played, up to the last whole word."""
        heard = (clause.heard_up_to(self._played_ms) for clause in self.clauses)
        return " ".join(part for part in heard if part)
