"""What a learner does with cards: answer, take back, set aside, choose how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import ReviewCard, ReviewLog, ReviewSetting
from ..review_selectors import get_schedule, memory_of
from ..reviews.memory import Memory

MAX_TOOK = timedelta(minutes=10)
# What a page could not send for so long is counted as of today.
LONGEST_DELAY = timedelta(days=7)
MAX_HEARD_CHARS = 400


class ReviewProblem(Exception):
    """A review that cannot be counted; ``code`` says why, ``message`` for the learner."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Answer:
    """How a card was answered. ``ago`` is how long before it reached us.

    ``version`` is that of the memory which the learner had before them; ``client_key`` is
    the page's name for this answer, the same when it is sent again.
    """

    rating: int
    version: str
    client_key: UUID
    ago: timedelta = timedelta()
    took: timedelta | None = None
    spoken: bool = False
    heard: str = ""


@transaction.atomic
def record_review(
    *, learner_id: int, card_uuid: UUID, answer: Answer, now: datetime
) -> ReviewCard:
    """Count a review once, however often it is sent, and return the card after it.

    Raises ReviewProblem: ``review.gone``, ``review.changed`` (reviewed or taken back
    elsewhere since), ``review.aside``, ``review.rating``.
    """
    card = _own(learner_id, card_uuid)
    if ReviewLog.objects.filter(card=card, client_key=answer.client_key).exists():
        return card
    if answer.rating not in ReviewLog.Rating:
        raise ReviewProblem(
            "review.rating", _("Choose one of the four buttons, please.")
        )
    if card.suspended_at is not None:
        raise ReviewProblem("review.aside", _("You set this card aside."))
    memory = memory_of(card)
    if answer.version != memory.version:
        raise ReviewProblem(
            "review.changed",
            _(
                "This card was answered somewhere else in the meantime. That answer counts."
            ),
        )
    at = _answered_at(answer.ago, card, now)
    after = get_schedule(learner_id=learner_id).after(memory, answer.rating, now=at)
    ReviewLog.objects.create(
        card=card,
        rating=answer.rating,
        # Not before the one before, whatever a clock says.
        reviewed_at=after.last_review_at or at,
        took_ms=_milliseconds(answer.took),
        spoken=answer.spoken,
        heard=answer.heard[:MAX_HEARD_CHARS],
        before=memory.as_json(),
        client_key=answer.client_key,
    )
    _remember(card, after)
    return card


@transaction.atomic
def undo_review(
    *, learner_id: int, card_uuid: UUID, client_key: UUID, now: datetime
) -> ReviewCard:
    """Take a card's latest review back and return the card as it was; twice does no harm.

    Raises ReviewProblem: ``review.gone``, ``review.changed`` if it is not the latest.
    """
    card = _own(learner_id, card_uuid)
    log = ReviewLog.objects.filter(card=card, client_key=client_key).first()
    if log is None:
        raise ReviewProblem("review.gone", _("There is nothing to take back."))
    if log.undone_at is not None:
        return card
    latest = ReviewLog.objects.filter(card=card, undone_at=None).first()
    if latest != log:
        raise ReviewProblem(
            "review.changed",
            _("This card was answered again since. It stays as it is."),
        )
    log.undone_at = now
    log.save(update_fields=["undone_at"])
    _remember(card, Memory.from_json(log.before))
    return card


def suspend_card(
    *, learner_id: int, card_uuid: UUID, aside: bool, now: datetime
) -> None:
    """Set a card aside, or take it back in. Raises ReviewProblem ``review.gone``."""
    found = ReviewCard.objects.filter(learner_id=learner_id, uuid=card_uuid).update(
        suspended_at=now if aside else None
    )
    if not found:
        raise _gone()


def save_setting(
    *, learner_id: int, retention: float, daily_cap: int, new_a_day: int
) -> None:
    """Keep what the learner chose; due days change with the next review of each card."""
    ReviewSetting.objects.update_or_create(
        learner_id=learner_id,
        defaults={
            "retention": retention,
            "daily_cap": daily_cap,
            "new_a_day": new_a_day,
        },
    )


def _own(learner_id: int, card_uuid: UUID) -> ReviewCard:
    cards = ReviewCard.objects.select_for_update()
    card = cards.filter(learner_id=learner_id, uuid=card_uuid).first()
    if card is None:
        raise _gone()
    return card


def _gone() -> ReviewProblem:
    return ReviewProblem("review.gone", _("This card is not there any more."))


def _answered_at(ago: timedelta, card: ReviewCard, now: datetime) -> datetime:
    """Return when it was answered, by our clock: the page says only how long ago."""
    if not timedelta() <= ago <= LONGEST_DELAY:
        return now
    return max(now - ago, card.created_at)


def _milliseconds(took: timedelta | None) -> int | None:
    if took is None or took < timedelta():
        return None
    return round(min(took, MAX_TOOK).total_seconds() * 1000)


def _remember(card: ReviewCard, memory: Memory) -> None:
    card.due_at = memory.due_at
    card.state = memory.state
    card.step = memory.step
    card.stability = memory.stability
    card.difficulty = memory.difficulty
    card.last_review_at = memory.last_review_at
    card.save(
        update_fields=[
            "due_at", "state", "step", "stability", "difficulty", "last_review_at",
        ]
    )  # fmt: skip
