"""The learner's clause in its right form, as a quote or from the tutor's mouth.

Only the clause around the mistake is taken: the rest of the turn may hold mistakes that
this move does not treat. From the tutor's mouth "I went" must become "you went". Where that
cannot be done surely (the languages where verbs change with the person, questions,
fragments) there is only the quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..categories import Category
from ..findings import Finding
from ..languages.templates import Words
from .content import swapped
from .speakable import speakable, words_of

_BOUNDARY = re.compile(r"[.!?;:,\n]")
_TOKEN = re.compile(r"\S+")
_MOST_WORDS = 10
_BY_NEIGHBOURS = frozenset(
    {Category.ARTICLE, Category.PREPOSITION, Category.WORD_ORDER}
)
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake with its neighbours; every field may be ``""``.

    ``quoted`` is the corrected clause as the learner would say it, ``recast`` the same as
    the tutor can say it. ``part`` is the mistake with the words around it; ``wrong`` and
    ``right`` are the shortest pieces that show the difference. ``before`` and ``after``
    are the neighbouring words.
    """

    quoted: str = ""
    recast: str = ""
    part: str = ""
    wrong: str = ""
    right: str = ""
    before: str = ""
    after: str = ""


def correction(text: str, findings: tuple[Finding, ...], words: Words) -> Correction:
    """Return what can be said about the first finding, within its clause."""
    if not findings:
        return Correction()
    first = findings[0]
    if not _belongs(text, first):
        return Correction(
            quoted=speakable(first.better, most_words=_MOST_WORDS),
            part=speakable(first.said),
            wrong=speakable(first.said),
            right=speakable(first.better),
        )
    begin, end = _clause(text, first, words)
    inside = [f for f in findings if _within(text, f, begin, end)]
    clause = speakable(_corrected(text, inside, begin, end), most_words=_MOST_WORDS)
    left = _TOKEN.findall(text[begin : first.start])[-1:]
    right = _TOKEN.findall(text[first.end : end])[:2]
    if right and right[0].casefold() not in words.determiners:
        right = right[:1]
    near = " ".join([*left, first.better, *right])
    part = " ".join([*left, first.said, *right])
    question = text[end : end + 1] == "?"
    return Correction(
        quoted=clause or speakable(near),
        recast="" if question else _from_tutor(clause, words),
        part=speakable(part),
        wrong=speakable(part if _needs_neighbours(first) else first.said),
        right=speakable(near if _needs_neighbours(first) else first.better),
        before=speakable(" ".join(left)),
        after=speakable(" ".join(right)),
    )


def _needs_neighbours(finding: Finding) -> bool:
    """Whether the better words alone would not show what has changed."""
    small = finding.category in _BY_NEIGHBOURS
    return small or not finding.said or not finding.better


def _belongs(text: str, finding: Finding) -> bool:
    """Whether the offsets fit the text, as they must."""
    if not 0 <= finding.start <= finding.end <= len(text):
        return False
    said = text[finding.start : finding.end]
    return said.casefold().strip() == finding.said.casefold().strip()


def _within(text: str, finding: Finding, begin: int, end: int) -> bool:
    return _belongs(text, finding) and begin <= finding.start and finding.end <= end


def _clause(text: str, finding: Finding, words: Words) -> tuple[int, int]:
    """Return where the clause around a finding begins and ends."""
    begin, end = 0, len(text)
    for mark in _BOUNDARY.finditer(text):
        if _inside_number(text, mark.start()):
            continue
        if mark.end() <= finding.start:
            begin = mark.end()
        elif mark.start() >= finding.end:
            end = min(end, mark.start())
    for token in _TOKEN.finditer(text, begin, end):
        if token.group().casefold() in words.clause:
            if token.end() <= finding.start:
                begin = token.end()
            elif token.start() >= finding.end:
                end = min(end, token.start())
    return begin, end


def _inside_number(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place + 2]
    return len(around) == 3 and around[0].isdigit() and around[2].isdigit()


def _corrected(text: str, findings: list[Finding], begin: int, end: int) -> str:
    clause = text[begin:end]
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        head = clause[: finding.start - begin]
        tail = clause[finding.end - begin :]
        clause = f"{head} {finding.better} {tail}" if finding.better else head + tail
    # No space stands behind l' and its like.
    return re.sub(r"\b(\w{1,2}['’]) (?=\w)", r"\1", " ".join(clause.split()))


def _from_tutor(clause: str, words: Words) -> str:
    """Return a statement of the learner with the tutor as its speaker, or ``""``."""
    if not words.swap or not clause:
        return ""
    plain = clause.replace("’", "'")
    said = words_of(plain)
    if said[0] not in words.swap_starts or words.swap_stops.intersection(said):
        return ""
    turned = swapped(plain, dict(words.swap))
    if _clashes(turned, words):
        return ""
    first = turned.split()[0]
    if first.casefold() in words.swap_starts | set(words.swap.values()):
        turned = turned[0].lower() + turned[1:]
    return turned


def _clashes(turned: str, words: Words) -> bool:
    """Whether a verb of the old person still stands close behind the new one."""
    said = words_of(turned)
    return any(
        word in words.swap_clashes and words.swap_subject in said[max(0, n - _NEAR) : n]
        for n, word in enumerate(said)
    )
