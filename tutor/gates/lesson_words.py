"""Words that a reply may use because lesson or learner brought them up."""

from __future__ import annotations

from functools import lru_cache

from ..brief import LessonPlan
from ..gating import ReplyContext
from ..moves import PlannedItem
from .reading import read


def lesson_words(context: ReplyContext, language: str, *, own: bool) -> frozenset[str]:
    """Return the words of plan and move, and with ``own`` the learner's, lower case."""
    words = _plan_words(context.plan, language)
    if context.move.item is not None:
        words |= _item_words(context.move.item, language)
    if context.move.sound is not None:
        words |= _words(context.move.sound.word, language)
    if own:
        words |= _words(context.analysis.text, language)
        words |= _words(context.analysis.corrected, language)
        words |= _words(context.learner.name, language)
    return words


@lru_cache(maxsize=64)
def _plan_words(plan: LessonPlan, language: str) -> frozenset[str]:
    texts = (plan.title, plan.situation, plan.tutor_role, *plan.role_facts, *plan.goals)
    return frozenset(plan.topic_words).union(
        *(_words(text, language) for text in texts),
        *(_item_words(item, language) for item in plan.items),
    )


def _item_words(item: PlannedItem, language: str) -> frozenset[str]:
    return _words(f"{item.text} {item.gloss} {item.example}", language)


@lru_cache(maxsize=512)
def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(token.text for token in read(text, language).tokens)
