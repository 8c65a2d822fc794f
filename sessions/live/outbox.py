"""What a session said, numbered, so that a lost socket can be caught up."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sessions.wire.binary import TutorAudio, decode_tutor_audio, encode_tutor_audio
from sessions.wire.server_events import encode_server_event

from .video_lane import VideoLane

# About 90 s of the tutor's voice.
MAX_BYTES = 4 * 1024 * 1024

Packet = str | bytes

# So many messages of one taking up have numbers of their own; the number is one of 32 bits.
SEQ_SPAN_BITS = 17


def first_after(generation: int) -> int:
    """Return after which number the messages of a session's n-th taking up begin.

    What a page has seen of an earlier one is then never mistaken for this one's.
    """
    return (generation - 1) % (1 << 32 - SEQ_SPAN_BITS) << SEQ_SPAN_BITS


class Outbox:
    """The latest messages of a session in order. The oldest go when it is full.

    It is at the same time the send queue: a connection remembers up to which number
    it has sent, and follows. A connection that falls off the end has to redraw. ``video``
    goes beside it: it is not kept. Numbers begin ``after`` one, see ``first_after``.
    """

    def __init__(self, *, max_bytes: int = MAX_BYTES, after: int = 0) -> None:
        self._max_bytes = max_bytes
        self._packets: deque[Packet] = deque()
        self._bytes = 0
        self._news = asyncio.Event()
        self.last_seq = after
        self.has_farewell = False
        self.video = VideoLane(self._news.set)
        self.first: deque[Packet] = deque()
        self.on_hush: Callable[[int, int], None] | None = None
        self.on_stand: Callable[[int, int, float | None], None] | None = None

    def put(self, type_: str, fields: dict[str, Any]) -> None:
        """Add a JSON message; ``session.ended`` is the last one."""
        self.has_farewell = self.has_farewell or type_ == "session.ended"
        self._append(encode_server_event(type_, fields, seq=self.last_seq + 1))

    def put_audio(
        self,
        *,
        turn: int,
        attempt: int,
        clause: int,
        sample_rate_hz: int,
        offset_samples: int,
        pcm: bytes,
    ) -> None:
        """Add a stretch of the tutor's voice."""
        audio = TutorAudio(
            turn=turn,
            seq=self.last_seq + 1,
            attempt=attempt,
            clause=clause,
            sample_rate_hz=sample_rate_hz,
            offset_samples=offset_samples,
            pcm=pcm,
        )
        self._append(encode_tutor_audio(audio))

    def hush(self, turn: int, attempt: int) -> None:
        """Empty the sound of a reply that is over: a slow line has other things to do.

        Its messages stay, so that numbers have no gaps.
        """
        if self.on_hush is not None:
            self.on_hush(turn, attempt)
        for at, packet in enumerate(self._packets):
            if isinstance(packet, str):
                continue
            audio = decode_tutor_audio(packet)
            if (audio.turn, audio.attempt) == (turn, attempt):
                self._bytes -= len(audio.pcm)
                self._packets[at] = encode_tutor_audio(replace(audio, pcm=b""))

    def stand(self, turn: int, attempt: int, *, from_ms: float | None = None) -> None:
        """A reply's sound stands still where it goes by another way; or goes on there."""
        if self.on_stand is not None:
            self.on_stand(turn, attempt, from_ms)

    def holds(self, seq: int) -> bool:
        """Whether everything after ``seq`` is still here."""
        return self.last_seq - len(self._packets) <= seq <= self.last_seq

    def following(self, seq: int) -> Packet | None:
        """Return the message after ``seq``, which must be held; None for the latest."""
        missing = self.last_seq - seq
        return self._packets[len(self._packets) - missing] if missing else None

    async def wait(self, seq: int) -> None:
        """Return once there is something after ``seq``, or beside it."""
        while self.last_seq <= seq and not self.video and not self.first:
            self._news.clear()
            await self._news.wait()

    def put_first(self, packets: Iterable[Packet]) -> None:
        """Send these before all else to who is connected now."""
        self.first.extend(packets)
        self._news.set()

    def _append(self, packet: Packet) -> None:
        self.last_seq += 1
        self._packets.append(packet)
        self._bytes += len(packet)
        while self._bytes > self._max_bytes and len(self._packets) > 1:
            self._bytes -= len(self._packets.popleft())
        self._news.set()
