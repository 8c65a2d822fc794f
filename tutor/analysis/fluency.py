"""Takes out of a turn what speakers take back themselves.

Fillers, repeated words and false starts ("I go, I went") are part of speaking, and what was
repaired was known. They are cut out before anything is judged; every character of what is
left knows its place in the turn.
"""

from __future__ import annotations

from dataclasses import dataclass

from .hearing import Token, tokens
from .speech_data import SpeechData

_LONGEST_REPEAT = 3
_LONGEST_FALSE_START = 2
_LONGEST_REPAIRED = 5


@dataclass(frozen=True, slots=True)
class Fluent:
    """A turn without its disfluencies. ``places[i]`` is where character ``i`` was."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return a span's place in the turn as it was said."""
        if start == end:
            at = self.places[start - 1] + 1 if start else 0
            # An insertion belongs to the word after it if it stood right before that.
            if start < len(self.places) and not self.text[start - 1 : start].isalnum():
                at = self.places[start]
            return at, at
        return self.places[start], self.places[end - 1] + 1


def fluent(text: str, data: SpeechData) -> Fluent:
    """Return the turn without fillers, repetitions and false starts."""
    words = tokens(text)
    dropped = _fillers(words, data)
    kept = [index for index in range(len(words)) if index not in dropped]
    dropped |= _repetitions(words, kept)
    kept = [index for index in kept if index not in dropped]
    dropped |= _false_starts(text, words, kept, data)
    return _without(text, words, dropped)


def _fillers(words: list[Token], data: SpeechData) -> set[int]:
    return {index for index, word in enumerate(words) if word.text in data.fillers}


def _repetitions(words: list[Token], kept: list[int]) -> set[int]:
    """Drop the first of two equal runs of words that follow each other."""
    dropped: set[int] = set()
    for length in range(_LONGEST_REPEAT, 0, -1):
        for at in range(len(kept) - 2 * length + 1):
            first, second = kept[at : at + length], kept[at + length : at + 2 * length]
            if dropped & set(first + second):
                continue
            if [words[i].text for i in first] == [words[i].text for i in second]:
                # "very very good", "no, no" mean what they say; nothing is lost here.
                dropped |= set(first)
    return dropped


def _false_starts(
    text: str, words: list[Token], kept: list[int], data: SpeechData
) -> set[int]:
    dropped: set[int] = set()
    for at, index in enumerate(kept):
        if index in dropped:
            continue
        dropped |= _said_anew(text, words, kept[at:], at == 0, data)
    for at in range(len(kept)):
        dropped |= _taken_back(words, kept, at, data)
    return dropped


def _said_anew(
    text: str, words: list[Token], rest: list[int], first: bool, data: SpeechData
) -> set[int]:
    """``I go, I went``: a short start with a subject, a break, the same subject again."""
    start = words[rest[0]]
    if start.text not in data.subjects:
        return set()
    before = text[: start.start].rstrip()
    if not first and before[-1:] not in {",", ".", "!", "?", ";", "…", "-", "–"}:
        return set()
    for length in range(1, _LONGEST_FALSE_START + 1):
        if len(rest) <= length + 1:
            break
        again = words[rest[length]]
        between = text[words[rest[length - 1]].end : again.start]
        if again.text == start.text and set(between) & set(",-–…"):
            return set(rest[:length])
    return set()


def _taken_back(
    words: list[Token], kept: list[int], at: int, data: SpeechData
) -> set[int]:
    """``she go, sorry, she goes``: words up to a marker that are then said anew."""
    for marker in data.repair:
        end = at + len(marker)
        if tuple(words[i].text for i in kept[at:end]) != marker or end >= len(kept):
            continue
        again = words[kept[end]].text
        for back in range(1, min(_LONGEST_REPAIRED, at) + 1):
            if words[kept[at - back]].text == again:
                return set(kept[at - back : end])
    return set()


def _without(text: str, words: list[Token], dropped: set[int]) -> Fluent:
    cut: set[int] = set()
    for index in dropped:
        end = words[index].end
        while end < len(text) and (text[end].isspace() or text[end] in ",…-–"):
            end += 1
        # What ends the turn stays, so that a sentence keeps its end.
        cut |= set(range(words[index].start, end))
    places = tuple(place for place in range(len(text)) if place not in cut)
    left = len(places)
    while left and text[places[left - 1]].isspace():
        left -= 1
    places = places[:left]
    return Fluent("".join(text[place] for place in places), places)
