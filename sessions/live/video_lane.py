"""Video on its way to the browser: for who is connected now, and only while it is fresh.

Nothing here is numbered or kept. What a lost socket missed is not sent again: the page
shows the reply's rest by its mouth cues.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from sessions.turns.events import ReplyVideo, ReplyVideoEnded, ReplyVideoStarted
from sessions.wire.binary import TutorVideo, encode_tutor_video
from sessions.wire.server_events import encode_server_event

# Some ten seconds. A line that lets so much pile up is too slow for video.
MAX_BYTES = 1024 * 1024

Tag = tuple[int, int]


class VideoLane:
    """The video of one reply at a time; anything else that comes is dropped.

    ``on_news()`` is called when there is something to send.
    """

    def __init__(
        self, on_news: Callable[[], None], *, max_bytes: int = MAX_BYTES
    ) -> None:
        self._on_news = on_news
        self._max_bytes = max_bytes
        self._packets: deque[str | bytes] = deque()
        self._bytes = 0
        self._reply: Tag | None = None
        self._number = 0
        self._follows = 0
        self._listener: object | None = None

    def __bool__(self) -> bool:
        return bool(self._packets)

    def listen(self, listener: object) -> None:
        """Somebody new is connected: what was meant for another is dropped."""
        self.drop()
        self._listener = listener

    def leave(self, listener: object) -> bool:
        """Somebody has gone; return whether nobody listens now.

        It counts only for who listened last.
        """
        if self._listener is listener:
            self.drop()
            self._listener = None
        return self._listener is None

    def follow(self, seq: int) -> None:
        """What is announced next belongs to the reply that began with this message."""
        self._follows = seq

    def begin(self, event: ReplyVideoStarted) -> None:
        """Announce a reply's video; what is left of another one is dropped."""
        self.drop()
        if self._listener is None:
            return
        self._reply, self._number = (event.turn, event.attempt), 0
        format_ = event.format
        fields = {
            "turn": event.turn,
            "attempt": event.attempt,
            "codec": format_.codec,
            "width": format_.width,
            "height": format_.height,
            "fps": format_.fps,
        }
        self._put(encode_server_event("reply.video", fields))

    def put(self, event: ReplyVideo) -> None:
        """Add a piece of the reply that was begun."""
        fragment = event.fragment
        self._piece(
            (event.turn, event.attempt),
            start_ms=fragment.start_ms,
            duration_ms=fragment.duration_ms,
            data=fragment.data,
            init=fragment.is_init,
        )

    def end(self, event: ReplyVideoEnded) -> None:
        """Say that the reply has no more pieces."""
        self._piece((event.turn, event.attempt), last=True)

    def drop(self) -> None:
        """Nobody wants what is waiting, nor what still comes of its reply."""
        self._packets.clear()
        self._bytes = 0
        self._reply = None

    def take_announcement(self, sent: int) -> str | bytes | None:
        """Return the announcement of a reply's video if nobody has it yet.

        It is small and need not wait until the voice leaves room, as pictures do, but for
        the beginning of its reply: everything up to ``sent`` has left.
        """
        waits = self._packets and isinstance(self._packets[0], str)
        return self.take() if waits and sent >= self._follows else None

    def take(self) -> str | bytes | None:
        """Return the next packet, None when there is none."""
        if not self._packets:
            return None
        packet = self._packets.popleft()
        self._bytes -= len(packet)
        return packet

    def _piece(
        self,
        reply: Tag,
        *,
        start_ms: float = 0.0,
        duration_ms: float = 0.0,
        data: bytes = b"",
        init: bool = False,
        last: bool = False,
    ) -> None:
        if reply != self._reply:
            return
        video = TutorVideo(
            turn=reply[0],
            attempt=reply[1],
            number=self._number,
            start_ms=round(start_ms),
            duration_ms=round(duration_ms),
            data=data,
            init=init,
            last=last,
        )
        self._number += 1
        self._put(encode_tutor_video(video))
        if self._bytes > self._max_bytes:
            self.drop()

    def _put(self, packet: str | bytes) -> None:
        self._packets.append(packet)
        self._bytes += len(packet)
        self._on_news()
