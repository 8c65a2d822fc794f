"""Difficulties of placement items as the answers of learners suggest them."""

from __future__ import annotations

from tutor.placement.bank_file import read_bank
from tutor.placement.refining import Answered, Refined, refine

from .models import PlacementAnswer, PlacementTest


def refined_items(l2: str) -> dict[str, Refined]:
    """Return each item of a language after the answers of finished placements.

    Only answers to the bank of today's version count: those before have moved it already.
    """
    bank = read_bank(l2)
    answers = (
        PlacementAnswer.objects.filter(
            test__l2=l2,
            test__item_bank=bank.version,
            test__state=PlacementTest.State.FINISHED,
            test__ability__isnull=False,
        )
        .order_by("answered_at", "pk")
        .values_list("item", "test__ability", "is_right")
    )
    seeds = {key: item.difficulty for key, item in bank.items.items()}
    return refine(
        seeds,
        (
            Answered(item, ability or 0.0, right)
            for item, ability, right in answers.iterator()
        ),
    )
