"""Reads of a learner's cards: what to ask today, how much comes, what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from .local_time import day_begins, day_ends, local_day, time_zone
from .models import ReviewCard, ReviewLog, ReviewSetting
from .reviews.memory import Memory, Schedule, Stage

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """What is to be asked now, in this order, and what was done today.

    ``later`` are cards on their way that come again today; ``held_back`` are due, but more
    than the learner wants in a day.
    """

    cards: tuple[ReviewCard, ...]
    done: int
    later: int
    held_back: int

    @property
    def new(self) -> int:
        """Return how many of the cards were never asked."""
        return sum(card.state == Stage.NEW for card in self.cards)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many cards are due: today (what is left), tomorrow, in these seven days."""

    today: int
    tomorrow: int
    week: int


def get_schedule(*, learner_id: int) -> Schedule:
    """Return how a learner's cards are scheduled, with their own choices."""
    chosen = get_setting(learner_id=learner_id)
    return Schedule(
        zone=time_zone(learner_id=learner_id),
        retention=chosen.retention,
        parameters=chosen.parameters,
        fuzz=settings.REVIEWS["FUZZ"],
    )


def get_setting(*, learner_id: int) -> ReviewSetting:
    """Return a learner's choices, not saved where they made none."""
    return ReviewSetting.objects.filter(learner_id=learner_id).first() or ReviewSetting(
        learner_id=learner_id
    )


def memory_of(card: ReviewCard) -> Memory:
    """Return a card's memory state as a plain value."""
    return Memory(
        due_at=card.due_at,
        state=card.state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_review_at=card.last_review_at,
    )


def get_review_day(*, learner_id: int, l2: str, now: datetime) -> ReviewDay:
    """Return what a learner reviews today, within what they want in a day.

    Cards on their way (just learned, or just forgotten) are never held back.
    """
    zone = time_zone(learner_id=learner_id)
    today = local_day(now, zone)
    begun = day_begins(today, zone)
    chosen = get_setting(learner_id=learner_id)
    asked, introduced = _done_since(learner_id, l2, begun)
    cards = _cards(learner_id, l2)
    on_their_way = cards.filter(state__in=(Stage.LEARNING, Stage.RELEARNING))
    now_again = list(on_their_way.filter(due_at__lte=now))
    later = on_their_way.filter(due_at__gt=now, due_at__lt=day_ends(today, zone))
    room = max(0, chosen.daily_cap - asked)
    due = cards.filter(state=Stage.REVIEW, due_at__lte=now)
    reviews = list(due[:room])
    room_for_new = min(room - len(reviews), max(0, chosen.new_a_day - introduced))
    new = list(cards.filter(state=Stage.NEW)[:room_for_new])
    return ReviewDay(
        cards=(*now_again, *_mixed(reviews, new)),
        done=asked,
        later=later.count(),
        held_back=due.count() - len(reviews),
    )


def count_due(*, learner_id: int, l2: str, now: datetime) -> int:
    """Return how many cards wait for a learner now."""
    return len(get_review_day(learner_id=learner_id, l2=l2, now=now).cards)


def get_forecast(*, learner_id: int, l2: str, now: datetime, left: int) -> Forecast:
    """Return how many cards are due; ``left`` is what is left of today.

    Of the days to come only what is known to be due then is counted, no new cards.
    """
    zone = time_zone(learner_id=learner_id)
    today = local_day(now, zone)
    tomorrow = day_ends(today, zone)
    after = day_ends(today + timedelta(days=1), zone)
    week = day_ends(today + timedelta(days=WEEK_DAYS - 1), zone)
    known = _cards(learner_id, l2).exclude(state=Stage.NEW).filter(due_at__gte=tomorrow)
    return Forecast(
        today=left,
        tomorrow=known.filter(due_at__lt=after).count(),
        week=left + known.filter(due_at__lt=week).count(),
    )


def get_card(*, learner_id: int, uuid: UUID) -> ReviewCard:
    """Return one of a learner's cards. Raises ReviewCard.DoesNotExist."""
    return ReviewCard.objects.get(learner_id=learner_id, uuid=uuid)


def list_cards(*, learner_id: int, l2: str) -> QuerySet[ReviewCard]:
    """Return all of a learner's cards of a language, as they were made."""
    return ReviewCard.objects.filter(learner_id=learner_id, l2=l2).order_by("id")


def list_set_aside(*, learner_id: int, l2: str) -> QuerySet[ReviewCard]:
    """Return the cards that the learner set aside, latest first."""
    return (
        list_cards(learner_id=learner_id, l2=l2)
        .exclude(suspended_at=None)
        .order_by("-suspended_at", "id")
    )


def last_review(*, learner_id: int, l2: str, now: datetime) -> ReviewLog | None:
    """Return the latest review that can be taken back: of today, None if there is none."""
    zone = time_zone(learner_id=learner_id)
    logs = _logs(learner_id, l2).filter(
        reviewed_at__gte=day_begins(local_day(now, zone), zone)
    )
    return logs.select_related("card").first()


def _cards(learner_id: int, l2: str) -> QuerySet[ReviewCard]:
    return ReviewCard.objects.filter(learner_id=learner_id, l2=l2, suspended_at=None)


def _logs(learner_id: int, l2: str) -> QuerySet[ReviewLog]:
    return ReviewLog.objects.filter(
        card__learner_id=learner_id, card__l2=l2, undone_at=None
    )


def _done_since(learner_id: int, l2: str, since: datetime) -> tuple[int, int]:
    """Return how many cards were asked since then, and how many of them were new."""
    logs = _logs(learner_id, l2).filter(reviewed_at__gte=since)
    before = dict(logs.order_by("-reviewed_at", "-id").values_list("card", "before"))
    # The dict keeps each card's earliest review: what it was when the day began.
    states = [memory.get("state", Stage.NEW) for memory in before.values()]
    asked = [s for s in states if s in (Stage.NEW, Stage.REVIEW)]
    return len(asked), asked.count(Stage.NEW)


def _mixed(reviews: list[ReviewCard], new: list[ReviewCard]) -> list[ReviewCard]:
    """Return new cards spread evenly among those due."""
    if not new:
        return reviews
    total = len(reviews) + len(new)
    places = {int((n + 0.5) * total / len(new)) for n in range(len(new))}
    rest, fresh = iter(reviews), iter(new)
    return [next(fresh if at in places else rest) for at in range(total)]
