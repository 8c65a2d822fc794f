"""The sound of replies between the outbox and a track, and what of it has to come again."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace

from sessions.live.outbox import Packet
from sessions.turns.context import TurnContext
from sessions.wire.binary import (
    TUTOR_KIND,
    TutorAudio,
    decode_tutor_audio,
    encode_tutor_audio,
)

from .voice_queue import Reply, VoiceQueue

_AUDIO_ENDED = '{"type":"reply.audio_ended"'


class ReplyCarrier:
    """Takes the sound of each reply that begins while ``carries`` is true.

    A reply that began the other way ends that way: no listener hears a seam.
    """

    def __init__(self) -> None:
        self.queue = VoiceQueue()
        self.carries = False
        self._reply: Reply | None = None
        self._is_carried = False
        self._sent: deque[TutorAudio] = deque()
        self._is_whole = False

    def pass_on(self, packet: Packet) -> Packet:
        """Take the sound out of a packet, if it goes by track; return what is left."""
        if isinstance(packet, str):
            if self._is_carried and packet.startswith(_AUDIO_ENDED):
                ended = json.loads(packet)
                self._is_whole = True
                self.queue.complete(ended["turn"], ended["attempt"])
            return packet
        if packet[0] != TUTOR_KIND:
            return packet
        audio = decode_tutor_audio(packet)
        reply = (audio.turn, audio.attempt)
        if reply != self._reply:
            self._reply = reply
            self._is_carried, self._is_whole = self.carries, False
            self._sent.clear()
        if not self._is_carried or not audio.pcm:
            return packet
        self.queue.push(audio)
        self._sent.append(audio)
        return encode_tutor_audio(
            replace(audio, by_track=True, track_samples=len(audio.pcm) // 2)
        )

    def hush(self, turn: int, attempt: int) -> None:
        """A reply was interrupted: silence in the next frame that leaves."""
        if (turn, attempt) == self._reply:
            self.queue.drop()
            self._sent.clear()

    def stand(self, turn: int, attempt: int, from_ms: float | None) -> None:
        """Silence in the next frame that leaves; or the reply goes on from a place of it."""
        if from_ms is None:
            self.queue.stand()
            return
        self.queue.drop()
        if (turn, attempt) != self._reply or not self._is_carried:
            return
        for audio in self._sent:
            if _end_ms(audio) > from_ms:
                self.queue.push(_rest(audio, from_ms))
        if self._is_whole:
            self.queue.complete(turn, attempt)

    def give_up(self, current: TurnContext | None) -> list[Packet]:
        """Stop carrying; return the sound to send once more: what nobody reported heard."""
        self.queue.drop()
        carried, self._is_carried, self.carries = self._is_carried, False, False
        is_current = (
            current is not None and (current.index, current.attempt) == self._reply
        )
        if not carried or not is_current or current is None:
            return []
        if current.playback.finished or current.interruption.is_set():
            return []
        heard_ms = current.playback.played_ms
        return [
            encode_tutor_audio(replace(audio, again=True))
            for audio in self._sent
            if _end_ms(audio) > heard_ms
        ]


def _end_ms(audio: TutorAudio) -> float:
    samples = audio.offset_samples + len(audio.pcm) // 2
    return 1000 * samples / audio.sample_rate_hz


def _rest(audio: TutorAudio, from_ms: float) -> TutorAudio:
    """Return what of a stretch comes after a place of its reply."""
    place = round(from_ms * audio.sample_rate_hz / 1000)
    skipped = max(0, place - audio.offset_samples)
    return replace(
        audio,
        offset_samples=audio.offset_samples + skipped,
        pcm=audio.pcm[2 * skipped :],
    )
