"""Cards, mistakes and lessons read, for tests of reviews."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from learners.models import LessonProgress, ReviewCard, User
from learners.review_selectors import memory_of
from learners.services.reviews import Answer, record_review
from lessons.models import Lesson

from .lessons import LessonFactory

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = [
    {"word": "coffee", "gloss": "a hot drink", "example": "Two coffees, please."},
    {"word": "price", "gloss": "what it costs", "example": "The price is good."},
]
PATTERNS = [
    {
        "pattern": "I'd like …, please.",
        "note": "To order.",
        "example": "I'd like tea, please.",
    }
]


def lesson_read(learner: User, **fields: Any) -> Lesson:
    """Return a lesson whose words the learner went through."""
    about = {"words": WORDS, "patterns": PATTERNS, **fields}
    lesson: Lesson = LessonFactory.create(**about)
    LessonProgress.objects.create(
        learner=learner, lesson=lesson, started_at=NOW, read_at=NOW
    )
    return lesson


def card(learner: User, text: str = "coffee", **fields: Any) -> ReviewCard:
    """Return a card that was never asked."""
    about: dict[str, Any] = {
        "l2": "en", "kind": "word", "source": f"word:{text}", "front": f"about {text}",
        "back": text, "due_at": NOW, "created_at": NOW, **fields,
    }  # fmt: skip
    return ReviewCard.objects.create(learner=learner, **about)


def answered(
    card: ReviewCard, rating: int, *, now: datetime = NOW, **more: Any
) -> ReviewCard:
    """Return a card after a review."""
    answer = Answer(
        rating=rating,
        version=more.pop("version", memory_of(card).version),
        client_key=more.pop("key", uuid4()),
        **more,
    )
    return record_review(
        learner_id=card.learner_id, card_uuid=card.uuid, answer=answer, now=now
    )
