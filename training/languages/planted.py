"""Planted mistakes: voices say one wrong sound, and the model is to hear which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from inference.engines.scorers.frame_model import FrameModel
from inference.phonetics.pronunciation import Pronouncer
from inference.types.audio import FloatSamples

from .confusable import most_like
from .diphone_signs import VOICES, sayable
from .diphones import Said, first_sayable, say
from .gate_checks import THRESHOLDS, flagged
from .graphs import Float32
from .listening import classes, listen
from .programs import VoiceError

_A_VOICE = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """A sentence for a voice, the number of a phoneme in it, and what is said instead."""

    text: str
    voice: str
    said: Said
    number: int
    instead: str


def planted_figures(
    language: str,
    sentences: Sequence[str],
    pronouncer: Pronouncer,
    model: FrameModel,
    encode: Callable[[FloatSamples], Float32],
    seed: int,
) -> dict[str, object]:
    """Return how well one wrong sound in a sentence is found, by MBROLA's voices.

    Each sentence is said twice: rightly, and with a sound in place of one like it.
    """
    rng = np.random.default_rng(seed)
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    right, wrong, places = [], [], []
    for plan in _plans(language, sentences, pronouncer, frozenset(class_of), rng):
        words = classes([w.phonemes for w in plan.said.words], class_of)
        heard = []
        for instead in ({}, {plan.number: plan.instead}):
            # The same pitch and pace both times.
            told = np.random.default_rng(seed)
            try:
                sound = say(
                    plan.said, plan.text, language, plan.voice, told, instead=instead
                )
            except VoiceError:
                # MBROLA hangs on a few pairs of phones that its recordings lack.
                break
            heard.append(listen(model.log_posteriors(encode(sound.samples)), words))
        if len(heard) < 2:
            continue
        if heard[0] is not None and heard[1] is not None:
            right.append(heard[0].gop)
            wrong.append(heard[1].gop)
            places.append(plan.number)
    at = [float(gop[n]) for gop, n in zip(wrong, places, strict=True)]
    all_right = np.concatenate(right)
    truth = [1] * len(all_right) + [0] * len(at)
    return {
        "sentences": len(right),
        "planted_sound_auc": float(roc_auc_score(truth, [*all_right, *at])),
        "planted_sound_flagged": {
            f"{threshold:g}": float(
                np.mean(
                    [
                        n in flagged(g, threshold)
                        for g, n in zip(wrong, places, strict=True)
                    ]
                )
            )
            for threshold in THRESHOLDS
        },
    }


def _plans(
    language: str,
    sentences: Sequence[str],
    pronouncer: Pronouncer,
    known: frozenset[str],
    rng: np.random.Generator,
) -> Iterator[Plan]:
    for voice in VOICES[language]:
        for text in rng.permutation(sorted(sentences))[:_A_VOICE]:
            said = first_sayable(pronouncer.pronounce(text), text, language, voice)
            if said is None or not known.issuperset(said.phonemes):
                continue
            number = int(rng.integers(len(said.phonemes)))
            own = sayable(language, voice, said.phonemes[number])
            near = [
                p
                for p in most_like(said.phonemes[number], sorted(known))
                if sayable(language, voice, p) not in (None, own)
            ]
            if near:
                other = near[int(rng.integers(len(near)))]
                yield Plan(str(text), voice, said, number, other)
