"""Exercises for tests: mistakes in a ledger, items made from them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from learners.models import ErrorLedgerEntry, ExerciseItem, User
from learners.services.exercise_making import item_fields
from tutor.exercises import Exercise, Origin
from tutor.exercises.schema import GapFill, Transform
from tutor.learner import Level

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def mistake(
    learner: User,
    said: str = "go",
    better: str = "went",
    sentence: str = "yesterday I {} to the market",
    category: str = "verb_tense",
    **fields: Any,
) -> ErrorLedgerEntry:
    """Return an open mistake; ``{}`` in the sentence is where it was."""
    values: dict[str, Any] = {
        "key": f"{category}:{said}>{better}",
        "category": category,
        "said": said,
        "better": better,
        "sentence": sentence.format(said),
        "corrected": sentence.format(better),
        "first_seen_at": NOW,
        "last_seen_at": NOW,
    }
    return ErrorLedgerEntry.objects.create(
        learner=learner, l2="en", **(values | fields)
    )


def gap_fill(**changes: Any) -> GapFill:
    """Return an exercise about a tense."""
    values: dict[str, Any] = {
        "prompt": "Yesterday I ___ to the market.",
        "solution": "went",
        "choices": ("go", "went"),
        "level": Level.A2,
        "l2": "en",
        "source": "ledger:verb_tense:go>went",
        "category": "verb_tense",
        "wrong": "go",
    }
    return GapFill(**(values | changes))


def transform(**changes: Any) -> Transform:
    """Return an exercise about the same, to be written."""
    values: dict[str, Any] = {
        "prompt": "Yesterday I go to the market.",
        "solution": "Yesterday I went to the market.",
        "level": Level.A2,
        "l2": "en",
        "source": "ledger:verb_tense:go>went",
        "category": "verb_tense",
        "wrong": "go",
        "point": "went",
    }
    return Transform(**(values | changes))


def item(
    learner: User, exercise: Exercise | None = None, **fields: Any
) -> ExerciseItem:
    """Keep an exercise of a learner."""
    values = item_fields(exercise or gap_fill()) | {"created_at": NOW}
    return ExerciseItem.objects.create(learner=learner, **(values | fields))


def by_model(learner: User, **fields: Any) -> ExerciseItem:
    """Keep an exercise that a language model worded."""
    worded = gap_fill(prompt="She ___ home late last night.", origin=Origin.MODEL)
    return item(learner, worded, **fields)
