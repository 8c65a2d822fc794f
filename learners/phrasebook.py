"""Finding words and sentences that were met before. Plain values, whatever they come from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Scripts without spaces between words: there the middle of a text is as good as a word.
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
# Letters that stay themselves when marks are taken away.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"}
)
MAX_QUERY_CHARS = 100


class PhraseKind(StrEnum):
    """What was met, and where."""

    WORD = "word"
    LESSON = "lesson"
    MINE = "mine"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or sentence. ``note`` explains it, ``met_at`` None: the time is not known.

    ``url`` and ``title`` say where it was met, either perhaps ``""``.
    """

    kind: PhraseKind
    text: str
    note: str = ""
    url: str = ""
    title: str = ""
    met_at: datetime | None = None


def search(
    phrases: Iterable[Phrase], query: str, *, kind: PhraseKind | None = None
) -> list[Phrase]:
    """Return what a query finds, the best first; without one everything, latest first.

    Case, accents and punctuation do not matter. Each word of the query has to begin a word
    of the text, or of what explains it. Equal texts of a kind are one.
    """
    kept = [phrase for phrase in phrases if kind is None or phrase.kind is kind]
    wanted = folded(query[:MAX_QUERY_CHARS])
    if not wanted and query.strip():
        return []
    ranked = []
    for phrase in kept:
        rank = _rank(phrase, wanted) if wanted else 1
        if rank:
            met = phrase.met_at.timestamp() if phrase.met_at else 0.0
            ranked.append((-rank, _ORDER[phrase.kind] if wanted else 0, -met, phrase))
    ranked.sort(key=lambda row: row[:3])
    once: dict[tuple[str, PhraseKind], Phrase] = {}
    for *_place, phrase in ranked:
        once.setdefault((" ".join(folded(phrase.text)), phrase.kind), phrase)
    return list(once.values())


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents and punctuation."""
    return tuple(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    lower = text.casefold().replace("’", "'")
    if lower.isascii():
        return lower
    spread = unicodedata.normalize("NFKD", lower)
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


_ORDER = {
    PhraseKind.WORD: 0,
    PhraseKind.MINE: 1,
    PhraseKind.LESSON: 2,
    PhraseKind.TUTOR: 3,
}


def _rank(phrase: Phrase, wanted: Sequence[str]) -> int:
    """Return how well a phrase fits, 0 if not: its own words count more than its note."""
    words = folded(phrase.text)
    if words == tuple(wanted):
        return 6
    if words[: len(wanted)] == tuple(wanted):
        return 5
    if _all_begin(wanted, words):
        whole = set(wanted) <= set(words)
        return 4 if whole else 3
    if _NO_SPACES.search("".join(wanted)) and "".join(wanted) in "".join(words):
        return 3
    return 1 if _all_begin(wanted, (*words, *folded(phrase.note))) else 0


def _all_begin(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word wanted begins one of these, also behind an apostrophe ("l'eau")."""
    elided = [piece for word in words if "'" in word for piece in word.split("'")[1:]]
    return all(any(w.startswith(one) for w in (*words, *elided)) for one in wanted)
