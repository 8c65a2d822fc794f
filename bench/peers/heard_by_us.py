"""Our own turns as the floor of their models is measured: what was recognised, what was said."""

from __future__ import annotations

from collections.abc import Iterator

from bench.turn_floor import Answered, model_s
from bench.turns.speakers import RATE_HZ
from inference.types.audio import AudioClip

from .figures import System
from .lines import Talk

# What is kept before the voice, and the silence that a look waits for.
_BEFORE_S, _AFTER_S = 0.3, 0.16


def answered_by(talked: Talk, ours: System) -> Iterator[Answered]:
    """Yield the turns that were answered by sound."""
    for saying, judged in zip(talked.turns, ours.turns, strict=False):
        first_s = judged.turn.arrived_after_s
        if first_s is None or not judged.said:
            continue
        truth, pcm = saying.take.truth, saying.take.pcm
        begin = max(0, truth.begins - int(_BEFORE_S * RATE_HZ))
        end = truth.ends + int(_AFTER_S * RATE_HZ)
        clip = AudioClip(pcm[2 * begin : 2 * end], RATE_HZ)
        yield Answered(clip, judged.said[0], first_s, model_s(judged.timing))
