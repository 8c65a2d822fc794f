"""Which way the sound of one connected page takes: by tracks while they carry, else here.

The socket stays what it is: events, their numbers and the history go by it alone. A track
takes the learner's frames over from a number on, and each reply that begins while it
stands. When it breaks, nothing is lost: the page sends its frames again from the number
that it is told, and what was not heard of a reply comes by the socket after all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

from sessions.live.live_session import LiveSession
from sessions.live.outbox import Packet
from sessions.live.wording import worded
from sessions.wire.binary import MicFrame
from sessions.wire.errors import WireError
from sessions.wire.rtc_events import RtcCandidate, RtcClose, RtcMicrophone, RtcOffer
from sessions.wire.server_events import encode_server_event
from tutor.translatable import gettext_noop

from .reply_carrier import ReplyCarrier
from .setting import RtcSetting
from .voice_queue import Mark

logger = logging.getLogger(__name__)

RtcEvent = RtcOffer | RtcCandidate | RtcMicrophone | RtcClose

# A page sends a packet every 20 ms, also of silence.
STALL_S = 1.0
LOOK_EVERY_S = 0.25
# aiortc holds four packets back to put them in order: at first they are of sound that came
# by the socket already.
HELD_BACK_FRAMES = 4
# How much of what a track brought is asked for again when it breaks: what was on its way.
UNSURE_FRAMES = 6
MOST_CANDIDATES = 40

BROKEN = gettext_noop(
    "The line to your tutor broke for a moment. Nothing of what you said is lost."
)


class Delivery:
    """WebRTC beside one socket. ``send(type, fields)`` says something by the socket.

    ``refuse(error)`` says that a message cannot be followed.
    """

    open_peers = 0

    def __init__(
        self,
        live: LiveSession,
        setting: RtcSetting,
        *,
        send: Callable[[str, dict[str, Any]], None],
        refuse: Callable[[WireError], None],
    ) -> None:
        self._live = live
        self._setting = setting
        self._send = send
        self._refuse = refuse
        self._carrier = ReplyCarrier()
        self._peer: Any = None
        self._signals = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._candidates = 0
        self._connected = False
        self._hears_track = False
        self._skip = 0
        self._number = 0
        self._heard_at = 0.0
        live.outbox.on_hush = self._carrier.hush
        live.outbox.on_stand = self._carrier.stand
        live.outbox.first.clear()

    def take(self, event: RtcEvent) -> None:
        """Act on what the page says about its connection."""
        match event:
            case RtcOffer():
                self._soon(self._answer(event.sdp))
            case RtcCandidate():
                self._soon(self._learn(event))
            case RtcMicrophone():
                self._microphone(event)
            case RtcClose():
                self._give_up("page")

    def pass_on(self, packet: Packet) -> Packet:
        """Return what goes by the socket of a packet; a reply's sound may go by track."""
        return self._carrier.pass_on(packet)

    def leave(self) -> None:
        """Another socket is there, or none: nothing of the session leans on this one."""
        if self._live.outbox.on_hush == self._carrier.hush:
            self._live.outbox.on_hush = self._live.outbox.on_stand = None
        self._leave_microphone()
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Leave, and end the connection."""
        self.leave()
        await self._drop_peer()

    async def _answer(self, sdp: str) -> None:
        async with self._signals:
            await self._drop_peer()
            if 0 < self._setting.most <= Delivery.open_peers:
                self._say_closed("full")
                return
            module = await asyncio.to_thread(import_module, "sessions.live.webrtc.peer")
            self._candidates = 0
            peer: Any = module.Peer(
                self._setting.ice_servers,
                self._carrier.queue,
                on_state=lambda state: self._state(peer, state),
                on_sound=self._sound,
                on_voice=self._voice,
            )
            self._peer = peer
            Delivery.open_peers += 1
            self._watch_until(self._setting.connect_s, self._not_connected)
            try:
                answer = await peer.answer(sdp)
            except ValueError as error:
                logger.info("an offer was not understood: %s", error)
                self._refuse(
                    WireError("rtc.bad_offer", "That proposal is not understood.")
                )
                self._give_up("refused")
                return
            self._send("rtc.answer", {"sdp": answer})

    async def _learn(self, event: RtcCandidate) -> None:
        async with self._signals:
            self._candidates += 1
            if self._peer is None or self._candidates > MOST_CANDIDATES:
                return
            try:
                await self._peer.add_candidate(event.candidate, event.mid)
            except ValueError:
                self._refuse(
                    WireError("rtc.bad_candidate", "That address is not understood.")
                )

    def _microphone(self, event: RtcMicrophone) -> None:
        if event.by == "track" and self._connected:
            self._hears_track = True
            self._skip = HELD_BACK_FRAMES
            self._number = max(event.frame, self._live.microphone.next_number)
            self._heard_at = self._now()
            return
        self._leave_microphone()
        self._send("rtc.frames", {"next_frame": self._live.microphone.next_number})

    def _sound(self, pcm: bytes, lost: int) -> None:
        """Take 20 ms of the track; ``lost`` frames before it never came."""
        self._heard_at = self._now()
        if not self._hears_track or self._live.muted:
            # The page does not count what it does not send, either.
            return
        if self._skip > 0:
            self._skip -= 1
            return
        self._number += lost
        self._live.push_frame(MicFrame(self._number, pcm))
        self._number += 1

    def _voice(self, mark: Mark, rtp: int | None) -> None:
        fields = {"turn": mark.turn, "attempt": mark.attempt, "rtp": rtp}
        self._send("rtc.voice", {**fields, "offset_ms": round(mark.offset_ms, 1)})

    def _state(self, peer: Any, state: str) -> None:
        if peer is not self._peer:
            return
        if state == "connected":
            self._connected = self._carrier.carries = True
            self._watch_until(LOOK_EVERY_S, self._look)
        elif state in {"failed", "closed", "disconnected"}:
            self._give_up("failed" if self._connected else "not_connected")

    def _look(self) -> None:
        if self._hears_track and self._now() - self._heard_at > STALL_S:
            self._give_up("stalled")
        else:
            self._watch_until(LOOK_EVERY_S, self._look)

    def _not_connected(self) -> None:
        if not self._connected:
            self._give_up("not_connected")

    def _give_up(self, reason: str) -> None:
        """All goes by the socket from here on; what was not heard goes there once more."""
        if self._peer is None:
            return
        self._leave_microphone()
        again = self._carrier.give_up(self._live.turns.current)
        self._say_closed(reason, BROKEN if again else "")
        self._live.outbox.put_first(again)
        self._soon(self._drop_peer())

    def _say_closed(self, reason: str, message: str = "") -> None:
        """Say it before the sound that follows it."""
        fields = {
            "reason": reason,
            "next_frame": self._live.microphone.next_number,
            "message": message,
        }
        said = encode_server_event("rtc.closed", worded(fields, self._live.language))
        self._live.outbox.put_first([said])

    def _leave_microphone(self) -> None:
        if self._hears_track:
            self._hears_track = False
            self._live.microphone.rewind(UNSURE_FRAMES)

    async def _drop_peer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        peer, self._peer = self._peer, None
        self._connected = self._carrier.carries = False
        if peer is not None:
            Delivery.open_peers -= 1
            await peer.close()

    def _watch_until(self, seconds: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._settled)

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("WebRTC: %s", type(error).__name__)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
