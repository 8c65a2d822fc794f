"""Which of a text's pronunciations was said, and which of its words were not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from inference.phonetics.pronunciation import PromptWord, Variant

from .ctc_alignment import Span, align
from .ctc_trellis import LogProbs, trellis
from .ctc_vocabulary import BLANK, PhonemeColumns, Unit

# A word counts as left out if silence in its place is e times this likelier.
_MISSED_NATS = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A pronunciation of a word and its columns."""

    variant: Variant
    units: tuple[Unit, ...]

    @property
    def labels(self) -> tuple[int, ...]:
        """The columns, in order."""
        return tuple(unit.label for unit in self.units)


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the text with the reading that fits, and where it was said.

    Without a reading nobody knows how the word sounds; with a reading and no spans it
    was not said.
    """

    word: PromptWord
    reading: Reading | None
    spans: tuple[Span, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether the word was left out."""
        return self.reading is not None and not self.spans


def readings(word: PromptWord, columns: PhonemeColumns) -> tuple[Reading, ...]:
    """Return the pronunciations that the model has columns for."""
    return tuple(
        Reading(variant, units)
        for variant in word.variants
        if (units := columns.units(variant.phonemes))
    )


def place(
    words: Sequence[PromptWord], columns: PhonemeColumns, log_probs: LogProbs
) -> tuple[Said, ...]:
    """Find the words in the sound. Raises ValueError if they cannot all fit in it."""
    choices = [readings(word, columns) for word in words]
    first = [options[0] if options else None for options in choices]
    said = _aligned(words, first, log_probs)
    chosen = [
        _best(options, _window(one, log_probs)) if options else None
        for one, options in zip(said, choices, strict=True)
    ]
    if chosen != first:
        said = _aligned(words, chosen, log_probs)
    present = [None if _left_out(one, log_probs) else one.reading for one in said]
    if present == chosen:
        return said
    return tuple(
        replace(placed, reading=one.reading)
        for placed, one in zip(_aligned(words, present, log_probs), said, strict=True)
    )


def _aligned(
    words: Sequence[PromptWord],
    chosen: Sequence[Reading | None],
    log_probs: LogProbs,
) -> tuple[Said, ...]:
    labels = [label for reading in chosen if reading for label in reading.labels]
    spans = list(align(log_probs, labels, BLANK))
    said = []
    for word, reading in zip(words, chosen, strict=True):
        n = len(reading.labels) if reading else 0
        said.append(Said(word, reading, tuple(spans[:n])))
        del spans[:n]
    return tuple(said)


def _window(said: Said, log_probs: LogProbs) -> LogProbs:
    return log_probs[said.spans[0].first : said.spans[-1].end]


def _best(options: Sequence[Reading], window: LogProbs) -> Reading:
    """Return the likeliest reading of a word in its frames; the first one if all fail."""
    if len(options) == 1:
        return options[0]
    chances = [trellis(window, o.labels, BLANK).log_probability for o in options]
    return options[int(np.argmax(chances))]


def _left_out(said: Said, log_probs: LogProbs) -> bool:
    if said.reading is None:
        return False
    window = _window(said, log_probs)
    spoken = trellis(window, said.reading.labels, BLANK).log_probability
    return bool(window[:, BLANK].sum() > spoken + _MISSED_NATS)
