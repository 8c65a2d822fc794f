"""``make bench-latency``: paced turns through the real socket with all engines real.

Times count from the moment the frame with the last voiced sample was sent (the first
voiced sample for partials). ``own_overhead`` is what of the way to the first audio was spent
neither waiting for the end of the turn nor in a model; it includes the socket's round trip.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from inference import conf
from inference.types.audio import AudioClip

from .client import FRAME_S, SILENT_FRAME, BenchClient, Received
from .memory_watch import MemoryWatch
from .report import machine, percentile, report, say
from .server import BenchServer
from .speech import RATE_HZ, LearnerSpeech
from .turn_floor import Answered, floors, gap, model_s

SETTINGS = "tutorplatform.settings.local"
WARM_UP_TURNS = 2
PAUSE_S = 0.5
VIDEO_READY_S, MAX_TURN_S = 30.0, 60.0
# What is recognised beside the voice: some sound before it, some silence behind it.
FRAMES_BEFORE, FRAMES_AFTER = 15, 8


@dataclass(slots=True)
class TurnSeen:
    """When what of one turn arrived; frames' times are when they were sent."""

    speech: str
    first_voiced_at: float = 0.0
    last_voiced_at: float = 0.0
    at: dict[str, float] = field(default_factory=dict)
    mouth_ms: float | None = None
    timing: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    reply: str = ""
    first_clause: str = ""
    outcome: str = ""

    def take(self, received: Received) -> None:
        """Note the first of each message."""
        self.at.setdefault(received.type, received.at)
        message = received.message
        if received.type == "reply.visemes" and self.mouth_ms is None:
            opened = [c[1] for c in message["cues"] if c[0] != "sil"]
            self.mouth_ms = opened[0] if opened else None
        elif received.type == "reply.clause":
            self.first_clause = self.first_clause or message["text"]
        elif received.type == "turn.timing":
            self.timing = message
        elif received.type == "transcript.final":
            self.text = message["text"]
        elif received.type == "reply.completed":
            self.reply = message["text"]
        elif received.type == "turn.ended":
            self.outcome = message["outcome"]

    @property
    def is_cut_in(self) -> bool:
        """Whether the tutor was heard before the learner was done: no latency to speak of."""
        return self.at.get("audio", self.last_voiced_at) < self.last_voiced_at

    def after_speech_s(self, type_: str) -> float | None:
        """Return how long after the last voiced sample a message came."""
        if type_ not in self.at or self.is_cut_in:
            return None
        return self.at[type_] - self.last_voiced_at

    def overhead_ms(self) -> float | None:
        """Return what of the way to the first audio was neither endpoint nor model."""
        until = self.timing.get("marks", {}).get("first_audio_ms")
        return None if until is None else float(until - self._covered_ms(until))

    def _covered_ms(self, until: float) -> float:
        covered, reached = 0.0, 0.0
        for span in self.timing["stages"]:
            start = max(span["start_ms"], reached)
            end = min(span["end_ms"], until)
            if end > start:
                covered += end - start
                reached = end
        return covered


