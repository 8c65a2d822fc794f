"""What is remembered when a talk begins, and the line it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.gates.limits import max_words
from tutor.history import LedgerEntry
from tutor.learner import Level

from .facts import kind_of, to_the_learner
from .opening_data import OTHER, OpeningTemplates, opening_templates
from .sentences import words

_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class TalkMemory:
    """All that a new talk starts from.

    ``ledger`` are open mistakes, those that matter most first. ``facts`` are what the
    learner told, in the learner's words, latest session first. ``topic`` is that of the
    last session, ``words`` are items met there and not used yet. ``summary`` tells the
    last sessions in a few English sentences, for a prompt. ``sessions`` counts past ones.
    ``known_words`` are all items met before, lower case.
    """

    ledger: tuple[LedgerEntry, ...] = ()
    facts: tuple[str, ...] = ()
    topic: str = ""
    words: tuple[str, ...] = ()
    summary: str = ""
    sessions: int = 0
    known_words: frozenset[str] = frozenset()


def opening_line(
    memory: TalkMemory, *, language: str, level: Level, name: str = ""
) -> str:
    """Return the first words of another talk: a greeting, what is remembered, a question.

    Facts come first, another one each time; then the last topic, a word, a mistake. As
    long as the level allows. Empty where nothing is remembered or the language has no
    templates.
    """
    templates = opening_templates(language)
    if templates is None or not memory.sessions:
        return ""
    plain = templates.plain
    greeting = (
        plain["greeting"].format(name=name) if name else plain["greeting_nameless"]
    )
    # What has its place in as few words as the level allows, if need be ungreeted.
    for said, asked in _remembered(memory, templates, language, level):
        for line in (f"{greeting} {said} {asked}", f"{said} {asked}"):
            if len(words(line)) <= max_words(level):
                return line
    return ""


def remembered_line(memory: TalkMemory, *, language: str, level: Level) -> str:
    """Return one short sentence about what is remembered, for a lesson's own beginning.

    The same things come first as where nothing follows. Empty where there is nothing.
    """
    templates = opening_templates(language)
    if templates is None or not memory.sessions:
        return ""
    most = min(_MOST_WORDS, max_words(level))
    remembered = _remembered(memory, templates, language, level)
    return next((said for said, _ in remembered if len(words(said)) <= most), "")


def _remembered(
    memory: TalkMemory, templates: OpeningTemplates, language: str, level: Level
) -> list[tuple[str, str]]:
    """Return sentences about what is remembered, each with a question that follows it."""
    depth = "basic" if level.is_basic else "independent"
    return [
        *(_fact(fact, templates, language, depth) for fact in _in_turn(memory)),
        *_pairs(memory, templates, depth),
    ]


def _in_turn(memory: TalkMemory) -> list[str]:
    """Return the facts from the one whose turn it is."""
    if not memory.facts:
        return []
    first = (memory.sessions - 1) % len(memory.facts)
    return [*memory.facts[first:], *memory.facts[:first]]


def _fact(
    fact: str, templates: OpeningTemplates, language: str, depth: str
) -> tuple[str, str]:
    text = fact.rstrip(".!? ")
    kind = kind_of(text, language) or OTHER
    told = to_the_learner(text, language)
    if told is None:
        said = templates.plain["told_quoted"].format(text=text)
    else:
        template = templates.levelled["told"][depth]
        if ": {fact}" in template:
            told = told[:1].upper() + told[1:]
        said = template.format(fact=told)
    return said, templates.ask[kind][depth]


def _pairs(
    memory: TalkMemory, templates: OpeningTemplates, depth: str
) -> list[tuple[str, str]]:
    values = [("topic", "topic", memory.topic)]
    values += [("word", "word", word) for word in memory.words[:1]]
    values += [("mistake", "better", _practised(memory.ledger))]
    return [
        (
            templates.levelled[name][depth].format(**{placeholder: value}),
            templates.levelled[f"ask_{name}"][depth],
        )
        for name, placeholder, value in values
        if value
    ]


def _practised(ledger: Sequence[LedgerEntry]) -> str:
    """Return the corrected sentence of a mistake that the tutor treated."""
    for entry in ledger:
        if entry.addressed and 2 <= len(entry.better.split()) <= _MOST_WORDS:
            return entry.better
    return ""
