"""What a language's words say about the end of a turn, read from its data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tutor.analysis.hearing import tokens
from tutor.analysis.speech_data import LANGUAGES, speech_data

Phrase = tuple[str, ...]
_FOLDER = Path(__file__).parent / "turn_data"


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases that can be looked for in a row of words."""

    entries: frozenset[Phrase]
    longest: int

    @classmethod
    def of(cls, texts: list[str]) -> Phrases:
        """Return phrases from how they are written."""
        entries = frozenset(tuple(words_of(text)) for text in texts)
        return cls(entries, max(map(len, entries), default=0))

    def ends(self, words: Phrase) -> bool:
        """Whether the words end with one of the phrases."""
        return any(words[-n:] in self.entries for n in self._lengths(words))

    def begins(self, words: Phrase) -> bool:
        """Whether the words begin with one of the phrases."""
        return any(words[:n] in self.entries for n in self._lengths(words))

    def within(self, words: Phrase) -> bool:
        """Whether one of the phrases is among the words."""
        return any(self.begins(words[at:]) for at in range(len(words)))

    def make_up(self, words: Phrase) -> bool:
        """Whether the words are phrases of these and nothing else; no words are not."""
        done = {0}
        for at in range(len(words)):
            if at in done:
                done |= {
                    at + n
                    for n in self._lengths(words[at:])
                    if words[at : at + n] in self.entries
                }
        return bool(words) and len(words) in done

    def _lengths(self, words: Phrase) -> range:
        return range(1, min(self.longest, len(words)) + 1)


@dataclass(frozen=True, slots=True)
class TurnWords:
    """One language's words; what each group means stands in ``turn_data/en.yaml``."""

    mid_clause: Phrases
    may_go_on: Phrases
    clause_openers: Phrases
    leading: Phrases
    greetings: Phrases
    yes_no: Phrases
    polite: Phrases
    closers: Phrases
    sounds: Phrases
    back_channels: Phrases
    question_words: Phrases
    openers_before: Phrases
    open_questions: Phrases
    name_questions: Phrases
    number_questions: Phrases
    choice_words: Phrases
    fillers: frozenset[str]
    numbers: Mapping[str, int]

    def is_number(self, word: str) -> bool:
        """Whether a word is a number, in digits or written out."""
        parts = word.split("-")
        return all(part.isdigit() or part in self.numbers for part in parts)

    def is_digit(self, word: str) -> bool:
        """Whether a word is one of the numbers that are dictated one by one."""
        value = int(word) if word.isdigit() else self.numbers.get(word, 10)
        return value < 10


def words_of(text: str) -> Phrase:
    """Return a text's words, in lower case."""
    return tuple(token.text for token in tokens(text))


@cache
def turn_words(language: str) -> TurnWords | None:
    """Return a language's words; None for one that has no data file."""
    if language not in LANGUAGES:
        return None
    with (_FOLDER / f"{language}.yaml").open(encoding="utf-8") as file:
        # The base loader makes strings only: "no" and "on" are words here.
        raw: dict[str, Any] = yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506
    speech = speech_data(language)
    groups = {name: Phrases.of(texts) for name, texts in raw.items()}
    sounds = {phrase[0] for phrase in groups["sounds"].entries if len(phrase) == 1}
    return TurnWords(
        **groups,
        # "Mm" says "go on" to the other one; it is no search for words.
        fillers=speech.fillers - sounds,
        numbers=speech.numbers,
    )
