"""The ways in which an item of a lesson may be said: what counts as having used it."""

from __future__ import annotations

import re
from functools import lru_cache

from .heard import words_of

Words = tuple[str, ...]
# Words in order, with anything between the parts: "can I have … too".
Form = tuple[Words, ...]

_GAP = "…"
_OR = " / "
# Articles are learned with the word and need not be said with it.
_ARTICLES = frozenset((
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer",
    "le", "la", "les", "l", "un", "une", "el", "los", "las", "una",
))  # fmt: skip
_REFLEXIVE = frozenset({"sich", "se", "s"})
# Longest first: "zurück" before "zu". As plain text: without dots.
_PREFIXES = (
    "zusammen", "spazieren", "zuruck", "weiter", "wieder", "kennen", "herein", "heraus",
    "vorbei", "statt", "fern", "fest", "nach", "raus", "rein", "teil", "auf", "aus", "bei",
    "ein", "her", "hin", "los", "mit", "vor", "weg", "ab", "an", "um", "zu",
)  # fmt: skip
_SHORTEST_VERB = 4
_PAIR = re.compile(r"^([^,….!?]+), ([^,….!?]+)$")


@lru_cache(maxsize=2048)
def item_forms(text: str) -> tuple[Form, ...]:
    """Return what may be said for an item, one form after the other.

    Of "A … / B …" either will do, of "noir, noire" too; an article may be left out, and a
    separable verb may stand apart ("ankommen": "komme … an").
    """
    forms: dict[Form, None] = {}
    for each in text.split(_OR):
        for part in _either(each.strip()):
            form = tuple(words for gap in part.split(_GAP) if (words := words_of(gap)))
            if not form:
                continue
            forms[form] = None
            if len(form) == 1:
                forms |= dict.fromkeys(_of_one(form[0]))
    return tuple(forms)


def _either(text: str) -> tuple[str, ...]:
    """Split two forms of one word: "le voisin, la voisine", but not "So, we meet"."""
    found = _PAIR.match(text)
    if found is None:
        return (text,)
    one, other = (_bare(words_of(side)) for side in found.groups())
    if len(one) == len(other) == 1 and one[0][:2] == other[0][:2]:
        return found.groups()
    return (text,)


def _of_one(words: Words) -> list[Form]:
    bare = _bare(words)
    forms: list[Form] = [(bare,)] if bare != words else []
    if len(bare) == 1:
        word = bare[0]
        for prefix in _PREFIXES:
            verb = word.removeprefix(prefix)
            if verb != word and len(verb) >= _SHORTEST_VERB and verb.endswith("n"):
                forms.append(((verb,), (prefix,)))
                break
    return forms


def _bare(words: Words) -> Words:
    if len(words) > 1 and words[0] in _ARTICLES | _REFLEXIVE:
        return words[1:]
    return words
