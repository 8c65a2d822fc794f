"""Which word of a text each heard word stands for: the fewest edits."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def likeness(one: str, other: str) -> float:
    """Return how alike two words are written, from 0 to 1."""
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def match(text: Sequence[str], heard: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each word of the text the index of the heard word, or None if missing.

    A heard word stands for one word of the text at most, and the order is kept.
    Replacing costs less the more alike two words are, so that "the red" heard as "red"
    misses "the".
    """
    costs = [[float(j) for j in range(len(heard) + 1)]]
    for i, word in enumerate(text):
        row = [i + 1.0]
        for j, other in enumerate(heard):
            row.append(
                min(
                    costs[i][j] + _replacing(word, other),
                    costs[i][j + 1] + 1,
                    row[j] + 1,
                )
            )
        costs.append(row)
    found: list[int | None] = [None] * len(text)
    i, j = len(text), len(heard)
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + _replacing(text[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            found[i] = j
        elif costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return tuple(found)


def _replacing(one: str, other: str) -> float:
    return 1.8 * (1.0 - likeness(one, other))
