"""One WebRTC connection to one page: aiortc behind a few plain calls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from aiortc import (
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.sdp import candidate_from_sdp
from av import AudioFrame, AudioResampler

from sessions.wire.binary import (
    MIC_FRAME_SAMPLES,
    MIC_PAYLOAD_BYTES,
    MIC_SAMPLE_RATE_HZ,
)

from .voice_queue import FRAME_SAMPLES, Mark, VoiceQueue
from .voice_track import VoiceTrack

logger = logging.getLogger(__name__)

_RTP_CLOCK = 1 << 32


class Peer:
    """Answers one offer; then sound goes both ways until it is closed.

    ``on_state(name)`` hears of ``connected``, ``failed`` and ``closed``. ``on_sound(pcm,
    lost)`` gets the microphone in frames of 20 ms as the socket has them, each with how
    many frames before it never came. ``on_voice(mark, rtp)`` says at which RTP timestamp a
    stretch of a reply leaves, None where that is not known.
    """

    def __init__(
        self,
        ice_servers: Iterable[dict[str, Any]],
        voice: VoiceQueue,
        *,
        on_state: Callable[[str], None],
        on_sound: Callable[[bytes, int], None],
        on_voice: Callable[[Mark, int | None], None],
    ) -> None:
        # Without a list of its own aiortc would ask a public server for our address.
        servers = [RTCIceServer(**server) for server in ice_servers]
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._voice = VoiceTrack(voice, self._marked)
        self._sender: RTCRtpSender | None = None
        self._on_state = on_state
        self._on_sound = on_sound
        self._on_voice = on_voice
        self._reader: asyncio.Task[None] | None = None
        self._connection.on("track", self._track)
        self._connection.on("connectionstatechange", self._changed)

    async def answer(self, sdp: str) -> str:
        """Return the answer to an offer, with all our addresses. Raises ValueError."""
        try:
            offer = RTCSessionDescription(sdp=sdp, type="offer")
            await self._connection.setRemoteDescription(offer)
            self._sender = self._connection.addTrack(self._voice)
            await self._connection.setLocalDescription(
                await self._connection.createAnswer()
            )
        except Exception as error:  # whatever a strange description makes aiortc raise
            raise ValueError(type(error).__name__) from error
        return self._connection.localDescription.sdp

    async def add_candidate(self, candidate: str, mid: str) -> None:
        """Learn an address of the page. Raises ValueError."""
        if not candidate:
            await self._connection.addIceCandidate(None)
            return
        try:
            parsed = candidate_from_sdp(candidate.removeprefix("candidate:"))
            parsed.sdpMid = mid
            await self._connection.addIceCandidate(parsed)
        except Exception as error:  # whatever a strange line makes aiortc raise
            raise ValueError(type(error).__name__) from error

    async def close(self) -> None:
        """End the connection."""
        if self._reader is not None:
            self._reader.cancel()
        self._voice.stop()
        await self._connection.close()

    def _changed(self) -> None:
        self._on_state(self._connection.connectionState)

    def _track(self, track: MediaStreamTrack) -> None:
        if track.kind == "audio" and self._reader is None:
            self._reader = asyncio.create_task(self._read(track))

    async def _read(self, track: MediaStreamTrack) -> None:
        resampler = AudioResampler(
            format="s16",
            layout="mono",
            rate=MIC_SAMPLE_RATE_HZ,
            frame_size=MIC_FRAME_SAMPLES,
        )
        expected: int | None = None
        lost = 0
        try:
            while True:
                frame = await track.recv()
                if not isinstance(frame, AudioFrame):
                    continue
                pts = frame.pts or 0
                if expected is not None and pts > expected:
                    lost += (pts - expected) // FRAME_SAMPLES
                expected = pts + frame.samples
                # The gap is told: the filter joins what came.
                frame.pts = None
                for piece in resampler.resample(frame):
                    self._on_sound(bytes(piece.planes[0])[:MIC_PAYLOAD_BYTES], lost)
                    lost = 0
        except MediaStreamError:
            return

    def _marked(self, mark: Mark) -> None:
        self._on_voice(mark, self._rtp_of(mark))

    def _rtp_of(self, mark: Mark) -> int | None:
        """Return the RTP timestamp of a mark's sample; None where it is not known.

        Timestamps begin at a random number (RFC 3550, 5.1), which aiortc tells nobody: it
        follows from the latest packet, one frame ago.
        """
        latest = getattr(self._sender, "_RTCRtpSender__rtp_timestamp", 0)
        if not latest:
            return None
        return int((latest + FRAME_SAMPLES + mark.at) % _RTP_CLOCK)
