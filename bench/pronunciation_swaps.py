"""Texts that were not said: what a scorer must notice. The same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from inference.phonetics.pronunciation import PromptWord
from training.corpus import Reading, ReadWord

from .pronunciation_system import prompt_words

SEED = 762
# So many candidates of the nearest length to choose another prompt from.
NEAREST = 12
# What learners and listeners mix up (ARPAbet without stress).
CONFUSABLE: dict[str, tuple[str, ...]] = {
    "AA": ("AO", "AH"), "AE": ("EH", "AH"), "AH": ("AA", "AE"), "AO": ("OW", "AA"),
    "AW": ("OW", "AA"), "AY": ("EY", "AE"), "EH": ("AE", "IH"), "ER": ("AO", "AH"),
    "EY": ("EH", "AY"), "IH": ("IY", "EH"), "IY": ("IH", "EY"), "OW": ("AO", "UW"),
    "OY": ("AO", "AY"), "UH": ("UW", "AH"), "UW": ("UH", "OW"), "B": ("P", "V"),
    "CH": ("SH", "JH"), "D": ("T", "DH"), "DH": ("D", "Z"), "F": ("P", "HH"),
    "G": ("K", "D"), "HH": ("F", "K"), "JH": ("CH", "ZH"), "K": ("G", "T"),
    "L": ("R", "N"), "M": ("N", "B"), "N": ("NG", "L"), "NG": ("N", "M"),
    "P": ("B", "F"), "R": ("L", "W"), "S": ("SH", "TH"), "SH": ("S", "CH"),
    "T": ("D", "CH"), "TH": ("S", "F"), "V": ("W", "F"), "W": ("V", "R"),
    "Y": ("JH", "W"), "Z": ("S", "JH"), "ZH": ("SH", "JH"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Swap:
    """A wrong text; ``position`` is the word or phone that was exchanged."""

    words: tuple[PromptWord, ...]
    position: int

    @property
    def text(self) -> str:
        """The text as a learner would see it."""
        return " ".join(word.text for word in self.words).lower().capitalize()


class Swaps:
    """Makes wrong texts for readings out of what the others read."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = sorted(readings, key=lambda reading: reading.id)
        self._vocabulary: dict[str, ReadWord] = {}
        for reading in self._readings:
            for word in reading.words:
                self._vocabulary.setdefault(word.text, word)

    def prompt(self, reading: Reading) -> Swap | None:
        """Another utterance's text, of about the same length, no word in common."""
        own = {word.text for word in reading.words}
        others = [
            other
            for other in self._readings
            if own.isdisjoint(word.text for word in other.words)
        ]
        others.sort(key=lambda o: (abs(len(o.phones) - len(reading.phones)), o.id))
        if not others:
            return None
        chosen = _random("prompt", reading).choice(others[:NEAREST])
        return _swap(chosen.words, 0)

    def word(self, reading: Reading) -> Swap | None:
        """The text with one word exchanged for any other word that sounds different."""
        random = _random("word", reading)
        position = random.randrange(len(reading.words))
        said = _bare(reading.words[position].phones)
        others = [w for w in self._vocabulary.values() if _bare(w.phones) != said]
        if not others:
            return None
        words = list(reading.words)
        words[position] = random.choice(others)
        return _swap(words, position)

    def phone(self, reading: Reading) -> Swap | None:
        """The text with one phone exchanged for a confusable; position among all."""
        random = _random("phone", reading)
        index = random.randrange(len(reading.phones))
        position, first = 0, 0
        while first + len(reading.words[position].phones) <= index:
            first += len(reading.words[position].phones)
            position += 1
        phones = [list(word.phones) for word in reading.words]
        old = phones[position][index - first]
        bare = old.rstrip("012")
        # Without its stress a schwa would pass for the full vowel of the same class.
        stress = "1" if old != bare else ""
        phones[position][index - first] = random.choice(CONFUSABLE[bare]) + stress
        texts = [word.text for word in reading.words]
        return Swap(prompt_words(texts, phones), index)


def _random(kind: str, reading: Reading) -> Random:
    # An utterance's swap depends on its id, not on which utterances are run.
    return Random(f"{SEED} {kind} {reading.id}")  # noqa: S311


def _bare(phones: Sequence[str]) -> tuple[str, ...]:
    return tuple(phone.rstrip("012") for phone in phones)


def _swap(words: Sequence[ReadWord], position: int) -> Swap:
    texts = [word.text for word in words]
    return Swap(prompt_words(texts, [word.phones for word in words]), position)
