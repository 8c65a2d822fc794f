"""Facts that learners tell about themselves, recognised by pattern and nothing else.

Only the first person, only a few harmless kinds (``fact_patterns.KINDS``), only short and
complete, never with a figure or a private word in it. What is doubtful is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tutor.findings import Analysis
from tutor.languages.function_words import function_words, is_known

from .fact_patterns import FactPattern, FactPatterns, fact_patterns
from .sentences import matches, touches

MAX_WORDS = 7
_GAP_ENDS = re.compile(r"[,;:()\"“”«»\n–—]")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_STRANGE = re.compile(r"[\d@#/\\<>{}\[\]_]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in the learner's words, without a full stop: "I have a dog"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.casefold().replace("’", "'")


def facts_in(analysis: Analysis, language: str) -> tuple[Fact, ...]:
    """Return what a turn tells about the learner, from its faultless parts.

    The caller leaves out turns that ask for care. An unknown language gives nothing.
    """
    patterns = fact_patterns(language)
    if patterns is None:
        return ()
    found: list[Fact] = []
    for sentence in _SENTENCE.finditer(analysis.text):
        if sentence.group().rstrip().endswith("?"):
            continue
        told = _told(sentence.group(), patterns)
        if told is None:
            continue
        fact, start, end = told
        start, end = start + sentence.start(), end + sentence.start()
        if any(touches(finding, start, end) for finding in analysis.findings):
            continue
        if fact not in found:
            found.append(fact)
    return tuple(found)


def to_the_learner(text: str, language: str) -> str | None:
    """Return a fact as said to the learner ("you have a dog"), None if that is unsure."""
    patterns = fact_patterns(language)
    told = _told(text, patterns) if patterns else None
    if patterns is None or told is None or told[0].text.rstrip(".") != text.rstrip("."):
        return None
    tokens = _tokens(text)
    begun = _begun(tokens, patterns)
    if begun is None:
        return None
    pattern, at = begun
    rest = [patterns.swap.get(token.plain, token.text) for token in tokens[at:]]
    return " ".join([pattern.you, *rest])


def kind_of(text: str, language: str) -> str:
    """Return the kind of a fact, ``""`` if it is of none (the learner edited it)."""
    patterns = fact_patterns(language)
    told = _told(text, patterns) if patterns else None
    return told[0].kind if told else ""


def _told(sentence: str, data: FactPatterns) -> tuple[Fact, int, int] | None:
    # Figures and signs: telephone numbers, addresses, dates of birth.
    if _STRANGE.search(sentence):
        return None
    tokens = _tokens(sentence)
    skipped = 0
    while skipped < len(tokens) and tokens[skipped].plain in data.openers:
        skipped += 1
    begun = _begun(tokens[skipped:], data)
    if begun is None:
        return None
    pattern, n_head = begun
    first = skipped + n_head
    # What follows may say that the beginning was private, too.
    if any(data.is_private(part) for t in tokens[first:] for part in _parts(t.plain)):
        return None
    rest = _until_stop(sentence, tokens[first - 1 :], pattern, data)
    if not _may_be_kept(rest, pattern, data):
        return None
    text = " ".join([pattern.said, *(token.text for token in rest)])
    fact = Fact(pattern.kind, text[:1].upper() + text[1:])
    return fact, tokens[skipped].start, rest[-1].end


def _begun(tokens: list[_Token], data: FactPatterns) -> tuple[FactPattern, int] | None:
    for pattern in data.patterns:
        head = pattern.said.casefold().split()
        if [token.plain for token in tokens[: len(head)]] != head:
            continue
        if len(tokens) > len(head) and _begins(tokens[len(head)].plain, pattern):
            return pattern, len(head)
    return None


def _begins(word: str, pattern: FactPattern) -> bool:
    elided = word.partition("'")[0] + "'"
    return not pattern.begins or word in pattern.begins or elided in pattern.begins


def _until_stop(
    sentence: str, tokens: list[_Token], pattern: FactPattern, data: FactPatterns
) -> list[_Token]:
    """Return the words after the first one, up to where something else begins."""
    kept: list[_Token] = []
    for before, token in pairwise(tokens):
        if _GAP_ENDS.search(sentence[before.end : token.start]):
            break
        stops = token.plain in data.stops
        if stops and (kept or token.plain not in pattern.begins):
            break
        kept.append(token)
    return kept


def _may_be_kept(rest: list[_Token], pattern: FactPattern, data: FactPatterns) -> bool:
    if not 0 < len(rest) <= MAX_WORDS:
        return False
    if is_known(data.language) and rest[-1].plain in function_words(data.language):
        return False
    return not any(
        _refused(part, pattern, data) for token in rest for part in _parts(token.plain)
    )


def _refused(word: str, pattern: FactPattern, data: FactPatterns) -> bool:
    return word in data.refused or word in pattern.never


def _parts(word: str) -> Iterable[str]:
    """Return the word and what an apostrophe or hyphen joins in it."""
    return {word, *re.split(r"['\-]", word)} - {""}


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.group(), match.start(), match.end()) for match in matches(text)
    ]
