"""Which part the tutor plays in a lesson, what it knows in it, and what is asked of it."""

from __future__ import annotations

import re
from functools import lru_cache

from ..brief import LessonPlan
from ..gates.phrases import PhraseList
from ..gates.reading import read
from ..languages.function_words import primary
from ..languages.templates import Role, TemplateSet, Words, template_set
from ..learner import LearnerTurn
from .speakable import speakable, words_of

ABOUT_LANGUAGE = "about_language"
ABOUT_TUTOR = "about_tutor"
# Lessons may describe the part in English, whatever they teach.
_DESCRIBED_IN = "en"
_STEM = 5
_SHORTEST = 3
_MOST_FACT_WORDS = 10


def part_played(plan: LessonPlan, templates: TemplateSet) -> Role | None:
    """Return the part of the tutor in a lesson, None where it plays none."""
    described = plan.tutor_role.strip()
    if not described or not templates.roles:
        return None
    for known in (templates, template_set(_DESCRIBED_IN)):
        if known is None:
            continue
        for name, role in known.roles.items():
            if name in templates.roles and _has(described, role.words, known.tag):
                return templates.roles[name]
    return next((one for one in templates.roles.values() if not one.words), None)


def is_served(turn: LearnerTurn, part: Role, templates: TemplateSet) -> bool:
    """Whether a turn asks for something that this part gives."""
    return not part.wants or _has(turn.text, part.wants, templates.tag)


def known_fact(turn: LearnerTurn, plan: LessonPlan, words: Words) -> str:
    """Return what the tutor's part knows of the things that a turn names, or ``""``."""
    asked = _stems(turn.text, words)
    shared = {fact: len(asked & _stems(fact, words)) for fact in plan.role_facts}
    best = max(shared, key=shared.__getitem__, default="")
    return speakable(best, most_words=_MOST_FACT_WORDS) if shared.get(best) else ""


def asked_about(text: str, templates: TemplateSet) -> str:
    """Return whether a question is about the language or about the tutor, or ``""``."""
    words = templates.words
    if _has(text, words.about_language, templates.tag):
        return ABOUT_LANGUAGE
    return ABOUT_TUTOR if _has(text, words.about_tutor, templates.tag) else ""


def _has(text: str, phrases: tuple[str, ...], tag: str) -> bool:
    return any(_list(phrases).find(read(text, primary(tag)).tokens))


@lru_cache(maxsize=128)
def _list(phrases: tuple[str, ...]) -> PhraseList:
    return PhraseList(phrases)


def _stems(text: str, words: Words) -> frozenset[str]:
    return frozenset(
        re.sub(r"^[ldj]'", "", word)[:_STEM]
        for word in words_of(text)
        if len(word) >= _SHORTEST and word not in words.stop
    )
