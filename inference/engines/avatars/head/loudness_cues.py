"""Mouth cues from loudness alone: for voices that do not say when which sound is."""

from __future__ import annotations

import numpy as np

from inference.types.audio import AudioClip
from inference.types.speech import Viseme, VisemeCue

STEP_MS = 80.0
# Shares of the clip's loudest step: below the first the mouth is shut.
_SHUT, _WIDE = 0.08, 0.45
_SILENCE = 1e-3


def loudness_cues(clip: AudioClip) -> tuple[VisemeCue, ...]:
    """Return cues from the clip's start to its end: shut, half open or open."""
    duration_ms = clip.duration_ms
    samples = clip.as_float32()
    step = max(1, round(clip.sample_rate_hz * STEP_MS / 1000))
    levels = [
        float(np.sqrt(np.mean(np.square(samples[at : at + step]))))
        for at in range(0, len(samples), step)
    ]
    loudest = max([_SILENCE, *levels])
    cues: list[VisemeCue] = []
    for number, level in enumerate(levels):
        start_ms = number * STEP_MS
        end_ms = min(duration_ms, start_ms + STEP_MS)
        viseme = _shape(level / loudest)
        if cues and cues[-1].viseme is viseme:
            cues[-1] = VisemeCue(viseme, cues[-1].start_ms, end_ms)
        elif end_ms > start_ms:
            cues.append(VisemeCue(viseme, start_ms, end_ms))
    return tuple(cues)


def _shape(share: float) -> Viseme:
    if share < _SHUT:
        return Viseme.SIL
    return Viseme.AA if share > _WIDE else Viseme.E
