"""The sound of a teacher's instructions: kept below PRIVATE_ROOT, deleted with its use.

A sound is stored when it was recorded, before the form around it is sent. Until then a
signed name stands for it, so that nobody can name another file.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core import signing

from inference.types.audio import AudioClip
from sessions.recordings import absolute_path, delete_file, write_clip

from ..models import Assignment

FOLDER = "instructions"
_SALT = "coursework.instructions"
# A form that is open longer than this has lost its recording.
_WAITS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class KeptVoice:
    """A stored sound: its relative path, and how long it is."""

    path: str
    duration_ms: int


def keep_voice(clip: AudioClip, *, now: datetime) -> str:
    """Store a sound; return the signed name to send with the form. Raises OSError."""
    delete_unused(now=now)
    path = f"{FOLDER}/{uuid4()}.flac"
    write_clip(clip, path)
    return signing.dumps([path, round(clip.duration_ms)], salt=_SALT)


def read_voice(token: str) -> KeptVoice | None:
    """Return what a signed name stands for, None where it is forged or gone."""
    try:
        path, duration_ms = signing.loads(token, salt=_SALT, max_age=_WAITS)
        voice = KeptVoice(str(path), int(duration_ms))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return voice if absolute_path(voice.path).is_file() else None


def copy_instructions(path: str) -> str:
    """Copy a sound for another assignment; return its path, ``""`` where there is none."""
    if not path or not absolute_path(path).is_file():
        return ""
    copy = f"{FOLDER}/{uuid4()}.flac"
    shutil.copyfile(absolute_path(path), absolute_path(copy))
    return copy


def delete_instructions(path: str) -> None:
    """Delete a sound that no assignment has any more."""
    if path and not Assignment.objects.filter(instructions_path=path).exists():
        delete_file(path)


def delete_unused(*, now: datetime) -> int:
    """Delete the sounds of forms that were never sent; return how many."""
    folder = absolute_path(FOLDER)
    if not folder.is_dir():
        return 0
    oldest = (now - _WAITS).timestamp()
    deleted = 0
    for file in folder.glob("*.flac"):
        if file.stat().st_mtime >= oldest:
            continue
        path = f"{FOLDER}/{file.name}"
        if not Assignment.objects.filter(instructions_path=path).exists():
            file.unlink(missing_ok=True)
            deleted += 1
    return deleted
