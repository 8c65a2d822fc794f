"""A text as words to be compared: case, punctuation and short forms don't matter."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tutor.languages.function_words import LanguageDataError, primary, read_yaml

from .number_forms import number_words

_PATH = Path(__file__).parent / "forms.yaml"
# Signs of scripts without spaces stand for themselves.
_SIGN = r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_WORD = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})[^\W_])+(?:'(?:(?!{_SIGN})[^\W_])+)*")
_MOST_READINGS = 64
# Where an apostrophe shortens two words to one; elsewhere it only parts them.
_CONTRACTED = frozenset({"en"})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """What may be written in more than one way in a language, all lower case."""

    full: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    endings: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    movable: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    coordinating: frozenset[str] = frozenset()
    receptive: frozenset[str] = frozenset()


@cache
def forms(tag: str) -> Forms:
    """Return a language's forms; empty ones where nothing is known."""
    entry = read_yaml(_PATH).get(primary(tag))
    if entry is None:
        return Forms()
    try:
        return Forms(
            full=_expansions(entry["full"]),
            endings=_expansions(entry["endings"]),
            folded=dict(entry.get("folded", {})),
            spelling=dict(
                pair.split("=") for pair in entry.get("spelling", "").split()
            ),
            numbers={
                str(number): word
                for number, word in enumerate(entry["numbers"].split())
            },
            movable=frozenset(entry["movable"].split()),
            single=frozenset(entry.get("single", "").split()),
            apart=frozenset(entry.get("apart", "").split()),
            coordinating=frozenset(entry["coordinating"].split()),
            receptive=frozenset(entry["receptive"].split()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LanguageDataError(f"{_PATH}: {primary(tag)}: {error}") from error


def _expansions(entry: Mapping[str, Any]) -> dict[str, tuple[Words, ...]]:
    return {
        short: tuple(tuple(full.split()) for full in fulls)
        for short, fulls in entry.items()
    }


def plain(text: str) -> str:
    """Return a text in lower case with straight apostrophes, one space at a time."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub("[\u2019\u02bc\u2018`´]", "'", text).split())


def tokens(text: str, l2: str) -> Words:
    """Return the words of a text as they were written, lower case."""
    found = _WORD.findall(plain(text))
    if primary(l2) in _CONTRACTED:
        return tuple(found)
    return tuple(part for word in found for part in word.split("'"))


def readings(text: str, l2: str) -> tuple[Words, ...]:
    """Return all that a text may stand for as words, the longest forms last.

    "He's" may be "he's", "he is" or "he has". Spellings of other countries, figures
    and letters that may be written otherwise are brought to one form.
    """
    return tuple(tuple(folded(word, l2) for word in one) for one in expanded(text, l2))


def expanded(text: str, l2: str) -> tuple[Words, ...]:
    """Return the readings with the letters as they were written."""
    known = forms(l2)
    options = [_options(word, known, primary(l2)) for word in tokens(text, l2)]
    combined = list(itertools.islice(itertools.product(*options), _MOST_READINGS))
    # Of many short forms all are written out together, or none.
    combined.append(tuple(option[min(1, len(option) - 1)] for option in options))
    readings_ = (tuple(itertools.chain.from_iterable(one)) for one in combined)
    return tuple(dict.fromkeys(readings_))


def same(one: str, other: str, l2: str) -> bool:
    """Whether two texts say the same in the same words."""
    return not set(readings(one, l2)).isdisjoint(readings(other, l2))


def contains(text: str, part: str, l2: str) -> bool:
    """Whether the words of ``part`` stand in a text, in their order and together."""
    return any(
        within(wanted, reading)
        for wanted in readings(part, l2)
        for reading in readings(text, l2)
        if wanted
    )


def within(part: Words, whole: Words) -> bool:
    """Whether words stand together among others."""
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def folded(word: str, l2: str) -> str:
    """Return a word with the letters that may be written otherwise in one form."""
    for letter, written in forms(l2).folded.items():
        word = word.replace(letter, written)
    return word


def without_accents(word: str) -> str:
    """Return a word without the marks on its letters."""
    signs = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def distance(one: str, other: str) -> int:
    """Return how many letters are changed, missing, too many or swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != wanted))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _options(word: str, known: Forms, language: str) -> tuple[Words, ...]:
    found: list[Words] = [(word,)]
    if word not in known.numbers:
        found += number_words(word, language)
    found += known.full.get(word, ())
    for ending, fulls in known.endings.items():
        stem = word.removesuffix(ending)
        if stem and stem != word and word not in known.full:
            found += [(stem, *full) for full in fulls]
    return tuple(tuple(_one_form(part, known) for part in option) for option in found)


def _one_form(word: str, known: Forms) -> str:
    word = known.spelling.get(word, word)
    return known.numbers.get(word, word)
