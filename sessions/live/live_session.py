"""One session while it goes on, with or without a socket.

It outlives its socket: a turn goes on while the learner's connection is away, and the
outbox lets the next socket catch up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from inference.protocols import SpeechDetectorStream
from inference.runners.base import StageRunner
from sessions.turns.context import FixedReply, TurnContext, TypedInput
from sessions.turns.events import ErrorRaised, Outcome, ReplyStarted, Source, TurnEvent
from sessions.turns.messages import MESSAGES
from sessions.turns.prompting import Conversation, opening_line
from sessions.turns.repository import StoredTurn, TalkTaken, TurnRepository
from sessions.turns.resuming import exchange_of
from sessions.turns.segmenter import Segmenter
from sessions.wire.binary import MicFrame

from .barge_in import BargeIn
from .correction_news import CorrectionNews
from .greeting import ready_json
from .microphone import MicrophoneInput
from .outbox import Outbox, first_after
from .quota_watch import QuotaWatch
from .session_face import SessionFace, VideoSetting
from .settings import LiveSettings
from .speech_input import SpeechInput
from .spoken_turns import SpokenTurns
from .telling import tell
from .transcript import SessionTranscript
from .turn_keeper import TurnKeeper
from .turn_runner import TurnRunner

OVERFLOW_TOLD_EVERY_S = 1.0
SLOWER_SPEED = 0.75
# A page resends the latest ten seconds: so much of an utterance is sure to be heard again.
RESENT_MS = 8_000


class LiveSession:
    """Joins microphone, turns, storage and outbox of one session."""

    def __init__(
        self,
        settings: LiveSettings,
        *,
        runner: StageRunner,
        detector: SpeechDetectorStream,
        repository: TurnRepository,
        on_closed: Callable[[], None],
        video: VideoSetting | None = None,
    ) -> None:
        self.settings = settings
        self.outbox = Outbox(after=first_after(settings.generation))
        self.microphone = MicrophoneInput()
        self.transcript = SessionTranscript()
        self.language = ""
        self.input_mode = "hands_free"
        self.muted = False
        self.ended = False
        self.watch: QuotaWatch | None = None
        # Somebody else has taken the session up: nothing may be written any more.
        self.on_taken: Callable[[], None] = lambda: None
        # Typed words that were taken, by what the page calls them; the oldest first.
        self.texts_taken: dict[str, None] = {}
        self._repository = repository
        self._on_closed = on_closed
        self._reply_seq = 0
        self._overflow_told_at = 0.0
        self._llm_retries = 0
        self._retry: asyncio.TimerHandle | None = None
        self.keeper = TurnKeeper(
            repository,
            emit=self.emit,
            retry_after_s=settings.save_retry_after_s,
            on_stored=CorrectionNews(self.emit).stored,
            on_taken=lambda: self.on_taken(),
        )
        self.face = SessionFace(video, runner=runner, emit=self.emit)
        self.turns = TurnRunner(
            settings,
            runner=runner,
            emit=self.emit,
            keeper=self.keeper,
            conversation=Conversation(settings.brief, system=settings.system_prompt),
            on_words=self.transcript.put_words,
            on_assessed=self.transcript.put_assessment,
            on_ended=self._turn_ended,
            film=self.face.film,
        )
        self.spoken = SpokenTurns(
            self.turns, transcript=self.transcript, microphone=self.microphone,
            emit=self.emit, start=self._start,
        )  # fmt: skip
        self.barge_in = BargeIn(
            self.turns, self.spoken, language=settings.language, emit=self.emit
        )
        self.speech = self.barge_in.speech = SpeechInput(
            Segmenter(detector, settings.segmenter),
            runner=self.turns.pacing.runner,
            language=settings.language,
            partial_every_ms=settings.partial_every_ms,
            on_began=self.barge_in.began,
            on_partial=self.barge_in.partial,
            on_utterance=self.barge_in.utterance,
            on_probable=self.barge_in.probable,
            on_improbable=self.barge_in.improbable,
            on_nothing=self.barge_in.nothing,
            on_paused=self.barge_in.paused,
        )

    async def open(self) -> None:
        """Take up where an earlier sitting ended, or let the tutor say hello."""
        if self.watch is not None:
            self.watch.start()
        stored = await self._repository.load()
        for turn in stored:
            self.transcript.load(turn)
            self.turns.conversation.put(exchange_of(turn))
            self.microphone.expect(turn.mic_end_frame or 0)
            if turn.client_id:
                self.texts_taken[turn.client_id] = None
        self.turns.prefill()
        if not stored:
            self._start(0, FixedReply(opening_line(self.settings.brief), _now()))
        elif stored[-1].outcome is None and stored[-1].learner is not None:
            self.answer_again(stored[-1].index, stored=stored[-1])

    def emit(self, event: TurnEvent) -> None:
        """Put an event into the outbox."""
        if isinstance(event, ReplyStarted):
            self._reply_seq = self.outbox.last_seq
        self.barge_in.told(event)
        tell(self.outbox, event, self.language)

    def redraw_seq(self) -> int:
        """Return after which message a page that starts anew goes on.

        A reply that is being spoken is sent once more from its beginning.
        """
        speaking = self.turns.state == "speaking"
        if speaking and self.outbox.holds(self._reply_seq):
            return self._reply_seq
        return self.outbox.last_seq

    def ready(self, *, resumed: bool, last_seq: int) -> dict[str, Any]:
        """Return the fields of ``session.ready``; events after ``last_seq`` follow."""
        # A page that joins finds no reply that stands still.
        self.barge_in.settle()
        return ready_json(self, resumed=resumed, last_seq=last_seq)

    def push_frame(self, frame: MicFrame) -> None:
        """Take a microphone frame."""
        sound = self.microphone.take(frame)
        if sound is None:
            self._overflow()
        elif not self.muted:
            for pcm in sound:
                self.speech.push(pcm)
                self.barge_in.heard()

    def say_text(self, text: str, client_id: str = "") -> None:
        """The learner typed an utterance; one that is being spoken ends here."""
        self.speech.take(self.speech.segmenter.release())
        self.turns.interrupt("text")
        typed = TypedInput(text.strip(), Source.TEXT, at=_now(), client_id=client_id)
        self._start(self.transcript.next_index, typed)

    def correct(self, turn: int, text: str) -> None:
        """The learner says what was really said in the latest turn."""
        heard = self.transcript.turns[turn].learner
        corrected = TypedInput(
            text.strip(),
            Source.CORRECTED,
            at=_now(),
            heard_as=heard["heard"] if heard else "",
            sound=self.turns.sound_of(turn),
        )
        self.turns.interrupt("superseded")
        self._start(turn, corrected)

    def redo(self, turn: int) -> None:
        """The next utterance replaces the learner's words of the latest turn."""
        self.turns.interrupt("superseded")
        self.spoken.redo = turn

    def answer_again(self, turn: int, stored: StoredTurn | None = None) -> None:
        """Answer the latest turn again; ``stored``: it is one that somebody else began."""
        said = self.transcript.said.get(turn)
        if said is not None:
            self.turns.interrupt("superseded")
            self._start(
                turn,
                TypedInput(
                    said.text, said.source, at=_now(), known=said, stored=stored
                ),
            )

    def repeat(self, turn: int, *, slower: bool) -> None:
        """Say the latest reply again."""
        tutor = self.transcript.turns[turn].tutor
        if tutor is not None:
            self.turns.interrupt("superseded")
            speed = SLOWER_SPEED if slower else 1.0
            self._start(
                turn, FixedReply(tutor["text"], _now(), speed=speed, repeat=True)
            )

    def tell(self, code: str, *, turn: int | None = None) -> None:
        """Tell the learner of something that went wrong."""
        self.emit(ErrorRaised(code, MESSAGES[code], retryable=False, turn=turn))

    async def end(self, reason: str) -> None:
        """End the session for good. ``reason`` is ``learner`` or ``quota``."""
        if self.ended:
            return
        self.ended = True
        await self.close()
        try:
            await self._repository.end(reason=reason.upper(), now=datetime.now(UTC))
        except TalkTaken:
            self.on_taken()
            return
        turns = sum(1 for index in self.transcript.turns if index > 0)
        self.outbox.put("session.ended", {"reason": reason, "turns": turns})

    async def close(self, *, leaving: bool = False) -> None:
        """Stop and write what is left. ``leaving``: it goes on elsewhere, at once."""
        if self.watch is not None:
            await self.watch.close(leaving=leaving)
        if self._retry:
            self._retry.cancel()
        segmenter = self.speech.segmenter
        if not leaving or segmenter.snapshot().duration_ms > RESENT_MS:
            self.speech.take(segmenter.release("muted"))
        self.barge_in.close()
        await self.turns.close(leaving=leaving)
        self.speech.close()
        if self.speech.end_of_turn is not None and self.speech.end_of_turn.learnt:
            await self.keeper.keep_pauses(self.speech.end_of_turn.learnt)
        await self.keeper.close()
        self.face.close()
        self._on_closed()

    def _start(self, index: int, source: Any) -> None:
        if self._retry:
            self._retry.cancel()
        self.turns.start(index, self.transcript.open(index), source)

    def _turn_ended(self, ctx: TurnContext) -> None:
        repeated = isinstance(ctx.input, FixedReply) and ctx.input.repeat
        if not repeated and not ctx.changed_nothing:
            self.transcript.put(ctx)
        self.speech.tutor_said(ctx.reply_text)
        if ctx.outcome is not Outcome.FAILED:
            self._llm_retries = 0
        elif ctx.learner and self._llm_retries < self.settings.max_llm_retries:
            self._llm_retries += 1
            self._retry = asyncio.get_running_loop().call_later(
                self.settings.llm_retry_after_s, self._retry_turn, ctx.index
            )

    def _retry_turn(self, index: int) -> None:
        """Answer a failed turn if the learner did nothing in the meantime."""
        idle = self.turns.current is None and not self.speech.segmenter.speaking
        if idle and not self.ended and index == self.transcript.next_index - 1:
            self.answer_again(index)

    def _overflow(self) -> None:
        if _now() - self._overflow_told_at >= OVERFLOW_TOLD_EVERY_S:
            self._overflow_told_at = _now()
            self.tell("audio.overflow")


def _now() -> float:
    return time.monotonic()
