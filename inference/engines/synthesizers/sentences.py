"""A text in the pieces that a voice speaks one by one, so that the first comes early."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?…])[\"')»”]*\s+")
_CLAUSE = re.compile(r"(?<=[,;:])\s+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with their marks."""
    return [part for part in _SENTENCE.split(text.strip()) if part]


def clauses(text: str, *, at_least: int) -> list[str]:
    """Return the sentences, parted also at commas into pieces of ``at_least`` letters.

    A short rest stays with what comes before it: pieces end where people breathe.
    """
    pieces: list[str] = []
    for sentence in sentences(text):
        piece = ""
        for part in _CLAUSE.split(sentence):
            if len(piece) >= at_least:
                pieces.append(piece)
                piece = part
            else:
                piece = f"{piece} {part}".strip()
        if pieces and piece and len(piece) < at_least and pieces[-1][-1:] in ",;:":
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def short_enough(pieces: list[str], *, most: int) -> list[str]:
    """Part pieces that are longer than ``most`` letters, at a space where there is one."""
    short: list[str] = []
    for piece in pieces:
        rest = piece
        while len(rest) > most:
            cut = rest.rfind(" ", most // 2, most + 1)
            cut = cut if cut > 0 else most
            short.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        if rest:
            short.append(rest)
    return short
