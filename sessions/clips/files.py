"""The files of a clip: below ``PRIVATE_ROOT``, whole or not there."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path

import av
from PIL import Image

from ..recordings import absolute_path

CLIP, SPEECH, POSTER = "clip.mp4", "speech.flac", "poster.jpg"


def clip_file(folder: str, name: str) -> Path:
    """Return where a file of a clip lies."""
    return absolute_path(f"{folder}/{name}")


def write_file(folder: str, name: str, data: bytes) -> None:
    """Write one file of a clip. Raises OSError."""
    target = clip_file(folder, name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(part, target)
    finally:
        Path(part).unlink(missing_ok=True)


def delete_files(folder: str) -> None:
    """Delete all files of a clip; what is gone already is fine."""
    shutil.rmtree(absolute_path(folder), ignore_errors=True)


def poster_of(mp4: bytes) -> bytes:
    """Return the first picture of a video as JPEG."""
    with av.open(io.BytesIO(mp4), "r") as file:
        pixels = next(file.decode(video=0)).to_ndarray(format="rgb24")
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=85)
    return out.getvalue()
