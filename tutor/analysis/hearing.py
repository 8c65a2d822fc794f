"""Whether two texts are the same when heard.

Spelling, silent endings, capitals, punctuation, contractions, fillers, how a number is
written, dialect and accepted informal speech make no difference to what somebody said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .speech_data import SpeechData

_WORD = re.compile(r"[^\W_]+(?:['’´`‘-][^\W_]+)*(?:['’](?!\w))?|['’][^\W_]+")
_TENS = range(20, 100, 10)
_APOSTROPHES = str.maketrans("’´`‘", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in lower case, with its characters' place."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of a text; punctuation is none."""
    return [
        Token(
            match.group().casefold().translate(_APOSTROPHES), match.start(), match.end()
        )
        for match in _WORD.finditer(text)
    ]


def heard(text: str, data: SpeechData) -> str:
    """Return what is heard of a text, in one form for all ways to write or say it."""
    words: list[str] = []
    for token in tokens(text):
        for part in token.text.split("-"):
            words += _expanded(part, data)
    words = [word for word in words if word and word not in data.fillers]
    words = [word for word in words if word not in data.optional]
    words = _numbers(words, data)
    phrase = f" {' '.join(words)} "
    for one, other in data.phrases:
        phrase = phrase.replace(f" {one} ", f" {other} ")
    # Where a word ends can't be heard: "every day" and "everyday".
    return "".join(_sound(word, data) for word in phrase.split())


def same_when_heard(one: str, other: str, data: SpeechData) -> bool:
    """Return whether two texts differ in nothing that speech has."""
    if heard(one, data) == heard(other, data):
        return True
    return bool(data.possessive) and _owned(one, data) == _owned(other, data)


def _owned(text: str, data: SpeechData) -> str:
    """Return what is heard if each possessive is one, and no verb that was drawn together."""
    words = (token.text for token in tokens(text))
    ending = data.possessive
    return heard(
        " ".join(
            f"{word.removesuffix(ending)}s" if word.endswith(ending) else word
            for word in words
        ),
        data,
    )


def _expanded(word: str, data: SpeechData) -> list[str]:
    if word in data.informal:
        return data.informal[word].split()
    for ending, full in data.contractions.items():
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [*_expanded(stem, data), full] if stem else [full]
    return [word.strip("'")] if word.strip("'") else []


def _numbers(words: list[str], data: SpeechData) -> list[str]:
    """Write numbers as digits; tens and ones that follow each other are one number."""
    written: list[str] = []
    before: int | None = None
    for word in words:
        value = data.numbers.get(word)
        if value is None:
            written.append(word)
        elif before is not None and before in _TENS and 0 < value < 10:
            written[-1] = str(before + value)
        else:
            written.append(str(value))
        before = value
    return written


def _sound(word: str, data: SpeechData) -> str:
    for find, put in data.spelling:
        word = find.sub(put, word)
    word = data.sounds_like.get(word, word)
    # "l'hiver" ends as "hiver" does.
    if word.rpartition("'")[2] in data.sounded:
        return word
    for find, put in data.silent:
        word = find.sub(put, word)
    return word
