"""What every face renderer keeps to: video that can be played, in order and in time."""

from __future__ import annotations

import time
from itertools import pairwise
from threading import Event

from inference.errors import StageError
from inference.protocols import FaceRenderer
from inference.types.face import FPS, RenderRequest, VideoFragment, picture_numbers

from .checks import Check, expect
from .frame_source import babble, some_avatar
from .material import Material, cancelled

_STEP_MS = 1000 / FPS


def _clause(engine: FaceRenderer, start_ms: float, duration_ms: float) -> RenderRequest:
    avatar = some_avatar(engine.capabilities.avatars)
    return RenderRequest(avatar, "talk", "1.0", babble(duration_ms), start_ms)


def _prepares(engine: FaceRenderer, material: Material) -> None:
    expect(engine.capabilities.streams > 0, "it keeps up with no reply at all")
    avatar = some_avatar(engine.capabilities.avatars)
    found = engine.prepare(avatar, cancelled=Event())
    expect(found.avatar == avatar, "another avatar was prepared")
    expect(found.idle[4:8] == b"ftyp", "the waiting loop is no MP4")
    again = engine.prepare(avatar, cancelled=Event())
    expect(again.sha256 == found.sha256, "the same avatar has another hash")


def _has_its_states(engine: FaceRenderer, material: Material) -> None:
    avatar = some_avatar(engine.capabilities.avatars)
    found = engine.prepare(avatar, cancelled=Event())
    for state in found.states:
        clip = engine.loop(avatar, state, cancelled=Event())
        expect(clip[4:8] == b"ftyp", f"the loop of {state} is no MP4")
        expect(clip != found.idle, f"{state} is the loop of waiting")
    try:
        engine.loop(avatar, "flying", cancelled=Event())
    except StageError as error:
        expect(error.code == "video.failed", f"the code is {error.code}")
    else:
        expect(False, "a state nobody knows has a loop")


def _refuses_strangers(engine: FaceRenderer, material: Material) -> None:
    try:
        engine.prepare("nobody-of-that-name", cancelled=Event())
    except StageError as error:
        expect(error.code == "video.failed", f"the code is {error.code}")
    else:
        expect(False, "an avatar nobody knows was prepared")


def _streams(engine: FaceRenderer, material: Material) -> None:
    start_ms = 0.0
    for duration_ms in (500.0, 333.3):
        request = _clause(engine, start_ms, duration_ms)
        found = list(engine.stream(request, cancelled=Event()))
        expect(found[0].is_init, "a clause does not begin with an init segment")
        _follow(found[1:], request)
        start_ms += request.speech.clip.duration_ms
    engine.release("talk")


def _follow(fragments: list[VideoFragment], request: RenderRequest) -> None:
    duration_ms = request.speech.clip.duration_ms
    numbers = picture_numbers(request.start_ms, duration_ms)
    expect(not any(each.is_init for each in fragments), "a second init segment came")
    n = sum(each.frames for each in fragments)
    expect(n == len(numbers), f"{n} of {len(numbers)} pictures")
    early_ms = abs(fragments[0].start_ms - numbers[0] * _STEP_MS)
    expect(early_ms < 1, "the first picture has another time")
    for one, following in pairwise(fragments):
        gap_ms = abs(one.start_ms + one.duration_ms - following.start_ms)
        expect(gap_ms < 1, "fragments leave a gap")


def _stops(engine: FaceRenderer, material: Material) -> None:
    found = list(engine.stream(_clause(engine, 0.0, 500.0), cancelled=cancelled()))
    expect(found == [], "a cancelled call gave video")


def _keeps_up(engine: FaceRenderer, material: Material) -> str:
    request = _clause(engine, 0.0, 2000.0)
    began = time.monotonic()
    first_s, n = 0.0, 0
    for fragment in engine.stream(request, cancelled=Event()):
        if fragment.frames and not n:
            first_s = time.monotonic() - began
        n += fragment.frames
    fps = n / (time.monotonic() - began)
    engine.release("talk")
    words = f"{fps:.0f} pictures a second, the first after {1000 * first_s:.0f} ms"
    expect(fps >= FPS, f"{words}: too slow for live video")
    return words


CHECKS = (
    Check("prepares an avatar once", _prepares),
    Check("has a loop for each of its states", _has_its_states),
    Check("refuses avatars nobody knows", _refuses_strangers),
    Check("streams each picture of a reply once", _streams),
    Check("stops at once when cancelled", _stops),
    Check("keeps up with 25 pictures a second", _keeps_up),
)
