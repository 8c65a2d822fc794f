"""Whether words are the same in another mouth: "I went" said back is "you went"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .clitics import readings

_STEM = 4


def alike(word: str, other: str, same: Mapping[str, str]) -> bool:
    """Return whether two tokens are one word, whoever says it, in any form."""
    return exactly(word, other, same) or (
        min(len(word), len(other)) >= _STEM and word[:_STEM] == other[:_STEM]
    )


def exactly(word: str, other: str, same: Mapping[str, str]) -> bool:
    """Return whether two tokens are one word in one form, whoever says it."""
    if word == other or word in readings(other) or other in readings(word):
        return True
    return same.get(word, word) == same.get(other, other)


def repeated(
    said: Sequence[str], original: Sequence[str], same: Mapping[str, str]
) -> int:
    """Return how many tokens stand in the original too, in its order."""
    row = [0] * (len(original) + 1)
    for word in said:
        before = 0
        for place, other in enumerate(original, 1):
            above = row[place]
            if alike(word, other, same):
                row[place] = before + 1
            else:
                row[place] = max(above, row[place - 1])
            before = above
    return row[-1]


def places(
    phrase: Sequence[str], words: Sequence[str], same: Mapping[str, str]
) -> list[int]:
    """Return where a phrase stands among words, form by form."""
    size = len(phrase)
    return [
        at
        for at in range(len(words) - size + 1)
        if size
        and all(
            exactly(one, other, same)
            for one, other in zip(phrase, words[at : at + size], strict=True)
        )
    ]
