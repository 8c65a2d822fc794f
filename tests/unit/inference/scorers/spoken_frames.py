"""What a phoneme model that hears well would put out, and words to hold against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from inference.phonetics.inventory import phonemes
from inference.phonetics.pronunciation import PromptWord, Variant, VariantKind

FRAMES_A_SOUND = 4
FRAME_MS = 20.0
TOKENS: dict[str, int] = {
    symbol: i for i, symbol in enumerate(("<pad>", *phonemes("en")))
}
# What each word sounds like; a tuple of several for a word with variants.
LEXICON: Mapping[str, tuple[tuple[str, VariantKind], ...]] = {
    "think": (("θ ɪ ŋ k", VariantKind.DICTIONARY),),
    "thin": (("θ ɪ n", VariantKind.DICTIONARY),),
    "red": (("ɹ ɛ d", VariantKind.DICTIONARY),),
    "fish": (("f ɪ ʃ", VariantKind.DICTIONARY),),
    "as": (("æ z", VariantKind.DICTIONARY), ("ə z", VariantKind.WEAK)),
    "zorb": (("z ɔ ɹ b", VariantKind.GUESSED),),
}


class Lexicon:
    """A pronouncer of the few words above; other words are unknown."""

    language = "en"

    def pronounce(self, text: str) -> tuple[PromptWord, ...]:
        """Return the words that have letters."""
        return tuple(
            PromptWord(i, word, variants(word.lower().strip(".,!")))
            for i, word in enumerate(text.split())
            if any(c.isalnum() for c in word)
        )

    def close(self) -> None:
        """Nothing was started."""


def variants(word: str) -> tuple[Variant, ...]:
    """Return how a word may be said."""
    return tuple(
        Variant(tuple(said.split()), (0,) * len(said.split()), kind)
        for said, kind in LEXICON.get(word, ())
    )


def frames(
    said: Sequence[str], sure: float = 0.97, quiet_frames: int = 0
) -> npt.NDArray[np.float64]:
    """Return log-probabilities that say these sounds, each for one frame of four."""
    sounds = [TOKENS[sound] for sound in said]
    n_frames = FRAMES_A_SOUND * (len(sounds) + 1) + 2 * quiet_frames
    found = np.full((n_frames, len(TOKENS)), np.log((1 - sure) / (len(TOKENS) - 1)))
    best = np.zeros(n_frames, np.intp)
    for i, sound in enumerate(sounds):
        best[quiet_frames + FRAMES_A_SOUND * (i + 1)] = sound
    found[np.arange(n_frames), best] = np.log(sure)
    return found
