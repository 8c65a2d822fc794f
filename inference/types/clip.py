"""Speech rendered to one video file in its own time, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .speech import SpeechChunk


class AvatarKind(StrEnum):
    """What a tutor's face is made from."""

    HEAD = "head"
    PORTRAIT = "portrait"


@dataclass(frozen=True, slots=True)
class ClipAvatar:
    """Who speaks.

    ``picture`` is a PNG or JPEG of them: the portrait itself, or a still of a built-in
    head for engines that animate pictures; empty where there is none.
    """

    key: str
    kind: AvatarKind
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """Speech for an avatar to say: its stretches in order, all at one sample rate."""

    avatar: ClipAvatar
    speech: tuple[SpeechChunk, ...]

    @property
    def duration_ms(self) -> float:
        """Length of the speech in milliseconds."""
        return sum(chunk.clip.duration_ms for chunk in self.speech)


@dataclass(frozen=True, slots=True)
class ClipProgress:
    """How much of a clip is done: ``share`` is in [0, 1] and never falls."""

    share: float


@dataclass(frozen=True, slots=True)
class Clip:
    """A finished clip: an MP4 file that browsers play, with picture and sound.

    ``width`` and ``height`` are in pixels.
    """

    mp4: bytes
    width: int
    height: int
    fps: float
    duration_ms: float
