"""``make bench-web``: many sessions at once on engines scripted by time.

Each session streams 20 ms frames in real time: a second of sound, then silence, again and
again. Since the engines answer after set delays, the moment of each event is known in
advance; what it comes later by is our own latency.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import time
from dataclasses import dataclass, field

import numpy as np
from websockets.exceptions import WebSocketException

from sessions.turns.segmenter import (
    CandidateReady,
    Segmenter,
    SegmenterSettings,
    SpeechBegan,
    UtteranceCut,
)
from tests.fakes.engines import LoudnessStream

from .client import FRAME_BYTES, FRAME_S, SILENT_FRAME, BenchClient, Received
from .report import machine, percentile, report, say
from .server import BenchServer, Seat

SETTINGS = "tests.scripted_settings"
SPEECH_FRAMES = 60
# Whole windows of the detector, so that each cycle meets it in the same phase.
CYCLE_FRAMES = 352
# What tests/scripted_settings.py scripts.
TRANSCRIBE_S = 0.3
FIRST_TOKEN_S = 0.3
TOKEN_S = 0.05
CLAUSE_WORDS = 3
SYNTHESIZE_S = 0.12


@dataclass(frozen=True, slots=True)
class Script:
    """At which frame of a cycle the segmenter finds what."""

    began: int
    candidate: int
    cut: int


@dataclass(slots=True)
class Tally:
    """What all sessions saw."""

    late_ms: dict[str, list[float]] = field(default_factory=dict)
    turns: int = 0
    gaps: int = 0
    lost: int = 0
    errors: list[str] = field(default_factory=list)

    def note(self, event: str, late_s: float) -> None:
        """Note how much later than scripted an event came."""
        self.late_ms.setdefault(event, []).append(1000 * late_s)


def _tone() -> bytes:
    t = np.arange(FRAME_BYTES // 2)
    return bytes((8000 * np.sin(2 * np.pi * 250 * t / 16_000)).astype("<i2").tobytes())


def _script(tone: bytes) -> Script:
    """Find the frames at which a cycle's events are due, with the real segmenter."""
    segmenter = Segmenter(LoudnessStream(), SegmenterSettings())
    found: dict[type, int] = {}
    for cycle in range(2):
        for i in range(CYCLE_FRAMES):
            for event in segmenter.push(tone if i < SPEECH_FRAMES else SILENT_FRAME):
                if cycle == 0:
                    found.setdefault(type(event), i)
    return Script(found[SpeechBegan], found[CandidateReady], found[UtteranceCut])


async def _session(
    port: int, seat: Seat, tally: Tally, script: Script, tone: bytes, cycles: int
) -> None:
    sent: list[float] = []
    due: dict[str, float] = {}

    def on_event(received: Received) -> None:
        if received.type in due:
            tally.note(received.type, received.at - due.pop(received.type))
        if received.type == "turn.ended" and received.message["turn"] > 0:
            tally.turns += 1

    client = BenchClient(port, seat, on_event=on_event)
    opened = client.expect("turn.ended", turn=0)
    await client.join()
    await opened
    await asyncio.sleep(random.uniform(0, CYCLE_FRAMES * FRAME_S))  # noqa: S311
    try:
        start = time.monotonic()
        for number in range(cycles * CYCLE_FRAMES):
            wait = start + number * FRAME_S - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            i = number % CYCLE_FRAMES
            sent.append(time.monotonic())
            if i == script.began:
                due["speech.started"] = sent[-1]
            if i == script.cut:
                due.update(_due(sent[-1], sent[-1 - script.cut + script.candidate]))
            await client.frame(tone if i < SPEECH_FRAMES else SILENT_FRAME)
            # As often as a page does.
            if i == CYCLE_FRAMES // 2:
                due["pong"] = time.monotonic()
                await client.send(type="ping", t=0)
        await asyncio.sleep(1)
    except (OSError, WebSocketException, AssertionError) as error:
        tally.lost += 1
        tally.errors.append(type(error).__name__)
    tally.gaps += client.gaps
    tally.errors += client.errors
    await client.leave()


def _due(cut_at: float, candidate_at: float) -> dict[str, float]:
    """Return when a turn's events are due, from when its decisive frames were sent."""
    final_at = max(cut_at, candidate_at + TRANSCRIBE_S)
    first_text_at = final_at + FIRST_TOKEN_S
    audio_at = first_text_at + (CLAUSE_WORDS - 1) * TOKEN_S + SYNTHESIZE_S
    return {
        "speech.ended": cut_at,
        "transcript.final": final_at,
        "reply.delta": first_text_at,
        "audio": audio_at,
    }


async def _run(server: BenchServer, seats: list[Seat], cycles: int) -> Tally:
    tally = Tally()
    tone = _tone()
    script = _script(tone)
    await asyncio.gather(
        *(_session(server.port, seat, tally, script, tone, cycles) for seat in seats)
    )
    return tally


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--cycles", type=int, default=5)
    options = parser.parse_args()
    before = machine()
    # A pause of the measuring side would be counted as the server's.
    gc.disable()
    with BenchServer(SETTINGS) as server:
        say(f"making {options.sessions} learners")
        seats = server.seed(options.sessions + 1)
        server.start()
        # One session first, so that what all share is not counted for each.
        asyncio.run(_run(server, seats[:1], 1))
        idle_mb = server.memory_mb()["server"]
        say(f"{options.sessions} sessions, {options.cycles} turns each")
        tally = asyncio.run(_run(server, seats[1:], options.cycles))
        busy_mb = server.memory_mb()["server"]
    every = [late for values in tally.late_ms.values() for late in values]
    expected = options.sessions * options.cycles
    report(
        {
            "event_latency_p99_ms": percentile(every, 0.99),
            "dropped_frames": float(
                tally.gaps + tally.lost + tally.errors.count("audio.overflow")
            ),
            "memory_per_session_kb": 1000 * (busy_mb - idle_mb) / options.sessions,
            "sessions": float(options.sessions),
        },
        {"event_latency_p99_ms": "< 100 ms", "dropped_frames": "< 1"},
        {
            "late_ms_by_event": {
                name: {
                    "p50": round(percentile(values, 0.5), 1),
                    "p99": round(percentile(values, 0.99), 1),
                    "n": len(values),
                }
                for name, values in sorted(tally.late_ms.items())
            },
            "turns": tally.turns,
            "turns_expected": expected,
            "errors": sorted(set(tally.errors)),
            "server_memory_mb": busy_mb,
        },
        before=before,
    )


if __name__ == "__main__":
    main()
