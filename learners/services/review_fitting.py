"""Adapts the scheduling of reviews to a learner who has made enough of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from ..models import ReviewLog, ReviewSetting
from ..review_selectors import get_schedule, get_setting
from ..reviews.fitting import Fit, Reviewed, fit


def fit_all_reviews(*, now: datetime) -> list[tuple[int, Fit]]:
    """Fit every learner who has enough reviews; return whose parameters changed."""
    changed = []
    for learner_id in _with_enough():
        found = fit_reviews(learner_id=learner_id, now=now)
        if found is not None:
            changed.append((learner_id, found))
    return changed


def fit_reviews(*, learner_id: int, now: datetime) -> Fit | None:
    """Fit one learner's parameters; return the fit if it is better and now used.

    The old ones stay where the new ones foretell the learner's later reviews no better.
    Cards keep their memory state; the next review of each goes by the new parameters.
    """
    chosen = get_setting(learner_id=learner_id)
    found = fit(
        list(_reviews(learner_id)),
        schedule=get_schedule(learner_id=learner_id),
        old=chosen.parameters,
    )
    if found is None or not found.is_better:
        return None
    ReviewSetting.objects.update_or_create(
        learner_id=learner_id,
        defaults={"parameters": list(found.parameters), "fitted_at": now},
    )
    return found


def _with_enough() -> list[int]:
    counted = (
        ReviewLog.objects.filter(undone_at=None)
        .order_by()
        .values("card__learner")
        .annotate(n=Count("id"))
        .filter(n__gte=settings.REVIEWS["FIT_FROM"])
    )
    return sorted(row["card__learner"] for row in counted)


def _reviews(learner_id: int) -> Iterator[Reviewed]:
    logs = ReviewLog.objects.filter(card__learner_id=learner_id, undone_at=None)
    for card, rating, at in logs.values_list("card_id", "rating", "reviewed_at"):
        yield Reviewed(card=card, rating=rating, at=at)
