"""The avatar of a clip, as its engine takes it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders

from inference.types.clip import AvatarKind, ClipAvatar

from ..recordings import absolute_path

if TYPE_CHECKING:
    from learners.models import Avatar


def head_file(key: str, suffix: str) -> Path | None:
    """Return a file of a built-in head (``glb``, ``jpg``), None where there is none."""
    found = finders.find(f"inference/tutors/{key}.{suffix}")
    return Path(found) if isinstance(found, str) else None


def clip_avatar(avatar: Avatar) -> ClipAvatar:
    """Return who speaks. Raises OSError if a portrait's file is gone."""
    if avatar.path:
        picture = absolute_path(avatar.path).read_bytes()
        return ClipAvatar(avatar.key, AvatarKind.PORTRAIT, picture)
    still = head_file(avatar.key, "jpg")
    return ClipAvatar(avatar.key, AvatarKind.HEAD, still.read_bytes() if still else b"")


def face_digest(avatar: Avatar) -> str:
    """Return the hash of who is shown: of the portrait, or of the head's files."""
    if avatar.sha256:
        return avatar.sha256
    digest = hashlib.sha256(avatar.key.encode())
    for suffix in ("glb", "jpg"):
        file = head_file(avatar.key, suffix)
        digest.update(file.read_bytes() if file else b"")
    return digest.hexdigest()
