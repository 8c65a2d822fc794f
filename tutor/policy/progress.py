"""What the learner got right: items of the lesson used, earlier mistakes repaired."""

from __future__ import annotations

import re

from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.learner import LearnerTurn

from .heard import words_of
from .item_forms import Form, item_forms

# A repair counts within so many turns after the mistake was treated.
_REPAIR_TURNS = 3
_ENDING = 2
_INFLECTED = 4
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BREAK = re.compile(r"[.!?…;:,。！？\n]")
_MOST_WORDS = 7


def produced_items(turn: LearnerTurn, plan: LessonPlan) -> tuple[str, ...]:
    """Return the lesson's items that occur in the turn; endings may differ.

    An item may be said in other ways too, see ``item_forms``.
    """
    said = words_of(turn.text)
    return tuple(
        item.text
        for item in plan.items
        if any(_holds_all(said, form) for form in item_forms(item.text))
    )


def repaired_keys(
    turn: LearnerTurn, analysis: Analysis, state: TalkState
) -> tuple[str, ...]:
    """Return the keys of mistakes treated lately that the learner now got right.

    Only what can be seen counts: the better words are there, the wrong ones are not, and
    the turn was judged and has no such mistake. A word that was too much leaves no trace.
    """
    if not analysis.judged:
        return ()
    said = words_of(turn.text)
    wrong = {finding.category for finding in analysis.findings}
    found: dict[str, None] = {}
    done = {key for past in state.turns for key in past.repaired}
    for past in state.turns[-_REPAIR_TURNS:]:
        for key in past.treated:
            category, wrong_words, better = _taken_apart(key)
            if key in done or category in wrong or not _holds(said, better):
                continue
            if _holds(better, wrong_words) or not _holds(said, wrong_words):
                found[key] = None
    return tuple(found)


def better_words(key: str) -> str:
    """Return the right words of a finding's key."""
    return " ".join(_taken_apart(key)[2])


def own_words(text: str, phrase: str) -> str:
    """Return the learner's clause around a phrase, or the phrase as said, or ``""``.

    The clause is taken where it is short enough to be said back.
    """
    wanted = words_of(phrase)
    tokens = list(_TOKEN.finditer(text))
    # A token such as "I'd" is several plain words.
    plain = [words_of(token.group()) for token in tokens]
    for first in range(len(tokens)):
        words: tuple[str, ...] = ()
        for last in range(first, len(tokens)):
            words += plain[last]
            if len(words) >= len(wanted):
                break
        if not wanted or not _fits(words[: len(wanted)], wanted, loose=True):
            continue
        start, end = tokens[first].start(), tokens[last].end()
        clause = _clause(text, start, end)
        return clause if len(_TOKEN.findall(clause)) <= _MOST_WORDS else text[start:end]
    return ""


def clause_from(text: str, word: str) -> str:
    """Return the clause that a word begins, or ``""`` where it is too short or too long."""
    for token in _TOKEN.finditer(text):
        if words_of(token.group()) == (word,):
            stop = _BREAK.search(text, token.end())
            clause = text[token.start() : stop.start() if stop else len(text)].strip()
            if 4 <= len(_TOKEN.findall(clause)) <= _MOST_WORDS:
                return clause
    return ""


def _clause(text: str, start: int, end: int) -> str:
    breaks = [found.end() for found in _BREAK.finditer(text, 0, start)]
    stop = _BREAK.search(text, end)
    return text[breaks[-1] if breaks else 0 : stop.start() if stop else None].strip()


def _taken_apart(key: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    category, _, change = key.partition(":")
    said, _, better = change.rpartition(">")
    return category, words_of(said), words_of(better)


def _holds(
    said: tuple[str, ...], part: tuple[str, ...], *, loose: bool = False
) -> bool:
    return bool(part) and any(
        _fits(said[place : place + len(part)], part, loose=loose)
        for place in range(len(said) - len(part) + 1)
    )


def _holds_all(said: tuple[str, ...], form: Form) -> bool:
    """Whether the parts of a form follow each other, with anything in between."""
    for part in form:
        place = _place(said, part)
        if place is None:
            return False
        said = said[place + len(part) :]
    return bool(form)


def _place(said: tuple[str, ...], part: tuple[str, ...]) -> int | None:
    places = range(len(said) - len(part) + 1)
    fits = (n for n in places if _fits(said[n : n + len(part)], part, loose=True))
    return next(fits, None)


def _fits(said: tuple[str, ...], part: tuple[str, ...], *, loose: bool) -> bool:
    return len(said) == len(part) and all(
        word == wanted or (loose and _same_but_ending(word, wanted))
        for word, wanted in zip(said, part, strict=True)
    )


def _same_but_ending(word: str, wanted: str) -> bool:
    kept = max(_INFLECTED, len(wanted) - 1)
    return word[:kept] == wanted[:kept] and len(word) <= len(wanted) + _ENDING
