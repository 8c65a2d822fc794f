"""Where tutors' voices are kept: clips below ``PRIVATE_ROOT``, never below a public URL.

Engines that speak after a clip read this folder at each request, so deleting the clip ends
its use. What they make of a clip is named by its key too and goes with it.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

FOLDER = "voices"
_KEY = re.compile(r"[0-9a-f]{32}")


def voices_folder() -> Path:
    """Return the folder; it may not be there yet."""
    return Path(settings.PRIVATE_ROOT) / FOLDER


def clip_file(key: str) -> Path:
    """Return where a voice's clip lies. Raises ValueError for what is no key."""
    if not _KEY.fullmatch(key):
        raise ValueError("a voice is named by 32 hexadecimal digits")
    return voices_folder() / f"{key}.wav"


def write_voice(key: str, *, wav: bytes, text: str) -> None:
    """Write a clip and the words in it, each whole or not at all. Raises OSError."""
    clip = clip_file(key)
    clip.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write(clip.with_suffix(".txt"), text.encode())
        _write(clip, wav)
    except OSError:
        delete_voice(key)
        raise


def delete_voice(key: str) -> None:
    """Delete a clip and all that was made of it; what is gone already is fine."""
    clip = clip_file(key)
    # The clip first: an engine that is making something of it looks for it at the end.
    clip.unlink(missing_ok=True)
    for made in clip.parent.glob(f"{key}.*"):
        made.unlink(missing_ok=True)


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
