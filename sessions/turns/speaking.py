"""Speaks a reply clause by clause: synthesis, mouth cues, and their place in time."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterable

from inference.errors import StageError
from inference.runners.base import Produced, StageRunner
from inference.stages.stage import Stage
from inference.types.audio import AudioClip
from inference.types.speech import (
    AnimationRequest,
    SpeechChunk,
    SynthesisRequest,
    VisemeCue,
    WordSpan,
)

from .budget import Step
from .context import TurnContext
from .events import ReplyAudio, ReplyClause, ReplyVisemes, TurnEvent
from .health import StageHealth
from .playback import AHEAD_MS, SpokenClause
from .short_clauses import pieces_at

# One message of audio holds at most this much, so that the socket stays responsive.
MESSAGE_MS = 500
# A clause may take so many times longer to make, letter by letter, than the one before.
SLACK = 1.5
# A short clause says little about that: it counts as if it had so many letters.
LETTERS = 40


class ReplySpeaker:
    """The voice and the face of one reply.

    A voice that fails leaves the reply as text; a face that fails leaves it as voice.
    """

    def __init__(
        self,
        ctx: TurnContext,
        *,
        runner: StageRunner,
        emit: Callable[[TurnEvent], None],
        health: StageHealth,
        speed: float = 1.0,
    ) -> None:
        self._ctx = ctx
        self._runner = runner
        self._emit = emit
        self._health = health
        self._speed = speed
        self._offset_samples = 0
        self._sample_rate_hz = 0
        self._clause = 0
        self._mute = False
        self._letter_ms = 0.0

    @property
    def spoke(self) -> bool:
        """Whether any audio was sent."""
        return self._offset_samples > 0

    async def say(self, text: str) -> None:
        """Speak the next clause, once the listener is near enough."""
        for piece in pieces_at(self._ctx, text) if not self.spoke else [text]:
            await self._say(piece)

    async def _say(self, text: str) -> None:
        if self._mute:
            return
        await self._ctx.playback.wait_nearly_played(self._ahead_ms(text))
        start_ms = self._now_ms()
        ctx = self._ctx
        request = ctx.synthesis_request(text, self._speed)
        cancelled = ctx.interruption
        began_at = ended_at = 0.0
        words: list[WordSpan] = []
        knows_words = True
        try:
            async for produced in self._voiced(request):
                began_at, ended_at = produced.began_at, produced.produced_at
                words += _later(produced.value.words, self._now_ms())
                knows_words = knows_words and bool(produced.value.words)
                await self._play(produced.value)
        except StageError as error:
            self._mute = True
            self._ctx.errors.append(error.code)
            self._health.failed(Stage.SYNTHESIZE, error.code)
            return
        if ended_at and not cancelled.is_set():
            self._health.worked(Stage.SYNTHESIZE)
            self._ctx.timer.span("synthesize", began_at, ended_at)
            self._letter_ms = 1000 * (ended_at - began_at) / max(len(text), LETTERS)
            clause = SpokenClause(
                text, start_ms, self._now_ms(), tuple(words) if knows_words else ()
            )
            self._ctx.playback.add(clause)
            self._emit(
                ReplyClause(
                    self._ctx.index,
                    self._ctx.attempt,
                    self._clause,
                    text,
                    clause.start_ms,
                    clause.end_ms,
                    clause.words,
                )
            )
            self._clause += 1

    def _voiced(self, request: SynthesisRequest) -> AsyncGenerator[Produced, None]:
        """Return the sound of a clause: what was made of it ahead, if anything was."""
        ctx = self._ctx
        made = ctx.ahead.voice.take(request) if ctx.ahead is not None else None
        return made or self._runner.run(
            Stage.SYNTHESIZE, request, cancelled=ctx.interruption
        )

    def end(self) -> None:
        """Nothing more is said."""
        if self._ctx.film is not None:
            self._ctx.film.end()

    def _ahead_ms(self, text: str) -> float:
        """How much may be left to hear: more where the voice takes long to make."""
        return max(AHEAD_MS, SLACK * self._letter_ms * len(text))

    async def _play(self, chunk: SpeechChunk) -> None:
        self._sample_rate_hz = chunk.clip.sample_rate_hz
        cues = await self._animate(chunk)
        film = self._ctx.film
        if film is not None:
            film.add(chunk, self._now_ms())
        if cues:
            self._ctx.reply_cues.extend(cues)
            self._ctx.timer.mark("first_viseme_ms", time.monotonic())
            self._emit(ReplyVisemes(self._ctx.index, self._ctx.attempt, cues))
        if film is not None and Step.FACE_JOINS_IN not in self._ctx.pace:
            await film.first_picture()
        step = 2 * self._sample_rate_hz * MESSAGE_MS // 1000
        for start in range(0, len(chunk.clip.pcm), step):
            part = AudioClip(chunk.clip.pcm[start : start + step], self._sample_rate_hz)
            self._emit(
                ReplyAudio(
                    self._ctx.index,
                    self._ctx.attempt,
                    self._clause,
                    part,
                    self._offset_samples,
                )
            )
            self._offset_samples += part.n_samples
            self._ctx.timer.mark("first_audio_ms", time.monotonic())
        self._ctx.reply_audio.append(chunk.clip)

    async def _animate(self, chunk: SpeechChunk) -> tuple[VisemeCue, ...]:
        """Return the chunk's cues on the reply's timeline; none if the face fails."""
        start_ms = self._now_ms()
        cues: list[VisemeCue] = []
        try:
            async for produced in self._runner.run(
                Stage.ANIMATE,
                AnimationRequest(chunk),
                cancelled=self._ctx.interruption,
            ):
                self._ctx.timer.span("animate", produced.began_at, produced.produced_at)
                cues += [
                    VisemeCue(
                        cue.viseme,
                        round(start_ms + cue.start_ms, 1),
                        round(start_ms + cue.end_ms, 1),
                    )
                    for cue in produced.value.cues
                ]
        except StageError as error:
            self._ctx.errors.append(error.code)
            self._health.failed(Stage.ANIMATE, error.code)
            return ()
        if cues:
            self._health.worked(Stage.ANIMATE)
        return tuple(cues)

    def _now_ms(self) -> float:
        if not self._sample_rate_hz:
            return 0.0
        return round(1000 * self._offset_samples / self._sample_rate_hz, 1)


def _later(words: Iterable[WordSpan], by_ms: float) -> list[WordSpan]:
    """Return the words of a chunk on the reply's timeline."""
    return [
        WordSpan(word.text, by_ms + word.start_ms, by_ms + word.end_ms)
        for word in words
    ]
