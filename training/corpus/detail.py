"""Adds to a reading what each of the experts said (``scores-detail.json``)."""

from __future__ import annotations

from dataclasses import replace

from .fields import Fields
from .notation import phone_scores
from .reading import Reading, ReadingRaters, ReadWord, WordRaters


def with_raters(reading: Reading, detail: Fields) -> Reading:
    """Return the reading with the raters' scores. Raises CorpusError if they don't fit."""
    words = tuple(detail.objects("words"))
    if len(words) != len(reading.words):
        raise detail.wrong(f"{len(words)} words, but {len(reading.words)} have scores")
    raters = ReadingRaters(
        accuracy=detail.numbers("accuracy"),
        fluency=detail.numbers("fluency"),
        prosodic=detail.numbers("prosodic"),
        total=detail.numbers("total"),
    )
    return replace(
        reading,
        raters=raters,
        words=tuple(map(_word, reading.words, words)),
    )


def _word(word: ReadWord, detail: Fields) -> ReadWord:
    said = [phone_scores(notation) for notation in detail.texts("phones")]
    # The notation was typed by hand: where a phone is missing, nobody knows which.
    if any(len(scores) != len(word.phones) for scores in said):
        return word
    raters = WordRaters(
        accuracy=detail.numbers("accuracy"),
        stress=detail.numbers("stress"),
        total=detail.numbers("total"),
        phones=tuple(zip(*said, strict=True)),
    )
    return replace(word, raters=raters)
