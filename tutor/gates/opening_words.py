"""What the tutor says at once, as the gates read it: it answers nothing and adds nothing."""

from __future__ import annotations

from functools import cache

from ..languages.function_words import primary
from ..languages.openers import opener_set
from .reading import read


@cache
def opening_sentences(tag: str) -> frozenset[tuple[str, ...]]:
    """Return the tokens of each opener of a language."""
    found = opener_set(tag)
    every = found.every if found is not None else frozenset()
    return frozenset(
        tuple(token.text for token in read(text, primary(tag)).tokens) for text in every
    )
