"""Mouth cues from phonemes: the animator of faces drawn by the browser."""

from __future__ import annotations

from collections.abc import Iterator

from inference.protocols import Cancelled
from inference.types.speech import Animation, AnimationRequest

from .cue_timing import mouth_cues


class Visemes:
    """Turns phoneme times into mouth shapes. Needs no model."""

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def animate(
        self, request: AnimationRequest, *, cancelled: Cancelled
    ) -> Iterator[Animation]:
        """Return the cues of the whole chunk at once."""
        if cancelled.is_set():
            return
        speech = request.speech
        yield Animation(mouth_cues(speech.phonemes, speech.clip.duration_ms))
