"""Words as espeak-ng says them, and what touches them: for the rules of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..features import FEATURES
from ..pronunciation import VariantKind

# Phonemes, each with its stress.
Spoken = tuple[tuple[str, int], ...]
Candidate = tuple[Spoken, VariantKind]


@dataclass(frozen=True, slots=True)
class Place:
    """A word's neighbours without a pause between; empty where there is one."""

    before: Spoken = ()
    after: Spoken = ()
    after_word: str = ""

    @property
    def vowel_before(self) -> bool:
        """Whether the sound before is a vowel."""
        return bool(self.before) and FEATURES[self.before[-1][0]].vowel

    @property
    def next_sound(self) -> str:
        """The first phoneme of the next word, ``""`` for none."""
        return self.after[0][0] if self.after else ""

    @property
    def vowel_follows(self) -> bool:
        """Whether the next sound is a vowel."""
        return bool(self.after) and FEATURES[self.after[0][0]].vowel


Rules = Callable[[str, Spoken, Place], Iterator[Candidate]]


def replaced(spoken: Spoken, changes: dict[str, str]) -> Spoken:
    """Return the word with phonemes exchanged everywhere."""
    return tuple((changes.get(phoneme, phoneme), s) for phoneme, s in spoken)


def unstressed(forms: str) -> tuple[Spoken, ...]:
    """Return weak forms from a table: phonemes by spaces, forms by semicolons."""
    return tuple(
        tuple((phoneme, 0) for phoneme in form.split()) for form in forms.split(";")
    )


def ending(spoken: Spoken, count: int) -> Sequence[str]:
    """Return the last phonemes."""
    return [phoneme for phoneme, _ in spoken[-count:]]
