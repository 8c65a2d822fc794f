"""Short meanings of words in the words' own language, read from ``<language>/glosses.tsv``.

The file is built by ``scripts/build_glosses.py``; ``glosses.own.tsv``, written for this
project, wins over it. A line is the word, then tab-separated senses ``noun: meaning`` with
perhaps ``| example``; ``=go`` says that the word is a form of "go".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .function_words import DATA, LanguageDataError, primary
from .levels import ENDINGS, Ending, bases, read_endings

GLOSSES = "glosses.tsv"
OWN = "glosses.own.tsv"
# To be shown wherever the glosses are listed or described.
ATTRIBUTION = {
    "en": "Meanings: WordNet 3.0, © 2006 Princeton University; own additions."
}
FORM = "="
_PARTS = frozenset({"noun", "verb", "adj", "adv", "word"})


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning. ``part`` is noun, verb, adj, adv or word (anything else).

    ``word`` is the dictionary form that the sense belongs to; ``example`` may be ``""``.
    """

    word: str
    part: str
    meaning: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Glosses:
    """The meanings of one language's frequent words.

    ``own`` are the words explained in simple words, by this project.
    """

    language: str
    lines: Mapping[str, str]
    endings: Mapping[str, tuple[Ending, ...]]
    path: Path
    own: frozenset[str] = frozenset()

    def only_own_meaning(self, word: str) -> str:
        """Return the meaning of a word that has one, in simple words, else ``""``."""
        senses = self.senses(word) if word.casefold() in self.own else ()
        return senses[0].meaning if len(senses) == 1 else ""

    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return the usual meanings of a word or form, the most usual first."""
        word = " ".join(word.split()).replace("\u2019", "'").casefold()
        found = tuple(self._listed(word)) if word else ()
        if found:
            return found
        for base in bases(word, self.endings):
            found = tuple(self._listed(base))
            if found:
                return found
        return ()

    def _listed(self, word: str, *, follow: bool = True) -> Iterator[Sense]:
        for column in self.lines.get(word, "").split("\t"):
            if column.startswith(FORM):
                if follow:
                    yield from self._listed(column[1:], follow=False)
            elif column:
                part, colon, rest = column.partition(": ")
                meaning, _, example = rest.partition(" | ")
                if not colon or part not in _PARTS or not meaning:
                    raise LanguageDataError(f"{self.path}: {word}: wants 'noun: text'")
                yield Sense(word, part, meaning, example)


@cache
def glosses(tag: str) -> Glosses | None:
    """Return a language's glosses, None without a file. Raises LanguageDataError."""
    language = primary(tag)
    folder = DATA / language
    if not language.isalpha() or not (folder / GLOSSES).is_file():
        return None
    lines = dict(_lines(folder / GLOSSES))
    own = dict(_lines(folder / OWN)) if (folder / OWN).is_file() else {}
    endings = read_endings(folder / ENDINGS)
    path = folder / GLOSSES
    return Glosses(language, lines | own, endings, path, frozenset(own))


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        word, tab, columns = line.partition("\t")
        if not tab or not columns.strip():
            raise LanguageDataError(f"{path}:{number}: wants a word, a tab, meanings")
        yield word, columns
