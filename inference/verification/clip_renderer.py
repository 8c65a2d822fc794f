"""What every clip renderer keeps to."""

from __future__ import annotations

import io
import time
from threading import Event

import av

from inference.errors import StageError
from inference.protocols import ClipRenderer
from inference.types.clip import (
    AvatarKind,
    Clip,
    ClipAvatar,
    ClipProgress,
    ClipRequest,
)
from inference.types.speech import SpeechChunk

from .checks import Check, expect
from .material import Material, cancelled
from .pictures import grey_picture

_LATE_MS = 200.0
_STOPS_WITHIN_S = 15.0


def _request(engine: ClipRenderer, material: Material) -> ClipRequest:
    kinds = engine.capabilities.avatars
    kind = AvatarKind.PORTRAIT if AvatarKind.PORTRAIT in kinds else AvatarKind.HEAD
    avatar = ClipAvatar(material.avatar, kind, material.picture)
    return ClipRequest(avatar, (SpeechChunk(material.speech, ()),))


def _says_what_it_can(engine: ClipRenderer, material: Material) -> None:
    first, again = engine.capabilities, engine.capabilities
    expect(bool(first.avatars), "there is nobody that it can render")
    expect(bool(first.fingerprint), "there is no fingerprint")
    expect(first == again, "asked twice it can do something else")


def _renders(engine: ClipRenderer, material: Material) -> None:
    request = _request(engine, material)
    *steps, clip = engine.render(request, cancelled=Event())
    expect(isinstance(clip, Clip), "the last result is no clip")
    expect(bool(steps), "there was no progress")
    shares = [step.share for step in steps if isinstance(step, ClipProgress)]
    expect(len(shares) == len(steps), "something that is no progress came first")
    expect(shares == sorted(shares), "progress fell")
    expect(shares[0] >= 0.0 and shares[-1] <= 1.0, "progress is not in [0, 1]")
    if isinstance(clip, Clip):
        _can_be_played(clip, request)


def _can_be_played(clip: Clip, request: ClipRequest) -> None:
    with av.open(io.BytesIO(clip.mp4), "r") as file:
        codecs = {s.type: s.codec_context.name for s in file.streams}
        pictures = len(list(file.decode(video=0)))
    expect(codecs == {"video": "h264", "audio": "aac"}, f"browsers: {codecs}")
    expect(clip.width % 2 == clip.height % 2 == 0, "an odd side")
    late_ms = abs(1000.0 * pictures / clip.fps - request.duration_ms)
    expect(late_ms <= _LATE_MS, f"the video ends {late_ms:.0f} ms beside the speech")


def _stops(engine: ClipRenderer, material: Material) -> None:
    request = _request(engine, material)
    found = list(engine.render(request, cancelled=cancelled()))
    expect(not any(isinstance(r, Clip) for r in found), "a cancelled call rendered")
    flag, started = Event(), 0.0
    for _ in engine.render(request, cancelled=flag):
        if not flag.is_set():
            flag.set()
            started = time.monotonic()
    took_s = time.monotonic() - started
    expect(took_s < _STOPS_WITHIN_S, f"it went on for {took_s:.0f} s")


def _needs_a_face(engine: ClipRenderer, material: Material) -> None:
    if AvatarKind.PORTRAIT not in engine.capabilities.avatars:
        return
    avatar = ClipAvatar("nobody", AvatarKind.PORTRAIT, grey_picture())
    request = ClipRequest(avatar, (SpeechChunk(material.speech, ()),))
    try:
        found = list(engine.render(request, cancelled=Event()))
    except StageError as error:
        expect(error.code in ("clip.no_face", "clip.failed"), error.code)
        return
    expect(not any(isinstance(r, Clip) for r in found), "a wall spoke")


CHECKS = (
    Check("says what it can do", _says_what_it_can),
    Check("renders speech that can be played", _renders),
    Check("stops when it is cancelled", _stops),
    Check("refuses a picture without a face", _needs_a_face),
)
