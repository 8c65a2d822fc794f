"""``make bench-webrtc``: how much later all is heard by WebRTC than by the socket.

Both ways in one run, turn by turn in the same talk, on engines that answer at set times:
what differs is the way. Mouth to ear is counted from the moment the last voiced frame
left the microphone to the moment the first sample of the answer is there to be played:
with the socket when its message came, with WebRTC when aiortc's own buffer gave it out.
A browser adds its own share to both: a head start of 70 ms in the page's player there, a
jitter buffer here. How long it takes to fall silent is counted from ``reply.stop``.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil

from .client import FRAME_S, SILENT_FRAME
from .report import machine, percentile, report, say
from .rtc_client import RtcClient
from .server import BenchServer

SETTINGS = "tests.webrtc_settings"
SPOKEN_FRAMES = 50
HEARD_S = 1.0
FALLS_SILENT_S = 0.6
IDLE_S = 5.0


@dataclass(slots=True)
class Way:
    """What was measured of one way."""

    final_s: list[float] = field(default_factory=list)
    ear_s: list[float] = field(default_factory=list)
    stop_s: list[float] = field(default_factory=list)
    cpu_share: float = 0.0


def _tone() -> list[bytes]:
    t = np.arange(320 * SPOKEN_FRAMES)
    tone = (9000 * np.sin(2 * np.pi * 250 * t / 16_000)).astype("<i2")
    return [bytes(frame.tobytes()) for frame in tone.reshape(-1, 320)]


async def _say(client: RtcClient, frames: list[bytes], *, by_track: bool) -> float:
    """Speak; return when the last frame that holds voice left."""
    if by_track:
        client.microphone.frames.extend(frames)
        await asyncio.sleep(FRAME_S * (len(frames) + 2))
        return client.microphone.spoken[-1][1]
    start = time.monotonic()
    spoken_at = start
    for number, frame in enumerate([*frames, *[SILENT_FRAME] * 60]):
        await asyncio.sleep(max(0.0, start + number * FRAME_S - time.monotonic()))
        await client.frame(frame)
        if number < len(frames):
            spoken_at = time.monotonic()
    return spoken_at


async def _first_loud(client: RtcClient, since: float) -> float:
    while True:
        for heard in client.heard:
            if heard.at > since and heard.is_loud:
                return heard.at
        await asyncio.sleep(0.002)


async def _turn(client: RtcClient, way: Way, turn: int, *, by_track: bool) -> None:
    final = client.expect("transcript.final", turn=turn)
    audio = client.expect("audio", turn=turn)
    ended = client.expect("turn.ended", turn=turn)
    spoken_at = await _say(client, _tone(), by_track=by_track)
    way.final_s.append((await final).at - spoken_at)
    first = await audio
    ear_at = first.at
    if first.message["by_track"]:
        ear_at = await _first_loud(client, spoken_at)
    way.ear_s.append(ear_at - spoken_at)
    await asyncio.sleep(HEARD_S)
    stopped = client.expect("reply.interrupted", turn=turn)
    asked_at = time.monotonic()
    await client.send(type="reply.stop")
    silent_at = (await stopped).at
    if first.message["by_track"]:
        await asyncio.sleep(FALLS_SILENT_S)
        loud = [heard.at for heard in client.heard if heard.is_loud]
        silent_at = max(silent_at, loud[-1])
    way.stop_s.append(silent_at - asked_at)
    where = {"turn": turn, "attempt": first.message["attempt"]}
    await client.send(type="playback.stopped", played_ms=1000 * HEARD_S, **where)
    await ended


async def _share(process: psutil.Process, seconds: float) -> float:
    """Return which share of a core the server takes for a while."""
    before = sum(process.cpu_times()[:2])
    await asyncio.sleep(seconds)
    return (sum(process.cpu_times()[:2]) - before) / seconds


async def _run(server: BenchServer, turns: int) -> tuple[Way, Way, list[str], float]:
    (seat,) = server.seed(1)
    server.start()
    assert server.pid is not None
    process = psutil.Process(server.pid)
    client = RtcClient(server.port, seat)
    opening = client.expect("turn.ended", turn=0)
    await client.join()
    await opening
    client.plays = False
    socket, track = Way(), Way()
    socket.cpu_share = await _share(process, IDLE_S)
    for number in range(1, turns + 1):
        await _turn(client, socket, number, by_track=False)
        say(f"  socket {number:2}  {socket.ear_s[-1]:.3f} s")
    begun_at = time.monotonic()
    await client.propose()
    connect_s = time.monotonic() - begun_at
    await client.speak_by_track()
    track.cpu_share = await _share(process, IDLE_S)
    for number in range(turns + 1, 2 * turns + 1):
        await _turn(client, track, number, by_track=True)
        say(f"  track  {number:2}  {track.ear_s[-1]:.3f} s")
    errors = client.errors
    await client.leave()
    return socket, track, errors, connect_s


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=10)
    options = parser.parse_args()
    before = machine()
    with BenchServer(SETTINGS, env={"TUTOR_WEBRTC": "auto"}) as server:
        socket, track, errors, connect_s = asyncio.run(_run(server, options.turns))
    ways = {"socket": socket, "track": track}
    added_ms = 1000 * (percentile(track.ear_s, 0.5) - percentile(socket.ear_s, 0.5))
    heard_ms = 1000 * (percentile(track.final_s, 0.5) - percentile(socket.final_s, 0.5))
    report(
        {
            "added_mouth_to_ear_p50_ms": added_ms,
            "added_to_transcript_p50_ms": heard_ms,
            "track_stop_p95_ms": 1000 * percentile(track.stop_s, 0.95),
            "connect_ms": 1000 * connect_s,
            "added_idle_cpu_share": track.cpu_share - socket.cpu_share,
            "turns": float(len(track.ear_s)),
        },
        {"added_mouth_to_ear_p50_ms": "< 250 ms", "track_stop_p95_ms": "< 300 ms"},
        {"errors": errors, **{name: _detail(way) for name, way in ways.items()}},
        before=before,
    )


def _detail(way: Way) -> dict[str, Any]:
    return {
        "mouth_to_ear_s": [round(value, 3) for value in way.ear_s],
        "transcript_s": [round(value, 3) for value in way.final_s],
        "stop_s": [round(value, 3) for value in way.stop_s],
        "idle_cpu_share": round(way.cpu_share, 3),
    }


if __name__ == "__main__":
    main()
