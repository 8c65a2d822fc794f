"""One proposed change of a learner's words."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.categories import Category


@dataclass(frozen=True, slots=True)
class Edit:
    """``better`` in place of the text's characters ``start`` to ``end``.

    An insertion has ``start == end``. ``type`` is ERRANT's, ``""`` where nothing types.
    """

    start: int
    end: int
    better: str
    type: str
    category: Category

    def said(self, text: str) -> str:
        """Return the words that are to be replaced."""
        return text[self.start : self.end]

    def applied(self, text: str) -> str:
        """Return the text with this change alone, words kept apart."""
        return replaced(text, self.start, self.end, self.better)

    def meets(self, other: Edit) -> bool:
        """Return whether two changes touch the same place."""
        return self.start <= other.end and other.start <= self.end


def replaced(text: str, start: int, end: int, better: str) -> str:
    """Return the text with ``better`` at ``start`` to ``end``; an insertion is a word."""
    before, after = text[:start], text[end:]
    if better and start == end:
        if before and before[-1].isalnum() and better[0].isalnum():
            better = " " + better
        if after and after[0].isalnum() and better[-1].isalnum():
            better += " "
    return before + better + after
