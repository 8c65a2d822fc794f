"""A browser's side of a talk by WebRTC, with aiortc at this end too."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame

from .client import FRAME_S, SILENT_FRAME, BenchClient
from .server import Seat

MIC_RATE_HZ = 16_000
MIC_FRAME = 320
LOUD_RMS = 300.0


class SpokenTrack(MediaStreamTrack):
    """A microphone: what is put into ``frames`` (PCM16, 16 kHz, 20 ms), else silence."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.frames: deque[bytes] = deque()
        self.flows = asyncio.Event()
        self.flows.set()
        self.number = 0
        # Frame number and moment (``time.monotonic``) of each that was not silence.
        self.spoken: list[tuple[int, float]] = []
        self._began_at = 0.0

    async def recv(self) -> AudioFrame:
        """Return the next frame when it is due; nothing while ``flows`` is not set."""
        if self.readyState != "live":
            raise MediaStreamError
        if self.number == 0:
            self._began_at = time.monotonic()
        due_at = self._began_at + self.number * FRAME_S
        await asyncio.sleep(max(0.0, due_at - time.monotonic()))
        await self.flows.wait()
        pcm = self.frames.popleft() if self.frames else SILENT_FRAME
        if pcm is not SILENT_FRAME:
            self.spoken.append((self.number, time.monotonic()))
        frame = AudioFrame(format="s16", layout="mono", samples=MIC_FRAME)
        frame.planes[0].update(pcm)
        frame.pts, frame.sample_rate = self.number * MIC_FRAME, MIC_RATE_HZ
        frame.time_base = Fraction(1, MIC_RATE_HZ)
        self.number += 1
        return frame


@dataclass(frozen=True, slots=True)
class Heard:
    """20 ms of the tutor's track: when it came, its RTP timestamp, how loud it is."""

    at: float
    rtp: int
    samples: npt.NDArray[np.int16]

    @property
    def is_loud(self) -> bool:
        """Whether somebody speaks."""
        return float(np.sqrt(np.mean(self.samples.astype(np.float64) ** 2))) > LOUD_RMS


class RtcClient(BenchClient):
    """Joins by the socket, then speaks and hears by tracks."""

    def __init__(self, port: int, seat: Seat, **options: Any) -> None:
        super().__init__(port, seat, rtc=True, **options)
        self.microphone = SpokenTrack()
        self.heard: list[Heard] = []
        self._hears = asyncio.Event()
        self._ahead = 0
        self._peer: RTCPeerConnection | None = None
        self._listener: asyncio.Task[None] | None = None

    async def propose(self, *, answered: bool = True) -> None:
        """Offer a connection; without ``answered`` its packets go nowhere."""
        self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._peer.addTrack(self.microphone)
        self._peer.on("track", self._listen)
        await self._peer.setLocalDescription(await self._peer.createOffer())
        sdp = self._peer.localDescription.sdp
        if not answered:
            lines = sdp.splitlines(keepends=True)
            sdp = "".join(x for x in lines if not x.startswith("a=candidate"))
        answer = self.expect("rtc.answer")
        await self.send(type="rtc.offer", sdp=sdp)
        described = (await answer).message["sdp"]
        if answered:
            await self._peer.setRemoteDescription(
                RTCSessionDescription(sdp=described, type="answer")
            )
            await self._hears.wait()

    async def speak_by_track(self) -> None:
        """The track takes the microphone over from the next frame on."""
        self._ahead = self._frame - self.microphone.number
        await self.send(type="rtc.microphone", by="track", frame=self._frame)

    def first_spoken_frame(self) -> int:
        """Return the number, as a page counts, of the first frame that was no silence."""
        return self.microphone.spoken[0][0] + self._ahead

    def go_on_from(self, frame: int) -> None:
        """The next frame that goes by the socket has this number."""
        self._frame = frame

    async def leave(self) -> None:
        """Close the connection and the socket."""
        if self._listener is not None:
            self._listener.cancel()
        if self._peer is not None:
            await self._peer.close()
        await super().leave()

    def _listen(self, track: MediaStreamTrack) -> None:
        self._listener = asyncio.create_task(self._hear(track))

    async def _hear(self, track: MediaStreamTrack) -> None:
        assert self._peer is not None
        receiver = self._peer.getReceivers()[0]
        try:
            while True:
                frame = await track.recv()
                assert isinstance(frame, AudioFrame)
                # aiortc counts from the first packet; the page sees the packets' own time.
                mapper = receiver._RTCRtpReceiver__timestamp_mapper  # type: ignore[attr-defined]
                rtp = (mapper._origin + (frame.pts or 0)) % (1 << 32)
                samples = frame.to_ndarray().reshape(-1, 2)[:, 0].astype(np.int16)
                self._hears.set()
                self.heard.append(Heard(time.monotonic(), rtp, samples))
        except MediaStreamError:
            return
