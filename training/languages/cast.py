"""Who says what: the voices a phone model learns from."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np

from .programs import VoiceError, espeak, pico
from .utterances import Utterance

logger = logging.getLogger(__name__)

Sayer = Callable[[str, str, np.random.Generator], Utterance]
# Each sentence this often: Pico has one voice a language, and other pitches.
PROGRAMS: dict[str, tuple[Sayer, int]] = {"pico": (pico, 2), "espeak": (espeak, 1)}


def said_by_program(
    name: str, sentences: Sequence[str], language: str, seed: int
) -> list[Utterance]:
    """Return the sentences in a program's voices; ones it cannot say are left out."""
    sayer, times = PROGRAMS[name]
    spoken = []
    for number, text in enumerate(sentences):
        for time in range(times):
            rng = np.random.default_rng((seed, number, time))
            try:
                spoken.append(sayer(text, language, rng))
            except VoiceError as failure:
                logger.warning("%s, sentence %d: %s", name, number, failure)
    return spoken
