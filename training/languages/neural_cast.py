"""What Kokoro says: sentences once each, by changing speakers, at times another form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inference.phonetics.pronunciation import PromptWord, Pronouncer, Variant

from .kokoro import SPEAKERS, Kokoro, Style
from .utterances import Utterance

# One word in five takes any of its forms, so that rarer ones are heard too.
_OTHER_FORM = 0.2
_AMERICAN = 0.5
# Which sentences it says. German is none of its languages: it says enough for the aligner
# to learn when phones begin, and not more.
EVERY = {"es": 1, "fr": 1, "de": 6}
_OLD_WORLD = frozenset(["θ", "ʎ"])


def neural_utterances(
    sentences: Sequence[str], pronouncer: Pronouncer, work: Path, seed: int
) -> list[Utterance]:
    """Return each sentence once; what has no known pronunciation is left out."""
    voice = Kokoro(work)
    spoken = []
    for number, text in enumerate(sentences):
        rng = np.random.default_rng((seed, number))
        words = pronouncer.pronounce(text)
        if not words or not all(word.variants for word in words):
            continue
        american = bool(rng.random() < _AMERICAN)
        tokens = text.split()
        said = [(_form(word, american, rng), tokens[word.index][-1]) for word in words]
        spoken.append(voice.say(text, said, _style(rng)))
    return spoken


def _style(rng: np.random.Generator) -> Style:
    one, other = rng.choice(SPEAKERS[:-1], size=2, replace=False)
    if rng.random() < 0.5:
        other = SPEAKERS[-1]
    return Style(
        str(one),
        str(other),
        float(rng.uniform(-0.2, 1.2)),
        float(rng.uniform(0.85, 1.2)),
    )


def _form(word: PromptWord, american: bool, rng: np.random.Generator) -> Variant:
    forms = [v for v in word.variants if len(v.phonemes) > 1] or list(word.variants)
    if american:
        forms = [v for v in forms if not _OLD_WORLD & set(v.phonemes)] or forms
    if rng.random() < _OTHER_FORM:
        return forms[int(rng.integers(len(forms)))]
    return forms[0]
