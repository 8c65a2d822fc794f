"""Where a known error lies in its corrected sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tutor.history import LedgerEntry

from .forms import plain

_WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*['\u2019]?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENDS = ".!?…。！？"


@dataclass(frozen=True, slots=True)
class Change:
    """``said`` became ``better``, which stands at ``start``..``end`` of ``sentence``."""

    said: str
    better: str
    sentence: str
    start: int
    end: int


def tidied(sentence: str) -> str:
    """Return a spoken sentence as it is written: a capital first, a stop at the end."""
    text = " ".join(sentence.split()).strip("-–—, ")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    if text[-1] in _ENDS:
        return text
    return f"{text}。" if _CJK.match(text[-1]) else f"{text}."


def change_of(entry: LedgerEntry) -> Change | None:
    """Return the change that an entry is about, None where it can't be told.

    A sentence may hold other corrections, too; the entry's key says which one is meant.
    """
    before, after = tidied(entry.example), tidied(entry.better)
    found = list(_changes(before, after))
    said, _, better = entry.key.partition(":")[2].partition(">")
    wanted = (plain(said), plain(better))
    for change in found:
        if (plain(change.said), plain(change.better)) == wanted:
            return change
    return found[0] if len(found) == 1 else None


def _changes(before: str, after: str) -> Iterator[Change]:
    olds, news = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    matcher = SequenceMatcher(
        a=[plain(word.group()) for word in olds],
        b=[plain(word.group()) for word in news],
        autojunk=False,
    )
    for what, i, j, m, n in matcher.get_opcodes():
        if what == "equal":
            continue
        said = before[olds[i].start() : olds[j - 1].end()] if j > i else ""
        if n > m:
            start, end = news[m].start(), news[n - 1].end()
        else:
            start = end = news[m].start() if m < len(news) else _last(news, after)
        yield Change(said, after[start:end], after, start, end)


def _last(words: list[re.Match[str]], text: str) -> int:
    return words[-1].end() if words else len(text)
