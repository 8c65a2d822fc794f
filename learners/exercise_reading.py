"""Reads a stored exercise, and what its learner may be taken to know in it."""

from __future__ import annotations

import logging

from lessons.selectors import get_lesson_brief
from tutor.exercises import (
    Exercise,
    ExerciseError,
    from_data,
    lesson_words,
    words_said,
)
from tutor.history import LedgerEntry
from tutor.learner import Learner

from .exercise_sources import lesson_plan, level_test
from .models import ExerciseItem
from .models.exercise_item import SCHEMA_VERSION

logger = logging.getLogger(__name__)


def read_exercise(item: ExerciseItem) -> Exercise | None:
    """Return the exercise, None if its data has a form that is not known (any more)."""
    if item.schema_version != SCHEMA_VERSION or not isinstance(item.data, dict):
        logger.warning("exercise %s has an unknown form", item.pk)
        return None
    try:
        return from_data(item.data)
    except ExerciseError:
        logger.warning("exercise %s cannot be read", item.pk)
        return None


def known_words(item: ExerciseItem, exercise: Exercise) -> frozenset[str]:
    """Return words that are no matter of level: the lesson's, and those learner said."""
    known: frozenset[str] = frozenset()
    if item.lesson_id is not None:
        brief = get_lesson_brief(lesson_id=item.lesson_id)
        known |= lesson_words(lesson_plan(brief, l2=exercise.l2), exercise.l2)
    row = item.ledger_entry
    if row is not None:
        entry = LedgerEntry(row.key, row.category, row.sentence, row.corrected)
        learner = Learner(l1="", l2=exercise.l2, level=exercise.level)
        known |= words_said(entry, learner, level_test(exercise.l2))
    return known
