"""The sentences that are said, and which of them are kept for testing."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sentences"
_ONE_IN = 5


def read_sentences(language: str) -> tuple[str, ...]:
    """Return the sentences of a language, one a line of its file."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line.strip())


def held_back(sentences: tuple[str, ...]) -> frozenset[str]:
    """Return every fifth sentence: no phone model learns from it in any voice."""
    return frozenset(sentences[_ONE_IN - 1 :: _ONE_IN])
