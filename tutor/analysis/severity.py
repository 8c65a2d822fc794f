"""How much a mistake matters, by rule."""

from __future__ import annotations

from tutor.categories import Category
from tutor.findings import Severity

from .edit import Edit
from .hearing import tokens

# Heard and understood without effort.
_SLIPS = frozenset(
    {
        Category.ARTICLE,
        Category.PREPOSITION,
        Category.NOUN_NUMBER,
        Category.COMPARISON,
        Category.GENDER,
        Category.EXTRA_WORD,
    }
)
# A change of so many words, or of so large a part of a turn, was hard to understand.
_BLOCKING_WORDS = 4
_BLOCKING_SHARE = 0.5
_SHORT_TURN_WORDS = 4


def severity(edit: Edit, text: str) -> Severity:
    """Return how much a mistake in ``text`` matters to being understood."""
    n_said = len(tokens(edit.said(text)))
    n_changed = max(n_said, len(tokens(edit.better)))
    n_words = len(tokens(text))
    is_large = n_words > _SHORT_TURN_WORDS and n_changed >= _BLOCKING_SHARE * n_words
    if n_changed >= _BLOCKING_WORDS or is_large:
        return Severity.BLOCKING
    if edit.category in _SLIPS and n_changed <= 1:
        return Severity.SLIP
    return Severity.ERROR
