"""Reads a text as shown: which words are spoken for each of its tokens.

A token is what white space separates. It has one or more readings ("1995" is a year or
a number), each a row of spoken words: lower case, letters by name with a full stop
(``b.``). Tokens without sound, such as emoji and dashes, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .numeric_tokens import combined, number_readings
from .prompt_table import LanguageTable, Reading
from .prompt_tables import WORDS_FOR
from .unspoken import Core, core_of, folded

Known = Callable[[str], bool]

# Longer tokens are no words; reading them would only cost time.
_LONGEST_TOKEN = 80
_MOST_READINGS = 3
_LONGEST_SPELLED = 5

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|co|uk|de|fr|es|cn)(?:/\S*)?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?", re.UNICODE)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_PLURAL_ACRONYM = re.compile(r"([A-Z]{2,5})('?s)")


@dataclass(frozen=True, slots=True)
class SpokenToken:
    """One token of the text that has a sound.

    ``readings`` is empty when nobody knows how to read it; ``pause`` says that
    punctuation follows, so that it does not link to the next word.
    """

    index: int
    text: str
    readings: tuple[Reading, ...]
    pause: bool


def read_prompt(
    text: str, language: str, *, known: Known | None = None
) -> tuple[SpokenToken, ...]:
    """Return the tokens of ``text`` that have a sound, in order. Never raises.

    ``known`` tells whether a dictionary has a word: it decides between saying and
    spelling an abbreviation. ``language`` has to be a key of ``WORDS_FOR``.
    """
    cores = [core_of(token) for token in text.split()]
    # In a text all in capitals, capitals mean nothing.
    shouted = len(cores) > 1 and not any(character.islower() for character in text)
    tokens: list[SpokenToken] = []
    for index, core in enumerate(cores):
        before = cores[index - 1].text if index else ""
        after = cores[index + 1].text if index + 1 < len(cores) else ""
        reader = _Reader(language, known, shouted, before, after)
        readings = reader.read(core)
        if readings is not None:
            shortened = core.dotted and reader.is_abbreviation(core)
            tokens.append(
                SpokenToken(
                    index,
                    core.text + "." if shortened else core.text,
                    readings[:_MOST_READINGS],
                    core.pauses(abbreviated=shortened),
                )
            )
        elif tokens:
            # A dash or a smiley between two words keeps them apart.
            tokens[-1] = replace(tokens[-1], pause=True)
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one token among its neighbours."""

    language: str
    known: Known | None
    shouted: bool
    before: str
    after: str

    @property
    def table(self) -> LanguageTable:
        """What is not written in letters."""
        return WORDS_FOR[self.language]

    def is_abbreviation(self, core: Core) -> bool:
        """Whether a full stop behind the token is part of it."""
        shortened = bool(self.table.abbreviation(core.text + "."))
        return shortened or "." in core.text or self._is_rank(core)

    def read(self, core: Core) -> tuple[Reading, ...] | None:
        """Return the readings; none for what nobody can read, None for no sound."""
        text = core.text
        if not text:
            return None
        if len(text) > _LONGEST_TOKEN:
            return ()
        symbol = self.table.symbol(text, alone=True)
        if symbol is not None:
            return (symbol,) if symbol else None
        if expanded := self.table.abbreviation(text + "." if core.dotted else text):
            return expanded
        if _ADDRESS.fullmatch(text):
            return self._address(text)
        if any(character.isdigit() for character in text):
            return self._number(core) or self._mixed(text)
        if not any(character.isalpha() for character in text):
            return None
        if _DOTTED.fullmatch(text):
            return (_spelled(text),)
        if unit := self.table.unit_behind(text, self.before):
            return (unit,)
        return self._words(text)

    def _number(self, core: Core) -> tuple[Reading, ...]:
        text = core.text + "." if self._is_rank(core) else core.text
        return number_readings(
            text, self.language, before=self.before, after=self.after
        )

    def _is_rank(self, core: Core) -> bool:
        """German writes "third" as "3."; at the end of a text it is a number."""
        return (
            self.language == "de"
            and core.text.isdigit()
            and core.tail == "."
            and bool(self.after)
        )

    def _words(self, core: str) -> tuple[Reading, ...]:
        """Words, perhaps several joined by hyphens or slashes."""
        lowered = folded(core)
        if self._is_known(lowered):
            return self._one(core)
        parts: list[tuple[Reading, ...]] = []
        at = 0
        for match in _PARTS.finditer(core):
            parts += self._signs(core[at : match.start()])
            at = match.end()
            parts.append(self._one(match[0]))
        parts += self._signs(core[at:])
        return combined(parts)

    def _signs(self, between: str) -> list[tuple[Reading, ...]]:
        """Signs inside a token that are read: "R&B", "C++"."""
        words = (self.table.symbol(sign, alone=False) for sign in between)
        return [(word,) for word in words if word]

    def _one(self, word: str) -> tuple[Reading, ...]:
        """One word: said, or spelled if it is an abbreviation in capitals."""
        lowered = folded(word)
        said = (lowered,)
        if self.shouted or not word.isupper() or len(word) < 2:
            if plural := _PLURAL_ACRONYM.fullmatch(word):
                letters = _spelled(plural[1])
                return ((*letters[:-1], letters[-1] + "'s"), said)
            pieces = _CAMEL.split(word)
            if len(pieces) > 1 and not self._is_known(lowered):
                return combined([self._one(piece) for piece in pieces])
            return (said,)
        if self.table.is_spelled(word):
            return (_spelled(word), said)
        if number := self._roman(word):
            return (number, _spelled(word))
        if not self.table.can_be_said(lowered):
            return (_spelled(word), said)
        if (
            self.known is None
            or self._is_known(lowered)
            or len(word) > _LONGEST_SPELLED
        ):
            return (said, _spelled(word)) if len(word) <= _LONGEST_SPELLED else (said,)
        return (_spelled(word), said)

    def _roman(self, word: str) -> Reading | None:
        if len(word) < 2 or not _ROMAN.fullmatch(word) or not self.before[:1].isupper():
            return None
        value = 10 * word.count("X")
        ones = word.lstrip("X")
        value += {"IX": 9, "IV": 4}.get(ones, 5 * ones.count("V") + ones.count("I"))
        if word.startswith("IX"):
            value = 9
        readings = number_readings(str(value), self.language)
        return readings[0] if readings else None

    def _mixed(self, core: str) -> tuple[Reading, ...]:
        """Letters and digits: "B2B", "mp3", "COVID-19"."""
        parts: list[tuple[Reading, ...]] = []
        for piece in re.findall(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?", core):
            if piece[0].isdigit():
                readings = number_readings(piece, self.language)
                parts.append(readings or ((),))
            elif (
                len(piece) <= 3 and not self._is_known(folded(piece)) or len(piece) == 1
            ):
                parts.append((_spelled(piece),))
            else:
                parts.append(self._one(piece))
        return combined(parts)

    def _address(self, core: str) -> tuple[Reading, ...]:
        """A web or mail address: its words and signs, without https."""
        text = re.sub(r"^https?://", "", core, flags=re.IGNORECASE).rstrip("/")
        words: list[str] = []
        for piece in re.findall(r"[^\W\d_]+|\d+|[.@/-]", text):
            if word := self.table.address_sign(piece):
                words += word
            elif piece.isdigit():
                readings = number_readings(piece, self.language)
                words += readings[0] if readings else ()
            elif piece.isalpha():
                known = self._is_known(piece.lower()) and len(piece) > 2
                guess = len(piece) > 3 and self.table.can_be_said(piece.lower())
                words += [piece.lower()] if known or guess else _spelled(piece)
        return (tuple(words),) if words else ()

    def _is_known(self, word: str) -> bool:
        return self.known is not None and self.known(word)


def _spelled(word: str) -> Reading:
    """Return the letters of a word by name."""
    return tuple(f"{letter}." for letter in folded(word) if letter.isalpha())
