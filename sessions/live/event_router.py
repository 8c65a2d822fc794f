"""Client events to what the session does about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sessions.wire import client_events as c
from sessions.wire.errors import WireError
from tutor.translatable import gettext_noop

from .live_session import LiveSession

# Resends of typed text are told apart by their client_id; so many are remembered.
REMEMBERED_CLIENT_IDS = 200


class EventRouter:
    """Acts on the events of one session's sockets. Raises WireError."""

    def __init__(self, live: LiveSession) -> None:
        self._live = live
        self._handlers: dict[type, Callable[[Any], None]] = {
            c.InputMode: self._input_mode,
            c.InputMute: self._mute,
            c.Press: self._press,
            c.Release: self._release,
            c.TurnHold: self._hold,
            c.TextSubmit: self._text,
            c.TranscriptCorrect: self._correct,
            c.TurnRedo: self._redo,
            c.TurnRetry: self._retry,
            c.ReplyStop: self._stop,
            c.ReplyRepeat: self._repeat,
            c.PlaybackProgress: self._progress,
            c.PlaybackFinished: self._finished,
            c.PlaybackStopped: self._stopped,
            c.FaceChoose: self._choose_face,
            c.FaceFailed: self._face_failed,
        }

    def handle(self, event: c.ClientEvent) -> None:
        """Act on one event."""
        handler = self._handlers.get(type(event))
        if handler is None:
            raise WireError(
                "protocol.unknown_type", "That message makes no sense at this point."
            )
        handler(event)

    def _input_mode(self, event: c.InputMode) -> None:
        self._live.input_mode = event.mode
        segmenter = self._live.speech.segmenter
        segmenter.push_to_talk = event.mode == "push_to_talk"
        self._live.speech.take(segmenter.release())

    def _mute(self, event: c.InputMute) -> None:
        self._live.muted = event.muted
        if event.muted:
            self._live.speech.take(self._live.speech.segmenter.release("muted"))

    def _press(self, event: c.Press) -> None:
        self._live.speech.take(self._live.speech.segmenter.press())

    def _release(self, event: c.Release) -> None:
        self._live.speech.take(self._live.speech.segmenter.release())

    def _hold(self, event: c.TurnHold) -> None:
        self._live.speech.hold(event.held)

    def _text(self, event: c.TextSubmit) -> None:
        taken = self._live.texts_taken
        if event.client_id in taken:
            return
        taken[event.client_id] = None
        if len(taken) > REMEMBERED_CLIENT_IDS:
            del taken[next(iter(taken))]
        self._live.say_text(event.text, event.client_id)

    def _correct(self, event: c.TranscriptCorrect) -> None:
        self._live.correct(self._latest(event.turn), event.text)

    def _redo(self, event: c.TurnRedo) -> None:
        self._live.redo(self._latest(event.turn))

    def _retry(self, event: c.TurnRetry) -> None:
        self._live.answer_again(self._latest(event.turn))

    def _stop(self, event: c.ReplyStop) -> None:
        self._live.turns.interrupt("stop")

    def _repeat(self, event: c.ReplyRepeat) -> None:
        for index in sorted(self._live.transcript.turns, reverse=True):
            if self._live.transcript.turns[index].tutor is not None:
                self._live.repeat(index, slower=event.slower)
                return
        raise WireError(
            "turn.not_current", gettext_noop("There is nothing to repeat yet.")
        )

    def _latest(self, turn: int) -> int:
        """Return the turn if it is the latest and has the learner's words."""
        latest = self._live.transcript.latest
        if latest is None or latest.turn != turn or turn == 0:
            raise WireError(
                "turn.not_current",
                gettext_noop("Only the latest answer can be changed."),
            )
        return turn

    def _progress(self, event: c.PlaybackProgress) -> None:
        if playback := self._playback(event):
            playback.progress(event.played_ms)

    def _finished(self, event: c.PlaybackFinished) -> None:
        if playback := self._playback(event):
            playback.finish()

    def _stopped(self, event: c.PlaybackStopped) -> None:
        if playback := self._playback(event):
            playback.stopped(event.played_ms)

    def _choose_face(self, event: c.FaceChoose) -> None:
        self._live.face.choose(event.face)

    def _face_failed(self, event: c.FaceFailed) -> None:
        self._live.face.failed(event.face, lasting=event.lasting)

    def _playback(
        self, event: c.PlaybackProgress | c.PlaybackFinished | c.PlaybackStopped
    ) -> Any:
        ctx = self._live.turns.current
        if ctx and (ctx.index, ctx.attempt) == (event.turn, event.attempt):
            return ctx.playback
        return None
