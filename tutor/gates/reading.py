"""A reply as the gates see it: sentences, words and tokens, read once for all gates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .clitics import parts

_MARKS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0951-\u0957"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_WORD = re.compile(rf"[^\W\d_]{_LETTER}*(?:['’]{_LETTER}+)*['’]?|\d+(?:[.,:]\d+)*")
_END = re.compile(r"[.!?…]+[\"'”’»“)\]]*(?=\s|$)|[。！？]+[」』）]*|\n+")
_QUOTED = re.compile(
    r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|„[^“”\n]*[“”]|‹[^›\n]*›|「[^」\n]*」"
    r"|(?<!\w)[‘'](?:[^'’‘\n]|(?<=\w)['’](?=\w)){1,80}['’](?!\w)"
)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "vs",
        "e.g",
        "i.e",
        "z.b",
        "bzw",
        "d.h",
        "sr",
        "sra",
        "srta",
        "ud",
        "uds",
        "mme",
        "mlle",
        "p.ej",
    ]
)
# Scripts that write no spaces: two signs are about a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a part of a contraction, lower case; offsets are those of the word."""

    text: str
    start: int
    end: int
    sentence: int
    opens: bool
    capital: bool
    quoted: bool
    latin: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its closing punctuation. ``asks`` ignores what is quoted in it."""

    text: str
    start: int
    words: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply, taken apart. ``words`` counts a contraction or "well-known" once.

    ``quotes`` are the places of quotations, their marks included.
    """

    text: str
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    words: int
    quotes: tuple[tuple[int, int], ...]

    @property
    def opening(self) -> dict[int, str]:
        """The first token of each sentence, by the sentence's number."""
        return {token.sentence: token.text for token in self.tokens if token.opens}


@lru_cache(maxsize=512)
def read(text: str, language: str) -> Reading:
    """Take a text apart by the rules of a language's contractions."""
    text = unicodedata.normalize("NFC", text)
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for start, end in _bounds(text, quotes):
        words = 0
        for match in _WORD.finditer(text, start, end):
            word = match.group()
            quoted = any(a <= match.start() < b for a, b in quotes)
            opens = words == 0
            joined = words > 0 and text[match.start() - 1] == "-"
            words += 0 if joined else _weight(word)
            for part in parts(word.lower().replace("’", "'"), language):
                tokens.append(
                    Token(
                        text=part,
                        start=match.start(),
                        end=match.end(),
                        sentence=len(sentences),
                        opens=opens,
                        capital=word[0].isupper(),
                        quoted=quoted,
                        latin=_latin(word),
                    )
                )
                opens = False
        if words:
            asks = _asks(text, start, end, quotes)
            sentences.append(Sentence(text[start:end].strip(), start, words, asks))
    return Reading(
        text=text,
        sentences=tuple(sentences),
        tokens=tuple(tokens),
        words=sum(sentence.words for sentence in sentences),
        quotes=tuple(quotes),
    )


def _bounds(text: str, quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()].rpartition(" ")[2].lower()
        after = text[match.end() :].lstrip()
        if match.group()[0] == "." and before in _ABBREVIATIONS:
            continue
        if after[:1].islower() and not _surely_ends(match.group()):
            continue
        if any(a < match.start() and match.end() < b for a, b in quotes):
            continue
        bounds.append((start, match.end()))
        start = match.end()
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds


def _surely_ends(marks: str) -> bool:
    """Whether a sentence ends here though the next word begins small: "Really? that is".

    A full stop may belong to an abbreviation, and a quoted question to who asked it.
    """
    return marks[-1] in "!?" or marks[0] in "。！？\n"


def _asks(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> bool:
    return any(
        text[place] in "?？" and not any(a < place < b - 1 for a, b in quotes)
        for place in range(start, end)
    )


def _weight(word: str) -> int:
    unspaced = len(_UNSPACED.findall(word))
    return max(1, (unspaced + 1) // 2)


def _latin(word: str) -> bool:
    return word.isascii() or all(
        ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x1F00 or sign in "'’"
        for sign in word
        if not unicodedata.combining(sign)
    )
