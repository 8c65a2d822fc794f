"""What was said to a card, marked as exercises are; the learner decides what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fsrs import Rating

from tutor.exercises import Exercise, Mark, mark
from tutor.exercises.feedback import Outcome
from tutor.exercises.schema import MinimalPair, ShortAnswer, Transform
from tutor.learner import Level

from ..models import ReviewCard

_SUGGESTED = {
    Outcome.RIGHT: Rating.Good,
    Outcome.OPEN: Rating.Good,
    Outcome.NEARLY: Rating.Hard,
    Outcome.WRONG: Rating.Again,
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How an answer was, and the button it suggests: None where nothing was heard."""

    outcome: str
    words: str
    rating: int | None


def suggest(card: ReviewCard, answer: str) -> Suggestion:
    """Return what an answer is worth. Never raises for anything that somebody may say."""
    found: Mark = mark(as_exercise(card), answer)
    rating = _SUGGESTED.get(found.outcome)
    return Suggestion(
        outcome=str(found.outcome),
        words=found.words,
        rating=int(rating) if rating is not None else None,
    )


def as_exercise(card: ReviewCard) -> Exercise:
    """Return a card as the exercise that it comes closest to."""
    data = card.data
    about: dict[str, Any] = {
        "level": Level.A2,
        "l2": card.l2,
        "source": f"card:{card.kind}",
    }
    match card.kind:
        case ReviewCard.Kind.CONTRAST:
            words = tuple(data.get("words", (card.back,)))
            return MinimalPair(prompt="", solution=card.back, choices=words, **about)
        case ReviewCard.Kind.SENTENCE:
            return Transform(
                prompt=card.front,
                solution=card.back,
                wrong=data.get("wrong", ""),
                point=data.get("right", ""),
                **about,
            )
        case ReviewCard.Kind.PATTERN:
            # Filled with words of one's own: what stays the same is what counts.
            wanted = tuple(data.get("wanted", ())[:1])
            return ShortAnswer(
                prompt=card.front, solution="", wanted=wanted, fewest_words=2, **about
            )
        case _:
            alternatives = tuple(filter(None, [data.get("example", "")]))
            return ShortAnswer(
                prompt=card.front,
                solution=card.back,
                alternatives=alternatives,
                **about,
            )