async def _turn(client: BenchClient, seen: TurnSeen, speech: LearnerSpeech) -> None:
    ended = client.expect("turn.ended")
    start = time.monotonic()
    sent = 0

    async def until(over: Callable[[], bool]) -> None:
        nonlocal sent
        while not over():
            if time.monotonic() - start > MAX_TURN_S:
                raise TimeoutError(f"turn {seen.speech!r} did not end")
            if (wait := start + sent * FRAME_S - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            frames = speech.frames
            await client.frame(frames[sent] if sent < len(frames) else SILENT_FRAME)
            if sent == speech.first_voiced_frame:
                seen.first_voiced_at = time.monotonic()
            if sent == speech.last_voiced_frame:
                seen.last_voiced_at = time.monotonic()
            sent += 1

    await until(lambda: sent > speech.last_voiced_frame and ended.done())
    if seen.is_cut_in:
        # What was said after it is a turn of its own.
        rest = client.expect("turn.ended")
        await until(rest.done)


async def _run(
    server: BenchServer, speeches: list[LearnerSpeech], *, video: bool
) -> list[TurnSeen]:
    seats = server.seed(1)
    server.start()
    current: list[TurnSeen] = []
    turns: list[TurnSeen] = []

    def on_event(received: Received) -> None:
        if current:
            current[0].take(received)

    faces = ("video", "drawn") if video else ()
    client = BenchClient(server.port, seats[0], on_event=on_event, faces=faces)
    opened = client.expect("turn.ended", turn=0)
    await client.join()
    await asyncio.wait_for(opened, 120)
    if video:
        # The very first time ever the loop of waiting is drawn.
        await asyncio.sleep(VIDEO_READY_S)
    for number, speech in enumerate(speeches):
        await asyncio.sleep(PAUSE_S)
        seen = TurnSeen(speech.name)
        current[:] = [seen]
        await _turn(client, seen, speech)
        current.clear()
        audio = seen.after_speech_s("audio")
        say(
            f"  turn {number:2}  first audio "
            f"{'CUT IN' if audio is None else f'{audio:.2f} s'}  {seen.outcome}  "
            f"heard {seen.text!r}  said {seen.reply!r}"
        )
        if number >= WARM_UP_TURNS:
            turns.append(seen)
    await client.leave()
    return turns


def _seconds(turns: list[TurnSeen], type_: str) -> list[float]:
    return [s for turn in turns if (s := turn.after_speech_s(type_)) is not None]


def _stages(turns: list[TurnSeen]) -> dict[str, dict[str, float]]:
    took: dict[str, list[float]] = {}
    for turn in turns:
        seen: set[str] = set()
        for span in turn.timing.get("stages", []):
            # The first clause is what a learner waits for.
            if span["name"] not in seen:
                seen.add(span["name"])
                took.setdefault(span["name"], []).append(
                    span["end_ms"] - span["start_ms"]
                )
    return {
        name: {"turns": len(ms), "p50_ms": round(percentile(ms, 0.5), 1)}
        for name, ms in took.items()
    }


def _answered(
    speeches: Iterable[LearnerSpeech], turns: Iterable[TurnSeen]
) -> Iterator[Answered]:
    """Yield what the floor of each turn is measured by."""
    for speech, turn in zip(speeches, turns, strict=True):
        first_s = turn.after_speech_s("audio")
        if first_s is None or not turn.first_clause:
            continue
        begin = max(0, speech.first_voiced_frame - FRAMES_BEFORE)
        heard = speech.frames[begin : speech.last_voiced_frame + 1 + FRAMES_AFTER]
        clip = AudioClip(b"".join(heard), RATE_HZ)
        yield Answered(clip, turn.first_clause, first_s, model_s(turn.timing))


def _speeches(folder: Path | None, count: int) -> list[LearnerSpeech]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from .speech import from_folder, synthesized  # noqa: PLC0415 settings come first

    say("preparing the learner's speech")
    try:
        if folder is None:
            return synthesized(count + WARM_UP_TURNS)
        found = from_folder(folder)
        repeats = -(-(count + WARM_UP_TURNS) // len(found))
        return (found * repeats)[: max(count, len(found)) + WARM_UP_TURNS]
    finally:
        conf.shutdown()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--audio", type=Path, help="a folder of sound files")
    parser.add_argument("--video", action="store_true", help="show the tutor as video")
    options = parser.parse_args()
    before = machine()
    speeches = _speeches(options.audio, options.turns)
    with BenchServer(SETTINGS) as server, MemoryWatch(server) as memory:
        turns = asyncio.run(_run(server, speeches, video=options.video))
        peak = memory.peak
    partials = [
        turn.at["transcript.partial"] - turn.first_voiced_at
        for turn in turns
        if "transcript.partial" in turn.at
    ]
    audio = _seconds(turns, "audio")
    mouth = [
        s + turn.mouth_ms / 1000
        for turn in turns
        if turn.mouth_ms is not None and (s := turn.after_speech_s("audio")) is not None
    ]
    overhead = [ms for turn in turns if (ms := turn.overhead_ms()) is not None]
    answered = list(_answered(speeches[WARM_UP_TURNS:], turns))
    found = gap(answered, floors(answered))
    conf.shutdown()
    marks = [
        1000.0 * (turn.at["pronunciation.ready"] - turn.at["transcript.final"])
        for turn in turns
        if "pronunciation.ready" in turn.at
    ]
    report(
        {
            "first_partial_p50_s": percentile(partials, 0.5),
            "final_transcript_p50_s": percentile(
                _seconds(turns, "transcript.final"), 0.5
            ),
            "first_text_p50_s": percentile(_seconds(turns, "reply.delta"), 0.5),
            "first_audio_p50_s": percentile(audio, 0.5),
            "first_audio_p95_s": percentile(audio, 0.95),
            **found,
            "first_mouth_p50_s": percentile(mouth, 0.5),
            "own_overhead_p50_ms": percentile(overhead, 0.5),
            "peak_memory_mb": sum(peak.values()),
            "turns": float(len(turns)),
        },
        {
            "first_text_p50_s": "< 1.3 s",
            "first_audio_p50_s": "< 1.8 s",
            "floor_gap_share": "< 0.15",
            "own_overhead_p50_ms": "< 40 ms",
            "peak_memory_mb": "< 4000 MB",
        },
        {
            "memory_mb": peak,
            # How long after the final transcript its words get their marks.
            "marks_after_transcript_p50_ms": percentile(marks, 0.5),
            "marks_after_transcript_p95_ms": percentile(marks, 0.95),
            "false_cutins": sum(turn.is_cut_in for turn in turns),
            "video": options.video,
            "turns_with_video": sum("video" in turn.at for turn in turns),
            "first_picture_p50_s": percentile(_seconds(turns, "video"), 0.5)
            if options.video
            else None,
            "outcomes": sorted({turn.outcome for turn in turns}),
            # Of each stage: in how many turns, and how long in the middle one of them.
            "stages_p50_ms": _stages(turns),
            "speech_s_p50": percentile([s.seconds for s in speeches], 0.5),
            "turns": [
                {
                    "speech": turn.speech,
                    "heard": turn.text,
                    "reply": turn.reply,
                    "first_audio_s": turn.after_speech_s("audio"),
                    "timing": turn.timing.get("stages", []),
                }
                for turn in turns
            ],
        },
        before=before,
    )


if __name__ == "__main__":
    main()
