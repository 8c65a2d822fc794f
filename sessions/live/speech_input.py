"""What is done with the learner's voice while it is heard: partials and candidates."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.audio import AudioClip
from sessions.turns.asked import question_at_end
from sessions.turns.context import SpokenInput, Transcribed
from sessions.turns.growing import GrowingUtterance
from sessions.turns.hearing import stable_prefix, transcribe_partial, transcribe_rest
from sessions.turns.interruption import Interruption
from sessions.turns.segmenter import (
    CandidateReady,
    Segmenter,
    SegmenterEvent,
    SpeechBegan,
    SpeechResumed,
    UtteranceCut,
)
from telemetry.spans import NO_SPAN, tracer

from .end_of_turn import EndOfTurn

# Partials look at most so far back; what came before is kept as it was last heard.
PARTIAL_WINDOW_MS = 15_000
MIN_PARTIAL_MS = 600


class SpeechInput:
    """Follows one microphone; recognises unfinished and probably finished speech.

    ``on_began()``, ``on_partial(text, stable)`` and ``on_utterance(input, cut)`` are
    called on the event loop, in order. ``on_probable(input)`` is called when what was said
    before a pause is recognised and may be all, ``on_improbable()`` when it was not;
    ``on_nothing(cut)`` in place of ``on_utterance`` when what was heard is no turn.
    ``on_paused(candidate, recognition)`` is called when a recognition before a pause begins.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        *,
        runner: StageRunner,
        language: str,
        partial_every_ms: float,
        on_began: Callable[[], None],
        on_partial: Callable[[str, str], None],
        on_utterance: Callable[[SpokenInput, UtteranceCut], None],
        on_probable: Callable[[SpokenInput], None] = lambda _: None,
        on_improbable: Callable[[], None] = lambda: None,
        on_nothing: Callable[[UtteranceCut], None] = lambda _: None,
        on_paused: Callable[
            [CandidateReady, asyncio.Task[Transcribed]], None
        ] = lambda _candidate, _recognition: None,
    ) -> None:
        self.segmenter = segmenter
        # How long to wait after a pause; None: as long as the segmenter's settings say.
        self.end_of_turn: EndOfTurn | None = None
        self._runner = runner
        self._language = language
        self._partial_every_s = partial_every_ms / 1000
        self._on_began = on_began
        self._on_partial = on_partial
        self._on_utterance = on_utterance
        self._on_probable = on_probable
        self._on_improbable = on_improbable
        self._on_nothing = on_nothing
        self._on_paused = on_paused
        self._scope = Interruption()
        self._candidate: tuple[CandidateReady, asyncio.Task[Transcribed]] | None = None
        # When the answer to an unlikely end is begun.
        self._later: asyncio.TimerHandle | None = None
        self._asked = ""
        self._grown = GrowingUtterance()
        self._partial: asyncio.Task[None] | None = None
        self._partial_at = 0.0
        self._partial_text = ""
        self._committed = ""
        self._base_samples = 0
        # The turn that this utterance becomes: what is recognised ahead is a part of it.
        self._span = NO_SPAN

    def push(self, pcm: bytes) -> None:
        """Take the next 20 ms of sound."""
        self.take(self.segmenter.push(pcm))
        if self.segmenter.recently_voiced:
            self._maybe_partial()

    def take(self, events: list[SegmenterEvent]) -> None:
        """React to what the segmenter found."""
        for event in events:
            match event:
                case SpeechBegan():
                    self._forget()
                    self._partial_at = time.monotonic()
                    self._on_began()
                    if self.segmenter.speaking:
                        self._span = tracer().begin("turn", root=True)
                case CandidateReady():
                    self._start_candidate(event)
                case SpeechResumed(pause_ms):
                    self._on_improbable()
                    self._grow(pause_ms)
                    if self.end_of_turn is not None:
                        self.end_of_turn.resumed(pause_ms)
                case UtteranceCut():
                    self._cut(event)

    def tutor_said(self, text: str) -> None:
        """Note what the learner is about to answer."""
        self._asked = question_at_end(text)
        if self.end_of_turn is not None:
            self.end_of_turn.tutor_said(text)

    def drop(self) -> None:
        """What is being heard is no utterance."""
        self.segmenter.forget()
        self._forget()

    def close(self) -> None:
        """Stop all recognition under way."""
        self._forget()

    def _start_candidate(self, event: CandidateReady) -> None:
        self._drop_candidate()
        # What may be all of it does not wait for a look at a part of it.
        self._drop_partial()
        with self._span.inside():
            task = asyncio.create_task(
                transcribe_rest(
                    self._runner,
                    event.clip,
                    self._grown,
                    language=self._language,
                    cancelled=self._scope,
                    asked=self._asked,
                )
            )
        task.add_done_callback(_retrieve)
        self._candidate = event, task
        if self.end_of_turn is not None:
            self.end_of_turn.paused(self.segmenter, event, task)
        task.add_done_callback(lambda done: self._recognised(event, done))
        self._on_paused(event, task)

    def _recognised(
        self, event: CandidateReady, candidate: asyncio.Task[Transcribed]
    ) -> None:
        """Have the answer begun, now or later in the pause, if this may be the whole turn."""
        if candidate.cancelled() or candidate.exception() is not None:
            return
        after_ms: float | None = 0.0
        if self.end_of_turn is not None:
            heard = candidate.result().transcript
            after_ms = self.end_of_turn.worth_beginning_ms(heard)
        if after_ms is None:
            return
        silent_s = time.monotonic() - event.last_voiced_at
        if (in_s := after_ms / 1000 - silent_s) <= 0:
            self._probable(event, candidate)
            return
        loop = asyncio.get_running_loop()
        self._later = loop.call_later(in_s, self._probable, event, candidate)

    def _probable(
        self, event: CandidateReady, candidate: asyncio.Task[Transcribed]
    ) -> None:
        """Have the answer to what was said before this pause begun, if it still lasts."""
        if (
            self._candidate is None
            or self._candidate[1] is not candidate
            or not self.segmenter.stands_at(event)
        ):
            return
        with self._span.inside():
            self._on_probable(
                SpokenInput(
                    event.clip,
                    last_voiced_at=event.last_voiced_at,
                    cut_at=time.monotonic(),
                    candidate=candidate,
                    span=self._span,
                )
            )

    def hold(self, held: bool) -> None:
        """The learner asks to finish; not ``held``: they are done."""
        if not held:
            self.take(self.segmenter.release())
        self.segmenter.held = held

    def _grow(self, pause_ms: float) -> None:
        """Keep the words before a pause: they need not be recognised again."""
        if self._candidate is None:
            return
        event, candidate = self._candidate
        if candidate.done() and not candidate.cancelled() and not candidate.exception():
            heard = candidate.result().transcript
            self._grown.add(event.clip, heard, pause_ms)
            if self._grown.n_samples > self._base_samples:
                self._base_samples = self._grown.n_samples
                self._committed = self._grown.hint

    def _cut(self, cut: UtteranceCut) -> None:
        if self.end_of_turn is not None and not self.end_of_turn.is_turn(cut):
            self._forget()
            self._on_nothing(cut)
            return
        candidate = None
        if self._candidate and (
            self._candidate[0].voiced_samples == cut.voiced_samples
        ):
            candidate = self._candidate[1]
            self._candidate = None
            if candidate.done() and candidate.exception() is not None:
                candidate = None
        spoken = SpokenInput(
            clip=cut.clip,
            last_voiced_at=cut.last_voiced_at,
            cut_at=time.monotonic(),
            candidate=candidate,
            span=self._span,
        )
        self._span = NO_SPAN
        self._forget(keep_scope=candidate is not None)
        self._on_utterance(spoken, cut)

    def _maybe_partial(self) -> None:
        now = time.monotonic()
        if (
            (self._partial and not self._partial.done())
            or now - self._partial_at < self._partial_every_s
            or self._runner.busy(Stage.TRANSCRIBE)
        ):
            return
        clip = self.segmenter.snapshot()
        if clip.duration_ms < MIN_PARTIAL_MS:
            return
        self._partial_at = now
        with self._span.inside():
            self._partial = asyncio.create_task(self._look(clip))

    async def _look(self, clip: AudioClip) -> None:
        scope = self._scope
        window = AudioClip(clip.pcm[2 * self._base_samples :], clip.sample_rate_hz)
        try:
            text = await transcribe_partial(
                self._runner, window, language=self._language, cancelled=scope
            )
        except StageError:
            return  # The final recognition will tell.
        if scope.is_set() or scope is not self._scope or not text:
            return
        whole = f"{self._committed} {text}".strip()
        self._on_partial(whole, stable_prefix(self._partial_text, whole))
        self._partial_text = whole
        if window.duration_ms > PARTIAL_WINDOW_MS:
            self._committed = whole
            self._base_samples = clip.n_samples

    def _drop_candidate(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._candidate:
            self._candidate[1].cancel()
            self._candidate = None

    def _drop_partial(self) -> None:
        if self._partial and not self._partial.done():
            self._partial.cancel()

    def _forget(self, *, keep_scope: bool = False) -> None:
        self._drop_candidate()
        if self.end_of_turn is not None:
            self.end_of_turn.forget()
        self._drop_partial()
        if not keep_scope:
            self._on_improbable()
            self._scope.set("over")
        self._scope = Interruption()
        # Speech that became no turn.
        self._span.set(outcome="dropped")
        self._span.end()
        self._span = NO_SPAN
        self._partial_text = self._committed = ""
        self._base_samples = 0
        self._grown = GrowingUtterance()


def _retrieve(task: asyncio.Task[Transcribed]) -> None:
    """Look at the result so that a candidate nobody waits for is not reported."""
    if not task.cancelled():
        task.exception()
