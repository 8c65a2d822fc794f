"""What a lesson says about the point of one of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .forms import readings, tokens, within

_OPEN = "…"


@dataclass(frozen=True, slots=True)
class Note:
    """A pattern of the lesson and what it says of it."""

    pattern: str
    note: str


def note_for(
    sentence: str, patterns: Iterable[Mapping[str, Any]], l2: str
) -> Note | None:
    """Return the note of the pattern that a sentence follows most closely, if any does.

    All fixed parts of a pattern ("I'd like …, please.") must be in the sentence.
    """
    best: tuple[int, Note] | None = None
    for one in patterns:
        pattern, note = str(one.get("pattern", "")), str(one.get("note", ""))
        parts = [part for part in pattern.split(_OPEN) if tokens(part, l2)]
        size = sum(len(tokens(part, l2)) for part in parts)
        fits = parts and note and all(_holds(sentence, part, l2) for part in parts)
        if fits and (best is None or size > best[0]):
            best = (size, Note(pattern, note))
    return best[1] if best else None


def _holds(sentence: str, part: str, l2: str) -> bool:
    return any(
        within(wanted, reading)
        for wanted in readings(part, l2)
        for reading in readings(sentence, l2)
        if wanted
    )
