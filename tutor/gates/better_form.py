"""Whether a reply says what would have been right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..findings import Finding
from ..languages.function_words import FunctionWords
from .reading import Reading, read
from .sameness import exactly, places

_STEM = 4
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A mistake in its sentence, as tokens; ``left`` and ``right`` are its neighbours."""

    left: tuple[str, ...]
    said: tuple[str, ...]
    better: tuple[str, ...]
    right: tuple[str, ...]


def surroundings(finding: Finding, text: str, language: str) -> Surroundings:
    """Take a mistake apart. Neighbours end where the sentence does."""
    sentence = [
        token.sentence
        for token in read(text, language).tokens
        if token.start <= max(finding.start, 0)
    ]
    tokens = [
        token
        for token in read(text, language).tokens
        if not sentence or token.sentence == sentence[-1]
    ]
    return Surroundings(
        left=tuple(token.text for token in tokens if token.end <= finding.start),
        said=_tokens(finding.said, language),
        better=_tokens(finding.better, language),
        right=tuple(token.text for token in tokens if token.start >= finding.end),
    )


def says_better(
    reading: Reading,
    around: Surroundings,
    function: FunctionWords,
    same: Mapping[str, str],
) -> bool:
    """Return whether the better form is said.

    A word that carries meaning is enough by itself, in any person. A small one, such as an
    article, counts where it stands: beside its neighbour, or quoted as a word. Where a word
    was too much, its neighbours stand together.
    """
    words = [token.text for token in reading.tokens]
    if not around.better:
        joined = (*around.left[-1:], *around.right[:1])
        return len(joined) < 2 or bool(places(joined, words, same))
    content = [word for word in around.better if word not in function]
    changed = [word for word in content if word not in around.said]
    if changed:
        return all(_is_said(word, words, around.said, same) for word in changed)
    return any(
        _stands_right(at, reading, around, words, same)
        for at in places(around.better, words, same)
    )


def _is_said(
    word: str, words: Sequence[str], wrong: Sequence[str], same: Mapping[str, str]
) -> bool:
    if any(exactly(word, other, same) for other in words):
        return True
    stem = word[:_STEM]
    if len(stem) < _SHORTEST_STEM or any(other.startswith(stem) for other in wrong):
        # Only the form tells the right word from the wrong one.
        return False
    return any(other.startswith(stem) for other in words)


def _stands_right(
    at: int,
    reading: Reading,
    around: Surroundings,
    words: Sequence[str],
    same: Mapping[str, str],
) -> bool:
    end = at + len(around.better)
    quoted = all(token.quoted for token in reading.tokens[at:end])
    if quoted or not (around.left or around.right):
        return True
    before = at > 0 and any(
        exactly(words[at - 1], near, same) for near in around.left[-1:]
    )
    after = any(
        exactly(word, near, same)
        for word in words[end : end + 1]
        for near in around.right[:1]
    )
    return before or after


def _tokens(text: str, language: str) -> tuple[str, ...]:
    return tuple(token.text for token in read(text, language).tokens)
