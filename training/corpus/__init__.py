"""Rated learner speech, read from disk for training and for measuring.

SpeechOcean762 (OpenSLR 101, CC BY 4.0) in either of two layouts becomes one list of
``Reading`` values: ``read_corpus`` finds out which layout a folder has, ``load_audio``
gives the sound of a reading as the engines want it.
"""

from __future__ import annotations

from .audio import RATE_HZ, load_audio
from .reading import (
    AccuracySource,
    CorpusError,
    Reading,
    ReadingRaters,
    ReadWord,
    WordRaters,
)
from .speechocean import read_corpus, read_ids

__all__ = [
    "RATE_HZ",
    "AccuracySource",
    "CorpusError",
    "ReadWord",
    "Reading",
    "ReadingRaters",
    "WordRaters",
    "load_audio",
    "read_corpus",
    "read_ids",
]
