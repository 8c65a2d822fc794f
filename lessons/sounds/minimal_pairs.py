"""Words that differ in one sound, by level: English ones from the dictionary.

``data/minimal_pairs_en.tsv`` is built by ``scripts/build_minimal_pairs.py``. Other languages
have the pairs written with their sounds and contrasts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from .contrast import Contrast, Position, WordPair
from .library import DATA, sounds_of
from .sound import MinimalPair

_PLACES = {
    Position.START: ("start",),
    Position.BEFORE_FRONT_VOWEL: ("start", "middle"),
    Position.BEFORE_BACK_VOWEL: ("start", "middle"),
    Position.END: ("end",),
    Position.END_CLUSTER: ("end",),
    Position.BETWEEN_VOWELS: ("middle",),
}
_EVERYWHERE = ("start", "middle", "end")


@dataclass(frozen=True, slots=True)
class _Line:
    place: str
    level: int
    pair: WordPair


def minimal_pairs(l2: str, contrast: Contrast, *, highest: int = 3) -> list[WordPair]:
    """Return pairs for a contrast, those written for it first, then the easiest.

    ``highest`` is the level, 1 for A1 to 6 for C2, that both words may have; what was
    written for the contrast is always there. Where the contrast shows in one place of a
    word, pairs differ there.
    """
    listed = _dictionary(l2).get((contrast.sound, contrast.becomes[0]), ())
    places = _PLACES.get(contrast.position, _EVERYWHERE)
    fit = [line for line in listed if line.level <= highest and line.place in places]
    fit.sort(key=lambda line: line.level)
    authored = (
        WordPair(pair.word, pair.other_word)
        for pair in _pairs_of_sound(l2, contrast.sound, contrast.other)
    )
    found = dict.fromkeys((*contrast.pairs, *(line.pair for line in fit), *authored))
    return list(found)


def count_pairs(l2: str, sound: str, other: str) -> int:
    """Return how many pairs of words are told apart by two sounds alone."""
    known = len(_dictionary(l2).get((sound, other), ()))
    return known or len(_pairs_of_sound(l2, sound, other))


def _pairs_of_sound(l2: str, ipa: str, other: str) -> list[MinimalPair]:
    sound = sounds_of(l2).get(ipa)
    return [pair for pair in sound.pairs if pair.other == other] if sound else []


@cache
def _dictionary(l2: str) -> dict[tuple[str, str], tuple[_Line, ...]]:
    path = DATA / f"minimal_pairs_{l2}.tsv"
    found: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                sound, other, place, level, word, other_word = line.split("\t")
                pair = WordPair(word, other_word)
                found[sound, other].append(_Line(place, int(level), pair))
    return {key: tuple(lines) for key, lines in found.items()}
