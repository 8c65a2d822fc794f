"""What a learner said, as an echo could say it: in their words, or put right."""

from __future__ import annotations

from functools import lru_cache

from ..findings import Analysis
from .reading import read

_LONGEST = 120

_Words = tuple[str, ...]


def heard(analysis: Analysis, language: str) -> tuple[_Words, ...]:
    """Return the words of a turn as they were said, then those without its mistakes."""
    return _versions(analysis, language, False)


def stated(analysis: Analysis, language: str) -> tuple[_Words, ...]:
    """Return the same without the sentences that ask; nothing where none is seen to ask."""
    if not any(one.asks for one in read(analysis.text, language).sentences):
        return ()
    return _versions(analysis, language, True)


def _versions(analysis: Analysis, language: str, stating: bool) -> tuple[_Words, ...]:
    texts = dict.fromkeys((analysis.text, _mended(analysis), analysis.corrected))
    found = dict.fromkeys(_words(text, language, stating) for text in texts)
    return tuple(words for words in found if words)


def _mended(analysis: Analysis) -> str:
    """Return the turn with its findings put right, for a corrected text may be missing."""
    text = analysis.text
    for finding in sorted(analysis.findings, key=lambda one: one.start, reverse=True):
        text = f"{text[: finding.start]} {finding.better} {text[finding.end :]}"
    return text


@lru_cache(maxsize=256)
def _words(text: str, language: str, stating: bool) -> _Words:
    reading = read(text, language)
    return tuple(
        token.text
        for token in reading.tokens
        if not (stating and reading.sentences[token.sentence].asks)
    )[:_LONGEST]
