"""Where the written words lie among the sounds of a sentence.

The voice says what is written in its own way: "25" is two words, "of the" runs together,
an emoji is silent. So the sounds of each word by itself, as the same voice would say it,
are laid along the sounds that were really made, at the least cost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .piper_phonemes import Counted

Place = tuple[int, int]
Expected = tuple[str, int]

# A boundary among sounds, and the word of one that is between two words.
_GAP, _BETWEEN = " ", -1
_EDGES = frozenset("^$_")
_BREAKS = frozenset(' .,;:!?"()-—…¡¿«»“”')
_STRESS = frozenset("ˈˌ'")
_LENGTHS = frozenset("ːˑʰʲʷˠˤ˞")
_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵʉʊʌʏᵻ")

_LOST = 1.0
_GAP_LOST = 0.25
_KINDRED = 0.5
_UNLIKE = 0.9
_STRANGE = 1.6
_NEVER = 9.0
# Sounds that cost more than this each are those of another text.
_MOST_COST = 0.6


@dataclass(frozen=True, slots=True)
class _Sound:
    """A sound of the sentence and its samples, or a boundary (``_GAP``)."""

    name: str
    first: int
    last: int


def place_words(
    words: Sequence[Sequence[str]], codes: Sequence[Counted]
) -> tuple[Place | None, ...]:
    """Return the samples of those words that one sentence says, first to last.

    ``words`` are the sounds of each word by itself, ``codes`` the voice's own with their
    sample counts. The sentence may say only the first of the words: then there are as
    many places. A word without sound has None. Nothing is returned where the counts are
    missing or the sounds are not those of the words.
    """
    made, expected = list(_sounds(codes)), list(_expected(words))
    if not made or not expected:
        return ()
    costs = _costs([name for name, _ in expected], [sound.name for sound in made])
    ends = [
        at
        for at in range(1, len(expected) + 1)
        if at == len(expected) or expected[at][1] == _BETWEEN
    ]
    end = min(ends, key=lambda at: (costs[at][-1], at))
    if costs[end][-1] > _MOST_COST * len(made):
        return ()
    places: dict[int, Place] = {}
    for sound, word in zip(made, _owners(costs, expected, made, end), strict=True):
        if word != _BETWEEN:
            first, _ = places.get(word, (sound.first, sound.last))
            places[word] = (first, sound.last)
    return tuple(places.get(word) for word in range(expected[end - 1][1] + 1))


def _sounds(codes: Sequence[Counted]) -> Iterator[_Sound]:
    """Yield sounds and the boundaries between them; marks belong to their sound."""
    at = carried = 0
    last: _Sound | None = None
    for code, samples in codes:
        first, at = at, at + samples
        if code in _STRESS:
            carried += samples
        elif code in _LENGTHS or unicodedata.combining(code[0]):
            last = last and replace(last, last=at)
        elif code in _EDGES or code in _BREAKS:
            if last is not None and last.name != _GAP:
                yield last
                last = _Sound(_GAP, first, at)
            carried = 0
        else:
            if last is not None:
                yield last
            last = _Sound(code, first - carried, at)
            carried = 0
    if last is not None and last.name != _GAP:
        yield last


def _expected(words: Sequence[Sequence[str]]) -> Iterator[Expected]:
    """Yield each sound with the index of its word; some words are said as several."""
    is_first = True
    for index, word in enumerate(words):
        names = [sound.name for sound in _sounds([(code, 1) for code in word])]
        if names and not is_first:
            yield _GAP, _BETWEEN
        for name in names:
            is_first = False
            yield name, index


def _costs(expected: list[str], made: list[str]) -> list[list[float]]:
    """Return the least cost of laying the first i expected along the first j made."""
    leave = [_GAP_LOST if name == _GAP else _LOST for name in made]
    row = [0.0]
    for cost in leave:
        row.append(row[-1] + cost)
    rows = [row]
    for name in expected:
        lost = _GAP_LOST if name == _GAP else _LOST
        before, row = row, [row[0] + lost]
        for j, other in enumerate(made):
            same = before[j] + _unlike(name, other)
            row.append(min(same, before[j + 1] + lost, row[j] + leave[j]))
        rows.append(row)
    return rows


def _unlike(name: str, other: str) -> float:
    if name == other:
        return 0.0
    if _GAP in (name, other):
        return _NEVER
    vowels = (name in _VOWELS) + (other in _VOWELS)
    return (_UNLIKE, _STRANGE, _KINDRED)[vowels]


def _owners(
    costs: list[list[float]], expected: list[Expected], made: list[_Sound], end: int
) -> list[int]:
    """Return the word of each sound along the cheapest way."""
    owners = [_BETWEEN] * len(made)
    i, j = end, len(made)
    while j:
        sound, cost = made[j - 1].name, costs[i][j]
        name = expected[i - 1][0] if i else ""
        lost = _GAP_LOST if name == _GAP else _LOST
        if i and cost == costs[i - 1][j - 1] + _unlike(name, sound):
            i, j = i - 1, j - 1
            owners[j] = expected[i][1]
        elif i and cost == costs[i - 1][j] + lost:
            i -= 1
        else:
            j -= 1
            owners[j] = _BETWEEN if sound == _GAP else _beside(expected, i)
    return owners


def _beside(expected: list[Expected], at: int) -> int:
    """Return the word of a sound that nobody expected between two that were."""
    before = expected[at - 1][1] if at else _BETWEEN
    return expected[at][1] if before == _BETWEEN else before
