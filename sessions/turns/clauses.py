"""A stream of text to clauses that can be spoken.

The first clause is cut as early as it can sound natural, since it decides when the tutor is
first heard; later ones are whole sentences where possible, since they are ready in time.
"""

from __future__ import annotations

import re

FIRST_CLAUSE_MIN_CHARS = 8
LATER_CLAUSE_MIN_CHARS = 40
CLAUSE_MAX_CHARS = 160

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "no",
        "jr",
        "sr",
    ]
)
_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]+[\"'\u201d\u2019)\]]*")
# Scripts that use these put no space behind them.
_FULL_WIDTH_STOPS = "\u3002\uff01\uff1f"
_PAUSE = re.compile(r"[,;:\u3001\uff0c]|\s[\u2013\u2014-](?=\s)")


class ClauseCutter:
    """Collects deltas and gives back clauses, none empty, in order."""

    def __init__(self) -> None:
        self._text = ""
        self._count = 0

    def push(self, delta: str) -> list[str]:
        """Add text; return the clauses that are now whole."""
        self._text += delta
        clauses = []
        while (cut := self._cut_at()) is not None:
            clause, self._text = self._text[:cut].strip(), self._text[cut:]
            if _speakable(clause):
                clauses.append(clause)
                self._count += 1
        return clauses

    def finish(self) -> list[str]:
        """Return what is left once the text is over."""
        clause, self._text = self._text.strip(), ""
        return [clause] if _speakable(clause) else []

    def _cut_at(self) -> int | None:
        for match in _END.finditer(self._text):
            if self._ends_sentence(match):
                return match.end()
        least = LATER_CLAUSE_MIN_CHARS if self._count else FIRST_CLAUSE_MIN_CHARS
        for match in _PAUSE.finditer(self._text):
            followed = self._text[match.end() : match.end() + 1]
            if match.start() >= least and followed.isspace():
                return match.end()
        if len(self._text) > CLAUSE_MAX_CHARS:
            space = self._text.rfind(" ", 0, CLAUSE_MAX_CHARS)
            return space if space > 0 else CLAUSE_MAX_CHARS
        return None

    def _ends_sentence(self, match: re.Match[str]) -> bool:
        following = self._text[match.end() : match.end() + 1]
        if match.group()[0] in _FULL_WIDTH_STOPS:
            return True
        if following and not following.isspace():
            return False
        if not match.group().startswith("."):
            return True
        before = self._text[: match.start()].rsplit(None, 1)[-1:]
        word = before[0].lower().strip("(\"'") if before else ""
        if word in _ABBREVIATIONS or len(word) < 2 and word != "i":
            return False
        # "3." may go on as "3.5": only what follows can tell.
        return bool(following) or not word[-1].isdigit()


def _speakable(text: str) -> bool:
    return any(character.isalnum() for character in text)
