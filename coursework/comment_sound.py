"""Where the voice of comments is kept: FLAC files below ``PRIVATE_ROOT``."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from inference.types.audio import AudioClip
from sessions.recordings import absolute_path, write_clip

FOLDER = "comments"


def comment_path(uuid: UUID) -> str:
    """Return the relative path of a comment's file."""
    return f"{FOLDER}/{uuid}.flac"


def keep_voice(clip: AudioClip, *, uuid: UUID) -> str:
    """Write a comment's sound; return its relative path. Raises OSError."""
    path = comment_path(uuid)
    write_clip(clip, path)
    return path


def voice_file(path: str) -> Path:
    """Return where a comment's sound lies."""
    return absolute_path(path)


def delete_voice(path: str) -> None:
    """Delete a comment's sound; one that is gone already is fine."""
    if path:
        absolute_path(path).unlink(missing_ok=True)
