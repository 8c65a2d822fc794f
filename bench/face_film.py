"""Films sentences with a face renderer as it ships, and what filming them cost."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil

from inference.protocols import FaceRenderer
from inference.types.face import Pixels, RenderRequest, VideoFragment

from .face_landmarks import LandmarkFinder
from .face_mouth import Take
from .face_speech import Line


@dataclass(frozen=True, slots=True)
class Film:
    """A filmed sentence.

    ``arrivals_s`` are when its fragments came, since the request; ``cpu_s`` is the time of
    all processes for the whole of it, ``first_cpu_s`` until its first picture.
    """

    line: Line
    pictures: list[Pixels]
    arrivals_s: list[float]
    frames: list[int]
    bytes: int
    cpu_s: float
    first_cpu_s: float

    @property
    def seconds(self) -> float:
        """Length of what was filmed."""
        return self.line.speech.clip.duration_ms / 1000

    def gaps_ms(self, fps: int) -> Iterator[float]:
        """Yield the time between pictures for who begins to watch with the first."""
        shown_at = 0.0
        number = 0
        for arrival_s, count in zip(self.arrivals_s, self.frames, strict=True):
            for _ in range(count):
                due = self.arrivals_s[0] + number / fps
                now = max(due, arrival_s)
                if number:
                    yield 1000 * (now - shown_at)
                shown_at = now
                number += 1


def filmed(face: FaceRenderer, avatar: str, lines: Sequence[Line]) -> Iterator[Film]:
    """Yield each line as the avatar says it.

    The pause between two sentences lets the clocks of processes settle.
    """
    never = threading.Event()
    for number, line in enumerate(lines):
        time.sleep(0.1)
        request = RenderRequest(avatar, "bench", f"{number}.1", line.speech, 0.0, True)
        before = _cpu_s()
        begun = time.monotonic()
        first_cpu_s = 0.0
        fragments: list[VideoFragment] = []
        arrivals: list[float] = []
        for fragment in face.stream(request, cancelled=never):
            fragments.append(fragment)
            if fragment.is_init:
                continue
            arrivals.append(time.monotonic() - begun)
            first_cpu_s = first_cpu_s or _cpu_s() - before
        cpu_s = _cpu_s() - before
        yield Film(
            line=line,
            pictures=decoded(fragment.data for fragment in fragments),
            arrivals_s=arrivals,
            frames=[fragment.frames for fragment in fragments if not fragment.is_init],
            bytes=sum(len(fragment.data) for fragment in fragments),
            cpu_s=cpu_s,
            first_cpu_s=first_cpu_s,
        )


def take_of(film: Film, finder: LandmarkFinder, fps: int) -> Take:
    """Return the mouth of a film, as landmarks see it."""
    openings = finder.openings(film.pictures)
    times = np.arange(len(openings)) * 1000.0 / fps
    return Take(film.line.text, film.line.speech.phonemes, times, openings)


def decoded(pieces: Iterator[bytes]) -> list[Pixels]:
    """Return the pictures of a fragmented MP4, as a player shows them."""
    import av  # noqa: PLC0415 only benches of faces need it

    container: Any = av.open(io.BytesIO(b"".join(pieces)))
    with container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def stops_ms(face: FaceRenderer, avatar: str, line: Line, count: int) -> list[float]:
    """Return how long after an interruption the last picture of a reply came, each time.

    The interruptions come at different moments of the line.
    """
    found = []
    for number in range(count):
        stop = threading.Event()
        request = RenderRequest(avatar, "bench", f"stop.{number}", line.speech, 0.0)
        stopped_at = last_at = 0.0
        for seen, _ in enumerate(face.stream(request, cancelled=stop)):
            last_at = time.monotonic()
            if seen == 5 + 2 * number:
                stopped_at = time.monotonic()
                stop.set()
        if stopped_at:
            found.append(1000 * max(0.0, last_at - stopped_at))
    return found


def idle_cpu_share(seconds: float) -> float:
    """Return the share of one core that the renderer takes while nobody speaks."""
    before, begun = _cpu_s(), time.monotonic()
    time.sleep(seconds)
    return (_cpu_s() - before) / (time.monotonic() - begun)


def _cpu_s() -> float:
    """Return the CPU time of this process and its children: the renderer is among them."""
    this = psutil.Process(os.getpid())
    total = 0.0
    for process in (this, *this.children(recursive=True)):
        try:
            if "face_landmark_process" in " ".join(process.cmdline()):
                continue
            times = process.cpu_times()
            total += times.user + times.system
        except psutil.Error:
            continue
    return total
