"""What other tutors do: score the transcript. Measured beside the scorer, never used.

``confidence``: how sure recognition was of a word. ``edit_distance``: how much of a
word's spelling came back. A word that was not recognised has 0. The utterance's score is
the mean over its words; neither defines a phone's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inference.types.speech import Transcript

_WORD = re.compile(r"[a-z']+|\d")
_DIGITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeerScores:
    """One score in [0, 1] for each word of the text."""

    confidence: tuple[float, ...]
    edit_distance: tuple[float, ...]


def peer_scores(texts: Sequence[str], heard: Transcript) -> PeerScores:
    """Score the words of a text by what was recognised."""
    expected = ["".join(_WORD.findall(text.lower())) for text in texts]
    found = [
        (spelled, word.confidence)
        for word in heard.words
        for spelled in _spelled(word.text)
    ]
    matched = match_words(expected, [spelled for spelled, _ in found])
    return PeerScores(
        tuple(0.0 if at is None else found[at][1] for at in matched),
        tuple(
            0.0 if at is None else similarity(text, found[at][0])
            for text, at in zip(expected, matched, strict=True)
        ),
    )


def match_words(expected: Sequence[str], heard: Sequence[str]) -> list[int | None]:
    """Return for each expected word the heard one that it became, in order."""
    rows, columns = len(expected), len(heard)
    cost = np.zeros((rows + 1, columns + 1))
    cost[:, 0], cost[0, :] = np.arange(rows + 1), np.arange(columns + 1)
    for i, word in enumerate(expected):
        for j, other in enumerate(heard):
            differ = 1.0 - similarity(word, other)
            # Two words without a letter in common are worth less than leaving both out.
            replaced = cost[i, j] + 2.0 * differ
            cost[i + 1, j + 1] = min(replaced, cost[i, j + 1] + 1, cost[i + 1, j] + 1)
    matched: list[int | None] = [None] * rows
    i, j = rows, columns
    while i and j:
        if cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        elif cost[i, j] == cost[i, j - 1] + 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            matched[i] = j
    return matched


def similarity(one: str, other: str) -> float:
    """Return 1 for equal words, 0 where no letter fits (Levenshtein)."""
    longest = max(len(one), len(other))
    if not longest:
        return 1.0
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            best = min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != against))
            diagonal, row[j] = row[j], best
    return 1.0 - row[-1] / longest


def _spelled(word: str) -> list[str]:
    """Letters of a recognised word; digits are read one by one, as the corpus does."""
    parts = _WORD.findall(word.lower())
    if any(part.isdigit() for part in parts):
        return [_DIGITS[int(p)] if p.isdigit() else p for p in parts]
    return ["".join(parts)] if parts else []
