"""A portrait that is ready to speak."""

from __future__ import annotations

from dataclasses import dataclass

from inference.types.face import FPS, Pixels

from .architecture import Halves, Mask
from .face_shape import Box


@dataclass(frozen=True, slots=True)
class Pose:
    """One picture of the portrait.

    ``pixels`` is the whole, uint8 ``(height, width, 3)`` RGB. The face is in ``box``;
    ``mask`` has its size, ``latents`` are ``(8, 32, 32)``.
    """

    pixels: Pixels
    box: Box
    mask: Mask
    latents: Halves


@dataclass(frozen=True, slots=True)
class PreparedFace:
    """All pictures of a portrait, in order, shown forwards and backwards in turn.

    ``sha256`` is of everything that they depend on.
    """

    sha256: str
    poses: tuple[Pose, ...]

    def pose(self, number: int) -> Pose:
        """Return the pose of picture ``number`` of a reply."""
        return self.poses[turning(number, len(self.poses))]

    @property
    def idle(self) -> tuple[Pixels, ...]:
        """The pictures of a loop without a jump, at least a second."""
        n = len(self.poses)
        once = max(1, 2 * n - 2)
        rounds = -(-FPS // once)
        return tuple(self.pose(i).pixels for i in range(once * rounds))


def turning(number: int, n: int) -> int:
    """Return where a walk over ``n`` places is after ``number`` steps.

    It turns round at both ends without standing still: 0 1 2 1 0 1 ... for three.
    """
    if n == 1:
        return 0
    at = number % (2 * n - 2)
    return at if at < n else 2 * n - 2 - at
