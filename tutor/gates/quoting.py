"""Quotation marks excuse nothing but a few words that belong to the move.

The planned expression, the word to model, the lesson's title and the learner's own words,
said or corrected, may be quoted: they are spoken about, not said. Whatever else stands in
quotation marks is read as if the marks were not there, so that a sentence is a sentence and
a question a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..gating import ReplyContext
from .reading import Reading, read

# The longest clause or example that a template quotes.
_MOST_WORDS = 12

_Words = tuple[str, ...]


def read_as_said(reply: str, context: ReplyContext, language: str) -> Reading:
    """Read a reply without the marks around what does not belong to the move."""
    reading = read(reply, language)
    if not reading.quotes:
        return reading
    texts = _own_texts(context)
    strange = [
        (start, end)
        for start, end in reading.quotes
        if not _belongs(reading.text[start + 1 : end - 1], texts, language)
    ]
    return read(_unmarked(reading.text, strange), language) if strange else reading


def _own_texts(context: ReplyContext) -> tuple[str, ...]:
    move, plan = context.move, context.plan
    items = [item for item in (move.item, *plan.items) if item is not None]
    return (
        context.analysis.text,
        context.analysis.corrected,
        *(finding.better for finding in move.findings),
        move.praise_for,
        move.sound.word if move.sound is not None else "",
        plan.title,
        *(text for item in items for text in (item.text, item.gloss, item.example)),
    )


def _belongs(quoted: str, texts: Iterable[str], language: str) -> bool:
    """Whether a few words are a piece of one of the texts; two sentences never are."""
    words = _words(quoted, language)
    if not 0 < len(words) <= _MOST_WORDS or len(read(quoted, language).sentences) > 1:
        return False
    size = len(words)
    return any(
        own[at : at + size] == words
        for own in (_words(text, language) for text in texts)
        for at in range(len(own) - size + 1)
    )


@lru_cache(maxsize=512)
def _words(text: str, language: str) -> _Words:
    return tuple(token.text for token in read(text, language).tokens)


def _unmarked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put blanks where the marks stood, so that every offset stays."""
    signs = list(text)
    for start, end in spans:
        signs[start] = signs[end - 1] = " "
    return "".join(signs)
