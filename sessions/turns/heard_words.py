"""How sure a recogniser is of the end of what was said."""

from __future__ import annotations

from inference.types.speech import Transcript


def last_confidence(transcript: Transcript) -> float | None:
    """Return how sure it is of the last word, in [0, 1]; None: it does not say.

    Engines without confidences give every word the same one.
    """
    said = [word.confidence for word in transcript.words]
    if not said or (len(said) > 1 and len(set(said)) == 1):
        return None
    return said[-1]
