"""Clips of a source that draws for talks: every picture, in step with the whole speech."""

from __future__ import annotations

import io
import threading
from typing import Any

import av
import pytest

from inference.engines.avatars.clips.frame_clips import FrameClips
from inference.errors import StageError
from inference.types.clip import AvatarKind, Clip, ClipAvatar, ClipRequest
from tests.fakes.clips import said
from tests.fakes.faces import DrawnSource

TUTOR = ClipAvatar("tutor", AvatarKind.HEAD)


def clips(source: DrawnSource, version: str = "1") -> FrameClips:
    return FrameClips(source, name="drawn", kind=AvatarKind.HEAD, version=version)


def test_stretches_become_one_clip_without_a_gap() -> None:
    source = DrawnSource()
    request = ClipRequest(TUTOR, (said(0.5), said(0.33), said(1.2)))
    *steps, clip = clips(source).render(request, cancelled=threading.Event())
    assert isinstance(clip, Clip)
    assert clip.duration_ms == pytest.approx(request.duration_ms, abs=40)
    with av.open(io.BytesIO(clip.mp4), "r") as file:
        heights = [
            int((f.to_ndarray(format="rgb24")[:, 32, 0] > 150).sum())
            for f in file.decode(video=0)
        ]
    assert len(heights) == 51
    assert all(abs(h - (1 + n)) <= 1 for n, h in enumerate(heights[:60]))
    shares = [step.share for step in steps if not isinstance(step, Clip)]
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert len(shares) == 3
    assert len(source.released) == 1


def test_it_stops_between_two_pictures() -> None:
    source, stop = DrawnSource(), threading.Event()
    found: list[Any] = []
    for step in clips(source).render(ClipRequest(TUTOR, (said(5.0),)), cancelled=stop):
        found.append(step)
        if len(found) == 2:
            stop.set()
    assert not any(isinstance(step, Clip) for step in found)
    assert len(source.released) == 1


@pytest.mark.parametrize(
    "avatar",
    [ClipAvatar("nobody", AvatarKind.HEAD), ClipAvatar("tutor", AvatarKind.PORTRAIT)],
)
def test_who_cannot_be_drawn_is_a_failed_clip(avatar: ClipAvatar) -> None:
    with pytest.raises(StageError) as caught:
        list(
            clips(DrawnSource()).render(
                ClipRequest(avatar, (said(),)), cancelled=threading.Event()
            )
        )
    assert caught.value.code == "clip.failed"


def test_another_version_is_another_clip() -> None:
    first = clips(DrawnSource()).capabilities.fingerprint
    assert clips(DrawnSource(), "2").capabilities.fingerprint != first
