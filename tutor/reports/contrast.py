"""A sentence beside a better one, in pieces that are the same or differ."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence; ``differs`` if the other sentence has others there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """Both sentences in pieces, to be shown with a blank between pieces."""

    said: tuple[Piece, ...]
    better: tuple[Piece, ...]


def contrast(said: str, better: str) -> Contrast:
    """Compare two sentences word by word."""
    old, new = said.split(), better.split()
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(pieces, (old[a:b], new[c:d]), strict=True):
            if words:
                side.append(Piece(" ".join(words), tag != "equal"))
    return Contrast(tuple(pieces[0]), tuple(pieces[1]))
