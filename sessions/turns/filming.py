"""The video of one reply: made beside the voice, never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.face import RenderRequest, VideoFragment
from inference.types.speech import SpeechChunk

from .context import TurnContext
from .events import ReplyVideo, ReplyVideoEnded, ReplyVideoStarted, TurnEvent
from .health import StageHealth
from .playback import AHEAD_MS

# A reply's video that was made slower than it plays, over at least so much of it, is late.
JUDGED_FROM_MS = 1000.0


@dataclass(frozen=True, slots=True)
class FilmSettings:
    """Who is shown and how long a voice waits for the face.

    ``wait_ms`` is the longest that the first clause of a reply waits for the first
    picture; 0: the voice never waits.
    """

    avatar: str
    wait_ms: float = 0.0


@dataclass(slots=True)
class FilmReport:
    """How the making of a reply's video went: milliseconds of it, and of making it."""

    video_ms: float = 0.0
    making_ms: float = 0.0

    @property
    def late(self) -> bool:
        """Whether it was made slower than it plays."""
        return self.video_ms >= JUDGED_FROM_MS and self.making_ms > self.video_ms


class ReplyFilm:
    """Renders the clauses of one reply in order, in a task of its own.

    ``admit()`` is asked once, when the first clause is there, and answered by
    ``done(report)`` when no more is rendered; a reply that is not admitted has no video.
    """

    def __init__(
        self,
        ctx: TurnContext,
        settings: FilmSettings,
        *,
        runner: StageRunner,
        emit: Callable[[TurnEvent], None],
        health: StageHealth,
        admit: Callable[[], bool],
        done: Callable[[FilmReport], None],
    ) -> None:
        self._ctx = ctx
        self._settings = settings
        self._runner = runner
        self._emit = emit
        self._health = health
        self._admit = admit
        self._done = done
        self._clauses: asyncio.Queue[tuple[SpeechChunk, float] | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._asked = False
        self._over = False
        self._first = asyncio.Event()
        self._report = FilmReport()

    def add(self, speech: SpeechChunk, start_ms: float) -> None:
        """Take the next clause, which begins ``start_ms`` into the reply."""
        if not self._asked:
            self._asked = True
            if self._admit():
                self._task = asyncio.create_task(self._run())
                self._task.add_done_callback(self._finished)
        if self._task is not None and not self._over:
            self._clauses.put_nowait((speech, start_ms))

    async def first_picture(self) -> None:
        """Return when the first picture was sent, or after the time the voice waits."""
        if self._task is None or self._over or not self._settings.wait_ms:
            return
        try:
            async with asyncio.timeout(self._settings.wait_ms / 1000):
                await self._first.wait()
        except TimeoutError:
            # Once is enough: what is late for the first clause is not waited for again.
            self._first.set()

    def end(self) -> None:
        """No clause follows."""
        self._clauses.put_nowait(None)

    def close(self) -> None:
        """Nobody wants the rest."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            begun = False
            while (clause := await self._clauses.get()) is not None:
                await self._ctx.playback.wait_played(clause[1] - AHEAD_MS)
                begun = await self._render(*clause, begun=begun)
            if begun:
                self._emit(ReplyVideoEnded(self._ctx.index, self._ctx.attempt))
        except StageError as error:
            if not self._ctx.interruption.is_set():
                self._ctx.errors.append(error.code)
                self._health.failed(Stage.RENDER, error.code)

    def _finished(self, _task: asyncio.Task[None]) -> None:
        self._over = True
        self._first.set()
        self._done(self._report)

    async def _render(
        self, speech: SpeechChunk, start_ms: float, *, begun: bool
    ) -> bool:
        """Send a clause's video; return whether the reply's video has begun."""
        turn, attempt = self._ctx.index, self._ctx.attempt
        request = RenderRequest(
            avatar=self._settings.avatar,
            talk=self._ctx.conversation,
            turn=f"{turn}.{attempt}",
            speech=speech,
            start_ms=start_ms,
        )
        began_at = ended_at = 0.0
        run = self._runner.run(Stage.RENDER, request, cancelled=self._ctx.interruption)
        async with aclosing(run):
            async for produced in run:
                if self._ctx.interruption.is_set():
                    break
                began_at, ended_at = produced.began_at, produced.produced_at
                fragment: VideoFragment = produced.value
                if fragment.format is not None and not begun:
                    begun = True
                    self._emit(ReplyVideoStarted(turn, attempt, fragment.format))
                self._emit(ReplyVideo(turn, attempt, fragment))
                self._report.video_ms += fragment.duration_ms
                if fragment.frames:
                    self._ctx.timer.mark("first_picture_ms", ended_at)
                    self._first.set()
        if ended_at and not self._ctx.interruption.is_set():
            self._report.making_ms += 1000 * (ended_at - began_at)
            self._ctx.timer.span("render", began_at, ended_at)
            self._health.worked(Stage.RENDER)
        return begun
