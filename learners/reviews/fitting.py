"""Fits FSRS's parameters to one learner's reviews, by the optimiser of Anki (fsrs-rs)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS_PARAMETERS,
    UPPER_BOUNDS_PARAMETERS,
)
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from .memory import Schedule, is_usable

# The later reviews are kept back to see whether what was fitted tells what came.
_FITTED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review of one card, for the optimiser."""

    card: int
    rating: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters, and how well they and the old ones foretell later reviews.

    The losses are logarithmic, of reviews that neither was fitted to.
    """

    parameters: tuple[float, ...]
    loss: float
    old_loss: float

    @property
    def is_better(self) -> bool:
        """Whether the new parameters foretell better, and FSRS takes them."""
        return self.loss < self.old_loss and is_usable(self.parameters)


def fit(
    reviews: Iterable[Reviewed], *, schedule: Schedule, old: Sequence[float] = ()
) -> Fit | None:
    """Return parameters fitted to all reviews, judged by a fit to the earlier ones alone.

    ``old`` are those in use, none: FSRS's own. None where the reviews do not say enough:
    what counts is a review on a later day than the one before.
    """
    dated = _items(reviews, schedule)
    cut = int(len(dated) * _FITTED_SHARE)
    earlier, later = (
        [item for _, item in dated[:cut]],
        [item for _, item in dated[cut:]],
    )
    if not earlier or not later:
        return None
    in_use = list(old) if is_usable(old) else list(DEFAULT_PARAMETERS)
    try:
        tried = _fitted(earlier)
        loss, old_loss = _loss(tried, later), _loss(in_use, later)
        parameters = _fitted([item for _, item in dated])
    except ValueError:
        # Too few, or all alike: the optimiser says so.
        return None
    return Fit(parameters=tuple(parameters), loss=loss, old_loss=old_loss)


def _items(
    reviews: Iterable[Reviewed], schedule: Schedule
) -> list[tuple[datetime, FSRSItem]]:
    """Return each review on a later day with all that came before it, by time."""
    by_card: dict[int, list[Reviewed]] = defaultdict(list)
    for review in sorted(reviews, key=lambda one: one.at):
        by_card[review.card].append(review)
    items = []
    for row in by_card.values():
        history: list[FSRSReview] = []
        before: datetime | None = None
        for review in row:
            days = schedule.days_between(before, review.at) if before else 0
            history.append(FSRSReview(review.rating, days))
            if days:
                items.append((review.at, FSRSItem(list(history))))
            before = review.at
    return sorted(items, key=lambda item: item[0])


def _fitted(items: list[FSRSItem]) -> list[float]:
    """Return fitted parameters within the bounds of the scheduler, which are its own."""
    found = FSRS(list(DEFAULT_PARAMETERS)).compute_parameters(items)
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return [
        min(max(round(value, 6), low), high)
        for value, (low, high) in zip(found, bounds, strict=True)
    ]


def _loss(parameters: list[float], items: list[FSRSItem]) -> float:
    return float(FSRS(parameters).evaluate(items).log_loss)
