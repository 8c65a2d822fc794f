"""What is asked of an engine that hears the end of turns."""

from __future__ import annotations

from typing import Protocol

from .protocols import Engine
from .types.audio import FloatSamples


class TurnDetector(Engine, Protocol):
    """Hears whether somebody who fell silent has finished."""

    def end_probability(self, samples: FloatSamples) -> float | None:
        """Return the probability in [0, 1] that the turn is over; None: cannot tell.

        ``samples`` are 16 kHz: the turn so far, however long, with the silence after it.
        """
        ...
