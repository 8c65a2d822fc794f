"""Still pictures, and the faces in them, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face: its rectangle in pixels of the picture, and how sure it is, in [0, 1]."""

    left: float
    top: float
    width: float
    height: float
    score: float
