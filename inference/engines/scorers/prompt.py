"""The text as the aligner takes it: acoustic classes of every way to say each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inference.phonetics.pronunciation import PromptWord, Variant

from .alignment import Ints


@dataclass(frozen=True, slots=True)
class SoundedWord:
    """A word with its pronunciations; ``classes[v]`` belongs to ``variants[v]``."""

    word: PromptWord
    variants: tuple[Variant, ...]
    classes: tuple[Ints, ...]

    @property
    def known(self) -> bool:
        """Whether anybody knows how it is said."""
        return bool(self.variants)


def sounded(
    words: Sequence[PromptWord], class_of: Mapping[str, int]
) -> tuple[SoundedWord, ...]:
    """Return the words with acoustic classes.

    A variant with a phoneme that the frame model does not know is left out; of variants
    that sound the same to it, the first stays.
    """
    result = []
    for word in words:
        kept: dict[tuple[int, ...], Variant] = {}
        for variant in word.variants:
            if variant.phonemes and all(p in class_of for p in variant.phonemes):
                kept.setdefault(tuple(class_of[p] for p in variant.phonemes), variant)
        classes = tuple(np.asarray(key, dtype=np.int64) for key in kept)
        result.append(SoundedWord(word, tuple(kept.values()), classes))
    return tuple(result)
