"""What free talk may bring in: words met before, the learner's own mistakes, a step up.

New words stand in ``<language>/free_talk.tsv`` by level; those of the level above the
learner's come in, in the order of the file, until they are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ..history import LedgerEntry
from ..languages.function_words import DATA, LanguageDataError, primary
from ..learner import Level
from ..memory.opening import TalkMemory
from ..moves import PlannedItem
from .lesson_items import explained

FILE = "free_talk.tsv"
MOST_ITEMS = 6
_MOST_AGAIN = 2
_MOST_FROM_MISTAKES = 1
# The right words of a mistake are worth a place of their own where they are a phrase.
_PHRASE_WORDS = range(2, 5)
_MOST_EXAMPLE_WORDS = 9


def free_talk_items(
    memory: TalkMemory, *, language: str, level: Level
) -> tuple[PlannedItem, ...]:
    """Return the items of a talk without a lesson, the first to come first."""
    again = _met(memory.words[:_MOST_AGAIN], language, level)
    mistakes = list(_from_mistakes(memory.ledger))[:_MOST_FROM_MISTAKES]
    new = [
        item
        for item in free_talk_words(language).get(_step_up(level), ())
        if item.text.casefold() not in memory.known_words
    ]
    items = {item.text.casefold(): item for item in (*again, *mistakes, *new)}
    return tuple(items.values())[:MOST_ITEMS]


@cache
def free_talk_words(tag: str) -> dict[Level, tuple[PlannedItem, ...]]:
    """Return a language's words by level; none without a file. Raises LanguageDataError."""
    path = DATA / primary(tag) / FILE
    found: dict[Level, list[PlannedItem]] = {}
    for level, item in _lines(path) if path.is_file() else ():
        found.setdefault(level, []).append(item)
    return {level: tuple(items) for level, items in found.items()}


def _lines(path: Path) -> Iterator[tuple[Level, PlannedItem]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or cells[0] not in Level.__members__ or not all(cells):
            raise LanguageDataError(
                f"{path}:{number}: wants level, word, meaning, example"
            )
        yield Level(cells[0]), PlannedItem(*cells[1:])


def _step_up(level: Level) -> Level:
    return list(Level)[min(level.rank, len(Level) - 1)]


def _met(words: Iterable[str], language: str, level: Level) -> list[PlannedItem]:
    listed = {
        item.text: item
        for items in free_talk_words(language).values()
        for item in items
    }
    return [
        listed.get(word) or explained(word, (), "", language, level) for word in words
    ]


def _from_mistakes(ledger: Iterable[LedgerEntry]) -> Iterator[PlannedItem]:
    for entry in ledger:
        words = _as_written(entry.key.rpartition(">")[2], entry.better)
        if words and len(words.split()) in _PHRASE_WORDS:
            short = len(entry.better.split()) <= _MOST_EXAMPLE_WORDS
            yield PlannedItem(words, example=entry.better if short else "")


def _as_written(words: str, sentence: str) -> str:
    """Return the words with the capitals of the sentence, ``""`` where they are not in it."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence, re.IGNORECASE)
    return found.group() if found else ""
