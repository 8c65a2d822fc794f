"""What every turn detector keeps to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from inference.turn_protocols import TurnDetector

from .checks import Check, expect
from .material import Material

RATE_HZ = 16_000


def _takes_any_length(engine: TurnDetector, material: Material) -> None:
    speech = material.speech.as_float32()
    for seconds in (0.0, 0.03, 0.4, 30.0):
        size = int(RATE_HZ * seconds)
        found = engine.end_probability(np.resize(speech, size))
        expect(
            found is None or (isinstance(found, float) and 0 <= found <= 1),
            f"{seconds} s of sound give {found!r}",
        )


def _only_listens(engine: TurnDetector, material: Material) -> None:
    speech = material.speech.as_float32()
    before = speech.copy()
    engine.end_probability(speech)
    expect(bool(np.array_equal(speech, before)), "the sound was changed")


def _says_the_same_again(engine: TurnDetector, material: Material) -> None:
    speech = material.speech.as_float32()
    first = engine.end_probability(speech)
    engine.end_probability(speech[: speech.size // 2])
    expect(
        engine.end_probability(speech) == first, "the same sound gives another answer"
    )


def _serves_several(engine: TurnDetector, material: Material) -> None:
    speech = material.speech.as_float32()
    sounds = [speech[: speech.size * part // 4] for part in (1, 2, 3, 4)]
    alone = [engine.end_probability(sound) for sound in sounds]
    with ThreadPoolExecutor(len(sounds)) as pool:
        together = list(pool.map(engine.end_probability, sounds))
    expect(together == alone, "talks at the same time disturb each other")


CHECKS = (
    Check("takes a sound of any length", _takes_any_length),
    Check("only listens", _only_listens),
    Check("says the same again", _says_the_same_again),
    Check("serves several at a time", _serves_several),
)
