"""Cards that make themselves, and go with what they were made from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tutor.languages.function_words import primary

from ..models import ReviewCard
from ..reviews.drafts import Draft, source_of
from ..reviews.sources import wanted_cards

_Kind = ReviewCard.Kind
_SHOWN = ("front", "back", "data")


@transaction.atomic
def refresh_cards(*, learner_id: int, l2: str, now: datetime) -> int:
    """Make the cards that a learner lacks in a language; return how many.

    Safe to repeat, after a talk, a lesson, or before a review. Texts follow their source,
    the memory of a card stays. A sentence of the learner's goes with the mistake that they
    or time had forgotten; of other things, what was never asked yet goes with its source.
    Raises LearnerProfile.DoesNotExist.
    """
    drafts = wanted_cards(learner_id=learner_id, l2=l2, now=now)
    wanted = {draft.source: draft for draft in drafts}
    there = {
        card.source: card
        for card in ReviewCard.objects.select_for_update().filter(
            learner_id=learner_id, l2=l2
        )
    }
    gone = [
        card.pk
        for source, card in there.items()
        if source not in wanted and _goes(card)
    ]
    if gone:
        ReviewCard.objects.filter(pk__in=gone).delete()
    changed = [
        card
        for source, card in there.items()
        if source in wanted and _follow(card, wanted[source])
    ]
    if changed:
        ReviewCard.objects.bulk_update(changed, _SHOWN)
    new = [
        _card(draft, learner_id, l2, now)
        for draft in drafts
        if draft.source not in there
    ]
    # Two devices may do this at once: the constraint keeps one of each.
    ReviewCard.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def refresh_cards_soon(*, learner_id: int, l2: str, now: datetime) -> None:
    """Make what is lacking once what is being written is there.

    A failure is logged and stops nothing: the page of reviews makes the same cards.
    """
    transaction.on_commit(lambda: _refresh(learner_id, primary(l2), now), robust=True)


def _refresh(learner_id: int, l2: str, now: datetime) -> None:
    refresh_cards(learner_id=learner_id, l2=l2, now=now)


def set_word_aside(
    *, learner_id: int, l2: str, text: str, aside: bool, now: datetime
) -> None:
    """Ask a word no more that the learner no longer keeps, or again once they do.

    What they knew of it stays.
    """
    cards = ReviewCard.objects.filter(
        learner_id=learner_id, l2=l2, source=source_of(_Kind.WORD, text)
    )
    cards.filter(suspended_at__isnull=aside).update(suspended_at=now if aside else None)


def _goes(card: ReviewCard) -> bool:
    return card.state == 0 or card.kind == _Kind.SENTENCE


def _follow(card: ReviewCard, draft: Draft) -> bool:
    """Take over what the source says today; return whether that changed anything."""
    before = [getattr(card, name) for name in _SHOWN]
    after = [getattr(draft, name) for name in _SHOWN]
    for name, value in zip(_SHOWN, after, strict=True):
        setattr(card, name, value)
    return before != after


def _card(draft: Draft, learner_id: int, l2: str, now: datetime) -> ReviewCard:
    return ReviewCard(
        learner_id=learner_id,
        l2=l2,
        kind=draft.kind,
        source=draft.source,
        front=draft.front,
        back=draft.back,
        data=draft.data,
        due_at=now,
        created_at=now,
    )
