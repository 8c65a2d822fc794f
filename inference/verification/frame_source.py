"""What every frame source keeps to: pictures in order, on the grid, gone once unwanted."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event

import numpy as np

from inference.errors import StageError
from inference.protocols import FrameSource
from inference.types.audio import AudioClip
from inference.types.face import FPS, Frame, RenderRequest, picture_numbers
from inference.types.speech import PhonemeSpan, SpeechChunk

from .checks import Check, expect
from .material import Material, cancelled

_RATE_HZ = 22_050
_STEP_MS = 1000 / FPS


def babble(duration_ms: float) -> SpeechChunk:
    """Return sound like speech: syllables of /ba/, then a rest of a tenth."""
    n = round(duration_ms * _RATE_HZ / 1000)
    at_s = np.arange(n) / _RATE_HZ
    voice = 0.3 * np.sin(2 * np.pi * 140 * at_s) * np.abs(np.sin(2 * np.pi * 2 * at_s))
    spoken_ms = 0.9 * duration_ms
    voice[at_s * 1000 >= spoken_ms] = 0.0
    edges = [*np.arange(0.0, spoken_ms, 125.0), spoken_ms]
    spans = [
        PhonemeSpan("ba"[i % 2], float(begin), float(end))
        for i, (begin, end) in enumerate(pairwise(edges))
    ]
    spans.append(PhonemeSpan("", spoken_ms, duration_ms))
    clip = AudioClip.from_float32(voice.astype(np.float32), _RATE_HZ)
    return SpeechChunk(clip, tuple(spans))


def some_avatar(avatars: frozenset[str]) -> str:
    """Return an avatar to try. Raises Broken where there is none."""
    expect(bool(avatars), "there is no avatar to try: the folder of portraits is empty")
    return min(avatars)


def clause(
    source: FrameSource,
    *,
    talk: str = "talk",
    turn: str = "1.0",
    start_ms: float = 0.0,
    duration_ms: float = 600.0,
) -> RenderRequest:
    """Return a clause of babble for an avatar of the source."""
    avatar = some_avatar(source.capabilities.avatars)
    return RenderRequest(avatar, talk, turn, babble(duration_ms), start_ms)


def _prepares(source: FrameSource, material: Material) -> None:
    avatar = some_avatar(source.capabilities.avatars)
    first = source.prepare(avatar, cancelled=Event())
    expect(first.avatar == avatar, "another avatar was prepared")
    expect(re.fullmatch("[0-9a-f]{64}", first.sha256) is not None, "no SHA-256")
    expect(first.fps == FPS, f"{first.fps} pictures a second")
    expect(first.width % 2 == 0 and first.height % 2 == 0, "the sides are not even")
    expect(len(first.idle) >= FPS, "the waiting loop is shorter than a second")
    for pixels in first.idle:
        expect(pixels.dtype == np.uint8, "pixels are not uint8")
        expect(pixels.shape == (first.height, first.width, 3), "another size")
    began = time.monotonic()
    again = source.prepare(avatar, cancelled=Event())
    expect(again.sha256 == first.sha256, "the same avatar has another hash")
    expect(time.monotonic() - began < 1.0, "the second call prepares again")


def _refuses_strangers(source: FrameSource, material: Material) -> None:
    for name in ("nobody-of-that-name", "../up", ""):
        try:
            source.prepare(name, cancelled=Event())
        except StageError as error:
            expect(error.code == "video.failed", f"the code is {error.code}")
        else:
            expect(False, f"{name!r} was prepared")


def _on_the_grid(source: FrameSource, material: Material) -> None:
    size = source.prepare(some_avatar(source.capabilities.avatars), cancelled=Event())
    start_ms, numbers = 0.0, []
    for i, duration_ms in enumerate((260.0, 20.0, 333.3, 1.0, 180.4)):
        request = clause(source, start_ms=start_ms, duration_ms=duration_ms)
        found = list(source.frames(request, cancelled=Event()))
        clip_ms = request.speech.clip.duration_ms
        expected = picture_numbers(start_ms, clip_ms)
        expect(len(found) == len(expected), f"clause {i}: {len(found)} pictures")
        for frame, number in zip(found, expected, strict=True):
            expect(abs(frame.at_ms - number * _STEP_MS) < 1e-6, "not on the grid")
            expect(frame.turn == request.turn, "the tag of another reply")
            _fits(frame, size.height, size.width)
        numbers += [round(frame.at_ms / _STEP_MS) for frame in found]
        start_ms += clip_ms
    expect(numbers == list(range(len(numbers))), "a picture is missing or doubled")
    source.release("talk")


def _fits(frame: Frame, height: int, width: int) -> None:
    expect(frame.pixels.dtype == np.uint8, "pixels are not uint8")
    expect(frame.pixels.shape == (height, width, 3), "a picture of another size")
    expect(frame.pixels.flags.c_contiguous, "pixels do not lie in order")


def _stops(source: FrameSource, material: Material) -> None:
    request = clause(source)
    found = list(source.frames(request, cancelled=cancelled()))
    expect(found == [], "a cancelled call gave pictures")
    stop = Event()
    frames = source.frames(clause(source, duration_ms=2000.0), cancelled=stop)
    next(frames)
    stop.set()
    later = len(list(frames))
    expect(later <= 1, f"{later} pictures came after it was cancelled")


def _serves_two(source: FrameSource, material: Material) -> None:
    def watch(talk: str) -> list[Frame]:
        request = clause(source, talk=talk, turn=f"{talk}.0")
        return list(source.frames(request, cancelled=Event()))

    with ThreadPoolExecutor(2) as threads:
        for talk, frames in zip("ab", threads.map(watch, "ab"), strict=True):
            expect(len(frames) == 15, f"{len(frames)} of 15 pictures")
            expect({frame.turn for frame in frames} == {f"{talk}.0"}, "tags mixed up")
            source.release(talk)
    source.release("nobody ever talked so")


def _keeps_up(source: FrameSource, material: Material) -> str:
    request = clause(source, talk="speed", duration_ms=2000.0)
    began = time.monotonic()
    first_s, n = 0.0, 0
    for _frame in source.frames(request, cancelled=Event()):
        first_s = first_s or time.monotonic() - began
        n += 1
    fps = n / (time.monotonic() - began)
    source.release("speed")
    expect(n == 2 * FPS, f"{n} pictures for two seconds")
    expect(fps >= FPS, f"{fps:.1f} pictures a second: too slow for live video")
    return f"{fps:.0f} pictures a second, the first after {1000 * first_s:.0f} ms"


CHECKS = (
    Check("prepares an avatar once", _prepares),
    Check("refuses avatars nobody knows", _refuses_strangers),
    Check("gives each picture of a reply once", _on_the_grid),
    Check("stops at once when cancelled", _stops),
    Check("serves two talks at the same time", _serves_two),
)
# For hosts that are to be quick enough, not for tests on tiny models.
LIVE_CHECKS = (*CHECKS, Check("keeps up with 25 pictures a second", _keeps_up))
