"""What the learner's voice does to a talk: it begins, goes on, becomes a turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sessions.turns.context import SpokenInput
from sessions.turns.events import (
    ErrorRaised,
    Outcome,
    PartialTranscript,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    TurnEvent,
)
from sessions.turns.messages import MESSAGES
from sessions.turns.segmenter import UtteranceCut

from .microphone import MicrophoneInput
from .transcript import SessionTranscript
from .turn_runner import TurnRunner


class SpokenTurns:
    """Makes turns of utterances. ``redo`` is the turn that the next one replaces, if any.

    ``start(index, spoken)`` begins a turn.
    """

    def __init__(
        self,
        turns: TurnRunner,
        *,
        transcript: SessionTranscript,
        microphone: MicrophoneInput,
        emit: Callable[[TurnEvent], None],
        start: Callable[[int, SpokenInput], None],
    ) -> None:
        self.redo: int | None = None
        self._turns = turns
        self._transcript = transcript
        self._microphone = microphone
        self._emit = emit
        self._start = start

    def began(self) -> None:
        """The learner began to speak."""
        self._turns.interrupt("barge_in")
        self._emit(SpeechStarted(self._index()))

    def partial(self, text: str, stable: str) -> None:
        """Some of the words are known, the learner still speaks."""
        self._emit(PartialTranscript(self._index(), text, stable))
        if self.redo is None:
            self._turns.read_ahead(stable)

    def probable(self, spoken: SpokenInput) -> None:
        """The learner has probably finished: the answer may be begun, unheard."""
        if self.redo is None:
            self._turns.prepare(self._index(), spoken)

    def improbable(self) -> None:
        """The learner goes on: what was begun is not wanted."""
        self._turns.forget_prepared()

    def utterance(self, spoken: SpokenInput, cut: UtteranceCut) -> None:
        """The learner has finished."""
        index = self._index()
        self.redo = None
        self._emit(SpeechEnded(index, cut.reason))
        if cut.clipped:
            self._tell("audio.clipping", index)
        if cut.reason == "max_length":
            self._tell("utterance.too_long", index)
        placed = replace(
            spoken,
            mic_start_ms=self._microphone.ms_before(cut.began_ago_samples),
            mic_end_frame=self._microphone.next_number,
        )
        self._start(index, placed)

    def nothing(self, cut: UtteranceCut) -> None:
        """What was heard was a hum or a cough: it is forgotten, and nobody is told."""
        index = self._index()
        self._emit(SpeechEnded(index, cut.reason))
        if self.redo is None:
            self._emit(TurnEnded(index, Outcome.CANCELLED))
            return
        # The words that it should have replaced are not shown any more.
        self.redo = None
        self._tell("utterance.not_understood", index)
        self._emit(TurnEnded(index, Outcome.NOT_UNDERSTOOD))

    def _index(self) -> int:
        return self._transcript.next_index if self.redo is None else self.redo

    def _tell(self, code: str, turn: int) -> None:
        self._emit(ErrorRaised(code, MESSAGES[code], retryable=False, turn=turn))
