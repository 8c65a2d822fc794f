"""Lists of phrases, found in a reply in time that does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .clitics import readings
from .reading import Token

_GAP = "~"
_GAP_WORDS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at tokens ``first``..``last`` (the last one is part of it)."""

    phrase: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase: whole words, beginnings of words, or a gap."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    gap: bool = False

    def fits(self, token: str) -> bool:
        return token in self.words or token.startswith(self.beginnings or ("\0",))


class PhraseList:
    """Phrases as data: ``kill* time`` (beginnings), ``is|was`` (either), ``~`` (0-2 words).

    A phrase never runs over the end of a sentence; punctuation inside does not matter.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, tuple[_Element, ...]]]] = {}
        self._by_beginning: dict[str, list[tuple[str, tuple[_Element, ...]]]] = {}
        for phrase in phrases:
            elements = tuple(_element(part) for part in phrase.lower().split())
            if not elements or elements[0].gap or elements[-1].gap:
                raise ValueError(f"{phrase!r}: a phrase begins and ends with a word")
            for word in elements[0].words:
                self._by_word.setdefault(word, []).append((phrase, elements))
            for beginning in elements[0].beginnings:
                self._by_beginning.setdefault(beginning, []).append((phrase, elements))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})

    def find(self, tokens: Sequence[Token]) -> Iterator[Found]:
        """Yield what is found, in the order of the text."""
        for first, token in enumerate(tokens):
            for phrase, elements in self._candidates(token.text):
                last = _match(elements, 1, tokens, first)
                if last is not None:
                    yield Found(phrase, first, last)

    def _candidates(self, word: str) -> Iterator[tuple[str, tuple[_Element, ...]]]:
        yield from self._by_word.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._by_beginning.get(word[:length], ())


def _element(part: str) -> _Element:
    if part == _GAP:
        return _Element(frozenset(), (), gap=True)
    choices = part.split("|")
    if not all(choice.rstrip("*") for choice in choices):
        raise ValueError(f"{part!r}: an empty choice")
    return _Element(
        frozenset(
            reading
            for choice in choices
            if not choice.endswith("*")
            for reading in readings(choice)
        ),
        tuple(choice[:-1] for choice in choices if choice.endswith("*")),
    )


def _match(
    elements: tuple[_Element, ...], place: int, tokens: Sequence[Token], at: int
) -> int | None:
    """Return the last token of a phrase whose elements before ``place`` end at ``at``."""
    if place == len(elements):
        return at
    element = elements[place]
    if element.gap:
        for skipped in range(_GAP_WORDS + 1):
            reached = at + skipped
            if not _together(tokens, at, reached):
                return None
            last = _match(elements, place + 1, tokens, reached)
            if last is not None:
                return last
        return None
    following = at + 1
    if not _together(tokens, at, following):
        return None
    if not element.fits(tokens[following].text):
        return None
    return _match(elements, place + 1, tokens, following)


def _together(tokens: Sequence[Token], at: int, other: int) -> bool:
    return other < len(tokens) and tokens[at].sentence == tokens[other].sentence
