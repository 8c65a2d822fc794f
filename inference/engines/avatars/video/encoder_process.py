"""The encoder in a process of its own: pictures on stdin, fragments on stdout.

Messages (``inference.framing``): ``encode`` (width, height, fps) opens a call, ``picture``
(number; payload: RGB) adds to it, ``finish`` ends it. Answers are ``fragment`` with the
fields of a VideoFragment. ``loop`` (width, height, fps) and its pictures are answered by
one ``file``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from inference.engines.avatars.video.fragments import FragmentEncoder
from inference.engines.avatars.video.looping import looping_mp4
from inference.framing import Header
from inference.serving import Answers, Inbox, serve
from inference.types.face import Pixels, VideoFragment


def encode(inbox: Inbox) -> Answers:
    """Answer a stretch of pictures with fragments."""
    asked = inbox.opener[0]
    encoder = FragmentEncoder(
        width=asked["width"], height=asked["height"], fps=asked["fps"]
    )
    for number, pixels in _pictures(inbox):
        yield from map(fragment_message, encoder.add(number, pixels))
    if not inbox.cancelled.is_set():
        yield from map(fragment_message, encoder.finish())


def loop(inbox: Inbox) -> Answers:
    """Answer a loop of pictures with one file."""
    pictures = (pixels for _number, pixels in _pictures(inbox))
    yield {"kind": "file"}, looping_mp4(pictures, fps=inbox.opener[0]["fps"])


def fragment_message(fragment: VideoFragment) -> tuple[Header, bytes]:
    """Return a fragment as a message."""
    fields = {
        "start_ms": fragment.start_ms,
        "duration_ms": fragment.duration_ms,
        "frames": fragment.frames,
        "is_init": fragment.is_init,
        "format": asdict(fragment.format) if fragment.format else None,
    }
    return {"kind": "fragment", **fields}, fragment.data


def _pictures(inbox: Inbox) -> Iterator[tuple[int, Pixels]]:
    size = (inbox.opener[0]["height"], inbox.opener[0]["width"], 3)
    for header, payload in inbox:
        yield header["number"], np.frombuffer(payload, np.uint8).reshape(size)


if __name__ == "__main__":
    serve({"encode": encode, "loop": loop}, ready={})
