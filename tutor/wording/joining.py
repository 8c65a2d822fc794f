"""Words that follow a reaction: without another one in front."""

from __future__ import annotations

import re
from functools import cache

from ..gates.phrases import PhraseList
from ..gates.reading import Reading, read
from ..languages.function_words import primary
from ..languages.openers import ANY, OpenerSet, opener_set

# No phrase is longer in words, contractions taken apart.
_LONGEST = 12
# What stands behind a reaction that is over.
_PAUSE = re.compile(r"[\"'”’»“)]*\s*(?:[,.!?;:…–—-]+[\"'”’»“)]*(?:\s+|$)|$)")
_BREAKS = frozenset(",.!?;:…–—")
_OPENING_MARKS = {"¡": "!", "¿": "?"}


def without_reaction(text: str, language: str, situation: str = "") -> str:
    """Return a text without the reactions that it begins with, ``""`` if that is all of it.

    "Oh, I see. Who came?" is "Who came?", while "I see your dog." stays as it is.
    """
    reading = read(text, primary(language))
    place = 0
    while (after := _after_reaction(reading, place, language, situation)) > place:
        place = after
    if place == 0:
        return text
    if place == len(reading.tokens):
        return ""
    pause = _PAUSE.match(reading.text, reading.tokens[place - 1].end)
    cut = pause.end() if pause else reading.tokens[place].start
    return _begun(reading.text[:cut], reading.text[cut:].strip())


def reacts(text: str, language: str, situation: str = "") -> bool:
    """Return whether some clause of a text is nothing but a reaction."""
    reading = read(text, primary(language))
    before = (0, *(token.end for token in reading.tokens))
    return any(
        _after_reaction(reading, place, language, situation) > place
        for place, token in enumerate(reading.tokens)
        if token.opens
        or not _BREAKS.isdisjoint(reading.text[before[place] : token.start])
    )


def _after_reaction(reading: Reading, place: int, language: str, situation: str) -> int:
    """Return the token behind the longest reaction that begins at one, else its place."""
    found = opener_set(language)
    if found is None:
        return place
    tokens = reading.tokens[place : place + _LONGEST]
    ends = [
        place + one.last + 1
        for phrases in _phrases(primary(language), situation)
        for one in phrases.find(tokens)
        if one.first == 0
    ]
    return max((n for n in ends if _is_over(reading, n, found)), default=place)


def _is_over(reading: Reading, place: int, found: OpenerSet) -> bool:
    """Whether something ends before a token, and is not gone on with."""
    pause = _PAUSE.match(reading.text, reading.tokens[place - 1].end)
    if pause is None or place == len(reading.tokens):
        return pause is not None
    goes_on = reading.tokens[place].text in found.goes_on
    return not (goes_on and pause.group().strip() == ",")


def _begun(before: str, rest: str) -> str:
    """Return the rest with a capital, and with the mark that its sentence began with."""
    for opening, closing in _OPENING_MARKS.items():
        if opening in before and closing not in before[before.rindex(opening) :]:
            rest = f"{opening}{rest}"
    place = next((n for n, sign in enumerate(rest) if sign.isalnum()), 0)
    return f"{rest[:place]}{rest[place : place + 1].upper()}{rest[place + 1 :]}"


@cache
def _phrases(language: str, situation: str) -> tuple[PhraseList, ...]:
    found = opener_set(language)
    if found is None:
        return ()
    names = dict.fromkeys((ANY, situation))
    return tuple(
        PhraseList(found.reactions[name]) for name in names if name in found.reactions
    )
