"""A reply is speech: no lists, signs, links, stage directions or loops."""

from __future__ import annotations

import re
from collections import Counter

from ..gating import GateResult, ReplyContext
from ..languages.function_words import primary
from .reading import Reading, read

_SHAPES = (
    (re.compile(r"https?://|www\.\w|\b[\w-]+\.(?:com|org|net|edu|io)\b"), "no links"),
    (re.compile(r"```|<<|>>|`[^`\n]+`|</?[a-z][^>\n]*>|<\|"), "no code"),
    (re.compile(r"^\s*(?:[-•·●▪*–]|\d{1,2}[.)])\s+\S", re.MULTILINE), "no lists"),
    (re.compile(r"\*|^\s*#{1,6}\s|__|~~|\|\s*-|\]\(", re.MULTILINE), "no markdown"),
    (re.compile(r"\[[^\]\n]*\]?|\{|\}"), "no brackets"),
    (
        re.compile(
            r"\(\s*(?:\w+\s+){0,2}(?:smil|laugh|nod|wav|paus|sigh|wink|clap|cheer|whisper|grin"
            r"|sonr|ríe|rie|riendo|asient|suspir|aplau|saluda|souri|rit\b|rires|hoche|soupir"
            r"|applaud|läch|lach|nick|seufz|wink|klatsch)\w*[^)\n]*\)?",
            re.IGNORECASE,
        ),
        "no stage directions",
    ),
    (
        re.compile(
            r"^\s*(?:tutor|teacher|assistant|user|system|learner|student|ai|profesora?"
            r"|do|professeur|lehrer(?:in)?|alumno|élève|schüler)\s*:",
            re.IGNORECASE | re.MULTILINE,
        ),
        "no speaker names",
    ),
    (
        re.compile(
            "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u2190-\u21ff]"
            r"|(?<!\w)[:;]-?[)(DP](?!\w)"
        ),
        "no emoji",
    ),
)
_ENDS = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]]*\s*$")
_LOOP = 4
_LOOPS = 3


class FormGate:
    """Plain spoken sentences, none of them twice, the last one complete."""

    name = "form"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure nothing; the reason says what is wrong."""
        reading = read(reply, self._language)
        wrong = _wrong(reply, reading, whole=whole)
        reason = f"Plain spoken sentences only: {wrong}." if wrong else ""
        return GateResult(self.name, not wrong, reason)


def _wrong(reply: str, reading: Reading, *, whole: bool) -> str:
    if not reading.words:
        return "say something"
    for shape, what in _SHAPES:
        if shape.search(reply):
            return what
    if _loops(reading):
        return "do not repeat yourself"
    if whole and not _ENDS.search(reply):
        return "finish the sentence"
    return ""


def _loops(reading: Reading) -> bool:
    sentences = Counter(
        sentence.text.casefold() for sentence in reading.sentences if sentence.words > 2
    )
    if any(count > 1 for count in sentences.values()):
        return True
    words = [token.text for token in reading.tokens]
    runs = Counter(
        tuple(words[at : at + _LOOP]) for at in range(len(words) - _LOOP + 1)
    )
    if any(count >= _LOOPS for count in runs.values()):
        return True
    return any(
        words[at : at + size] * (_LOOPS + (size == 1))
        == words[at : at + size * (_LOOPS + (size == 1))]
        for size in (1, 2, 3)
        for at in range(len(words) - size * _LOOPS + 1)
    )
