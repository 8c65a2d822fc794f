"""What the gate does with a phone model: right texts pass, other languages do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from inference.engines.scorers.frame_model import FrameModel
from inference.engines.scorers.gate import no_speech, speech_frames
from inference.engines.scorers.relative import BEATEN_BY, MOST, PROMPT_ABOVE, WORD_ABOVE
from inference.types.audio import FloatSamples

from .graphs import Float32
from .listening import classes, listen
from .utterances import RATE_HZ, Sounds

# How clearly another sound has to win before a phoneme is pointed at: the scorer's own
# choice and others beside it.
THRESHOLDS = tuple(sorted({8.0, 12.0, 16.0, BEATEN_BY}))
_NOISE_S = 4.0
# No clip here is too quiet: what fails, fails by its sound.
_LOUD = 1.0


def passing(
    cases: Iterable[tuple[Float32, Sounds]], model: FrameModel
) -> dict[str, object]:
    """Return how often the right text is refused at the gate's own thresholds.

    ``flags_a_sentence`` counts phonemes that would be pointed at without a reason.
    """
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    no_sound: list[bool] = []
    refused: list[bool] = []
    missed: list[bool] = []
    flags: dict[float, list[int]] = {threshold: [] for threshold in THRESHOLDS}
    for posteriors, words in cases:
        no_sound.append(no_speech(speech_frames(posteriors), _LOUD) is not None)
        heard = listen(posteriors, classes(words, class_of))
        refused.append(heard is None or float(heard.evidence.mean()) < PROMPT_ABOVE)
        if heard is None:
            continue
        missed.extend(heard.evidence < WORD_ABOVE)
        for threshold, counts in flags.items():
            counts.append(len(flagged(heard.gop, threshold)))
    if not refused:
        return {}
    return {
        "called_no_speech": float(np.mean(no_sound)),
        "right_text_refused": float(np.mean(refused)),
        "right_word_missed": float(np.mean(missed)),
        "flags_a_sentence": {
            f"{threshold:g}": float(np.mean(counts))
            for threshold, counts in flags.items()
        },
    }


def flagged(gop: Float32, threshold: float) -> frozenset[int]:
    """Return the phonemes that the scorer would point at."""
    weakest = (int(n) for n in np.argsort(gop)[:MOST])
    return frozenset(n for n in weakest if gop[n] < -threshold)


def foreign_refused(
    foreign: Mapping[str, Sequence[Float32]], texts: Sequence[Sounds], model: FrameModel
) -> dict[str, float]:
    """Return how much speech of other languages is refused against random texts.

    ``foreign`` holds posteriors of this model for speech of each other language.
    """
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    rng = np.random.default_rng(0)
    result = {}
    for language, clips in foreign.items():
        refused = []
        for posteriors in clips:
            words = classes(texts[int(rng.integers(len(texts)))], class_of)
            heard = listen(posteriors, words)
            refused.append(heard is None or float(heard.evidence.mean()) < PROMPT_ABOVE)
        result[f"{language}_refused"] = float(np.mean(refused))
    return result


def noise_called_speech(
    model: FrameModel, encode: Callable[[FloatSamples], Float32]
) -> list[str]:
    """Return the noises that pass for speech."""
    heard = {
        name: speech_frames(model.log_posteriors(encode(sound)))
        for name, sound in noises().items()
    }
    return [name for name, found in heard.items() if no_speech(found, _LOUD) is None]


def noises() -> dict[str, FloatSamples]:
    """Return sounds that are no speech: white and brown noise, a hum, a tone."""
    rng = np.random.default_rng(0)
    n = int(_NOISE_S * RATE_HZ)
    white = rng.standard_normal(n)
    brown = np.cumsum(white)
    brown -= np.convolve(brown, np.ones(400) / 400, "same")
    time = np.arange(n) / RATE_HZ
    harmonics = np.arange(1, 6)[:, None]
    hum = (np.sin(2 * np.pi * 50 * harmonics * time) / harmonics).sum(axis=0)
    sounds = {"white": white, "brown": brown, "hum": hum, "tone": np.sin(2764 * time)}
    return {
        name: (0.1 * sound / sound.std()).astype(np.float32)
        for name, sound in sounds.items()
    }
