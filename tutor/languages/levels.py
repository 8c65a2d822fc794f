"""At which CEFR level a learner meets a word, read from ``<language>/levels.txt``.

English levels come from graded word lists; those of Spanish, French and German are
estimated from frequency alone, and say so. The files are built by
``scripts/build_word_levels.py`` and hold only what the endings of ``levels.endings.tsv``
do not give: "walked" is found through "walk".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..learner import Level
from .function_words import (
    DATA,
    FunctionWords,
    LanguageDataError,
    function_words,
    primary,
)

# The rank of a word that no list knows: above C2.
UNKNOWN = 7
LEVELS = "levels.txt"
OWN = "levels.own.txt"
ENDINGS = "levels.endings.tsv"

_SHORTEST_STEM = 2
_SHORTEST_PART = 3
_LINKS = ("", "s", "n", "en", "es")


@dataclass(frozen=True, slots=True)
class Ending:
    """What an inflected form begins and ends with, and what its base has there."""

    begins: str
    ends: str
    base: str
    undouble: bool = False

    def bases(self, word: str) -> Iterator[str]:
        """Yield what the word may be a form of."""
        stem = word[len(self.begins) : len(word) - len(self.ends)]
        if len(stem) < _SHORTEST_STEM:
            return
        yield stem + self.base
        if self.undouble and len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]


@dataclass(slots=True)
class WordLevels:
    """Ranks of words, 1 for A1 to 6 for C2. ``estimated``: from frequency alone."""

    language: str
    estimated: bool
    compounds: bool
    function: FunctionWords
    ranks: Mapping[str, int]
    endings: Mapping[str, tuple[Ending, ...]]
    _found: dict[str, int] = field(default_factory=dict)

    def rank(self, word: str) -> int:
        """Return the rank of a lower-case word or form, ``UNKNOWN`` if nothing fits."""
        listed = 1 if word in self.function else self.ranks.get(word)
        if listed is not None:
            return listed
        found = self._found.get(word)
        if found is None:
            found = self.derived(word)
            if found == UNKNOWN and self.compounds:
                found = self._compound(word)
            if len(self._found) < 20_000:
                self._found[word] = found
        return found

    def level(self, word: str) -> Level | None:
        """Return the level of a word, None for an unknown one."""
        rank = self.rank(word)
        return None if rank == UNKNOWN else list(Level)[rank - 1]

    def derived(self, word: str) -> int:
        """Return the lowest rank among what a word may be a form of."""
        return min(
            (self.ranks.get(base, UNKNOWN) for base in bases(word, self.endings)),
            default=UNKNOWN,
        )

    def _compound(self, word: str) -> int:
        """Return the rank of the harder part of a word made of two known ones."""
        best = UNKNOWN
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail = self._part(word[cut:])
            if tail >= best:
                continue
            for link in _LINKS:
                head = word[:cut].removesuffix(link) if link else word[:cut]
                if len(head) >= _SHORTEST_PART:
                    best = min(best, max(tail, self._part(head)))
        return best

    def _part(self, word: str) -> int:
        listed = self.ranks.get(word)
        return self.derived(word) if listed is None else listed


def bases(word: str, endings: Mapping[str, tuple[Ending, ...]]) -> Iterator[str]:
    """Yield what a word may be a form of; ``endings`` are keyed by their last sign."""
    for ending in endings.get(word[-1:], ()):
        if word.endswith(ending.ends) and word.startswith(ending.begins):
            yield from ending.bases(word)


@cache
def word_levels(tag: str) -> WordLevels:
    """Return the levels of a language's words. Raises LanguageDataError."""
    language = primary(tag)
    folder = DATA / language
    settings, ranks = read_levels(folder / LEVELS)
    return WordLevels(
        language=language,
        estimated="estimated" in settings,
        compounds="compounds" in settings,
        function=function_words(language),
        ranks=ranks,
        endings=read_endings(folder / ENDINGS),
    )


def read_levels(path: Path) -> tuple[frozenset[str], dict[str, int]]:
    """Return the settings and the ranks of a file of levels.

    Lines are ``A1: word word ...``; ``is: estimated compounds`` holds settings; ``#``
    begins a comment. Raises LanguageDataError.
    """
    settings: frozenset[str] = frozenset()
    ranks: dict[str, int] = {}
    for number, line in _lines(path):
        name, colon, words = line.partition(":")
        if name == "is":
            settings = frozenset(words.split())
        elif colon and name in Level.__members__:
            rank = Level(name).rank
            for word in words.split():
                ranks.setdefault(word, rank)
        else:
            raise LanguageDataError(f"{path}:{number}: wants 'A1: words'")
    return settings, ranks


def read_endings(path: Path) -> dict[str, tuple[Ending, ...]]:
    """Return the endings of a file, by their last sign. Raises LanguageDataError.

    Lines are the form, a tab, and its bases: ``~ies`` and ``~y``, ``~ed`` and ``~ ~e``;
    a ``+`` at the end of the form also takes a doubled consonant away.
    """
    found: dict[str, list[Ending]] = {}
    for number, line in _lines(path):
        form, tab, targets = line.partition("\t")
        begins, tilde, ends = form.removesuffix("+").partition("~")
        if not (tab and tilde and ends) or not targets.split():
            raise LanguageDataError(f"{path}:{number}: wants '~ending', tab, '~base'")
        for target in targets.split():
            if not target.startswith("~"):
                raise LanguageDataError(f"{path}:{number}: {target!r} has no ~")
            ending = Ending(begins, ends, target[1:], undouble=form.endswith("+"))
            found.setdefault(ends[-1], []).append(ending)
    return {last: tuple(endings) for last, endings in found.items()}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LanguageDataError(f"{path}: {error}") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()
