"""Nobody listens for the end of a turn: words and pauses decide alone."""

from __future__ import annotations

from inference.types.audio import FloatSamples


class NoTurns:
    """Knows of no sound whether its speaker has finished."""

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def end_probability(self, samples: FloatSamples) -> float | None:
        """Return None: it cannot tell."""
        return None
