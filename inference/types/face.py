"""The tutor's moving picture, as values.

Pictures lie on the reply's own audio timeline, on the same grid for all of its clauses:
picture number ``k`` belongs to ``k * 1000 / fps`` ms. Clauses that follow each other so give
pictures that follow each other, none twice and none missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .speech import SpeechChunk

FPS = 25
SIZE = 512
# What a tutor does besides waiting and speaking.
STATES = ("listening", "thinking")

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: ``pixels`` uint8 ``(height, width, 3)`` RGB, sides even.

    ``at_ms`` is its place on the reply's timeline, ``turn`` the tag of the reply.
    """

    pixels: Pixels
    at_ms: float
    turn: str


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One clause for a face to say.

    ``avatar`` names who speaks, ``talk`` whose talk it is, ``turn`` the reply. The clause
    begins ``start_ms`` into the reply. ``is_last`` says that no other follows; where that
    is not known yet it is False.
    """

    avatar: str
    talk: str
    turn: str
    speech: SpeechChunk
    start_ms: float
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """What a player has to know before the first byte: ``codec`` as ``avc1.64001f``."""

    codec: str
    width: int
    height: int
    fps: int


@dataclass(frozen=True, slots=True)
class VideoFragment:
    """A piece of video-only fragmented MP4: the init segment, or one fragment.

    ``start_ms`` is on the reply's timeline; an init segment has no ``frames`` and takes
    no time. It alone says its ``format``.
    """

    data: bytes
    start_ms: float
    duration_ms: float
    frames: int
    is_init: bool
    format: VideoFormat | None = None


@dataclass(frozen=True, slots=True)
class PreparedFrames:
    """An avatar that is ready to speak, and the pictures of it waiting, as a loop.

    ``idle`` are RGB pictures of one size. ``sha256`` is of everything that they depend on.
    ``states`` are what else it can be seen doing without speaking, see ``STATES``.
    """

    avatar: str
    sha256: str
    width: int
    height: int
    fps: int
    idle: tuple[Pixels, ...]
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedAvatar:
    """An avatar that is ready to speak. ``idle`` is a looping, video-only MP4.

    ``states`` are what else it can be seen doing without speaking, see ``STATES``.
    """

    avatar: str
    sha256: str
    width: int
    height: int
    fps: int
    idle: bytes
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AvatarRequest:
    """An avatar to be made ready, and which of its loops is wanted.

    ``state`` is one of ``STATES``, empty for waiting. Whoever asks has the loop of an
    avatar whose ``sha256`` is ``known``: that one is not sent again.
    """

    avatar: str
    state: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class AvatarLoop:
    """An avatar that is ready, as ``PreparedAvatar``, and the loop that was asked for.

    ``mp4`` is empty where whoever asked has it.
    """

    avatar: str
    sha256: str
    width: int
    height: int
    fps: int
    states: tuple[str, ...]
    mp4: bytes


def picture_numbers(start_ms: float, duration_ms: float, fps: int = FPS) -> range:
    """Return the numbers of the pictures that lie in a stretch of the reply.

    A picture on the end belongs to what follows. From the reply's beginning these are
    ``ceil(duration * fps)`` pictures.
    """
    step_ms = 1000.0 / fps
    # Times come rounded to a tenth of a millisecond, which must not add a picture.
    first = math.ceil(start_ms / step_ms - 1e-6)
    return range(
        first, max(first, math.ceil((start_ms + duration_ms) / step_ms - 1e-6))
    )
