"""A turn detector that is scripted by how a sound ends."""

from __future__ import annotations

import numpy as np

from inference.types.audio import FloatSamples

SILENT_SAMPLES = 1600


class ScriptedTurns:
    """Takes what ends in a tenth of a second of silence for finished."""

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def end_probability(self, samples: FloatSamples) -> float | None:
        """Return 0.9 after silence, else 0.1."""
        end = samples[-SILENT_SAMPLES:]
        return 0.9 if not end.size or float(np.abs(end).max()) < 0.01 else 0.1
