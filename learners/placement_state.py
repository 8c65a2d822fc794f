"""Where a placement stands: what is believed after its answers, and what is asked now.

All of it follows from what is kept, so that a page that is loaded again, a second device
and a server that was restarted ask the same item.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.placement.bank_file import read_bank
from tutor.placement.belief import Belief
from tutor.placement.choosing import MOST, next_item
from tutor.placement.evidence import with_reading, with_talk
from tutor.placement.items import GAP, Item

from .models import PlacementAnswer, PlacementTest


@dataclass(frozen=True, slots=True)
class Question:
    """An item as a page shows it. ``before`` and ``after`` stand around its gap, if any."""

    key: str
    number: int
    most: int
    has_gap: bool
    before: str
    after: str
    choices: tuple[str, ...]
    language: str


def belief_of(test: PlacementTest) -> Belief:
    """Return what is believed after all that was answered and said."""
    belief = Belief.before_anything()
    for difficulty, right in test.answers.order_by("position").values_list(
        "difficulty", "is_right"
    ):
        belief = belief.after(difficulty, right=right)
    return with_talk(with_reading(belief, test.reading_score), test.talk_rank)


def keys_asked(test: PlacementTest) -> list[str]:
    """Return the items that were answered, in their order."""
    return list(test.answers.order_by("position").values_list("item", flat=True))


def current_item(test: PlacementTest) -> Item | None:
    """Return the item that is asked now, None where none is left."""
    earlier = PlacementAnswer.objects.filter(
        test__learner_id=test.learner_id,
        test__l2=test.l2,
        test__started_at__lt=test.started_at,
    ).values_list("item", flat=True)
    return next_item(
        read_bank(test.l2),
        belief_of(test),
        keys_asked(test),
        seed=str(test.uuid),
        avoid=set(earlier),
    )


def current_question(test: PlacementTest) -> Question | None:
    """Return what the page of a placement under way shows, None where nothing is left."""
    item = current_item(test)
    if item is None:
        return None
    before, gap, after = item.prompt.partition(GAP)
    return Question(
        key=item.key,
        number=test.answers.count() + 1,
        most=MOST,
        has_gap=bool(gap),
        before=before,
        after=after,
        choices=item.choices(str(test.uuid)),
        language=test.l2,
    )
