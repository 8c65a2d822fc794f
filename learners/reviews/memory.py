"""The memory state of one card, and what a review makes of it (FSRS-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum
from typing import Any, Self

from fsrs import Card, Rating, Scheduler, State

from ..local_time import day_begins, local_day

RATINGS = (Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)
MAX_DAYS = 3650


class Stage(IntEnum):
    """Where a card is; all but the first as FSRS numbers them."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """What is believed about one card. ``stability`` is in days, None while it is new."""

    due_at: datetime
    state: int = Stage.NEW
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    last_review_at: datetime | None = None

    @property
    def version(self) -> str:
        """Return what is another one after every review, and the same after its undoing."""
        last = self.last_review_at
        return f"{self.state}.{round(last.timestamp() * 1000) if last else 0}"

    def as_json(self) -> dict[str, Any]:
        """Return plain data, from which ``from_json`` makes it again."""
        data = asdict(self)
        for name in ("due_at", "last_review_at"):
            data[name] = data[name].isoformat() if data[name] else None
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return what ``as_json`` wrote."""
        times = {
            name: datetime.fromisoformat(data[name]) if data[name] else None
            for name in ("due_at", "last_review_at")
        }
        return cls(**{**data, **times})


class Schedule:
    """How one learner's cards are scheduled.

    FSRS counts whole days. Here a day is one of the learner's calendar: what was learned in
    the evening and is asked next morning was a day ago, and cards are due from the
    beginning of a day. A clock that was set back, or a journey to the west, never makes
    an interval negative.
    """

    def __init__(
        self,
        *,
        zone: tzinfo,
        retention: float = 0.9,
        parameters: Sequence[float] = (),
        fuzz: bool = False,
    ) -> None:
        common: dict[str, Any] = {
            "desired_retention": retention,
            "maximum_interval": MAX_DAYS,
        }
        if is_usable(parameters):
            common["parameters"] = tuple(parameters)
        self._zone = zone
        # What buttons promise is exact; what happens is spread, so that cards learned
        # together do not stay together for ever.
        self._exact = Scheduler(enable_fuzzing=False, **common)
        self._spread = Scheduler(enable_fuzzing=True, **common) if fuzz else self._exact

    def after(self, memory: Memory, rating: int, *, now: datetime) -> Memory:
        """Return the memory after a review. Raises ValueError for no rating of FSRS."""
        return self._reviewed(self._spread, memory, Rating(rating), now)

    def choices(self, memory: Memory, *, now: datetime) -> tuple[Memory, ...]:
        """Return what each of the four buttons would make of it, without spreading."""
        return tuple(self._reviewed(self._exact, memory, r, now) for r in RATINGS)

    def recall(self, memory: Memory, *, now: datetime) -> float:
        """Return the probability that it is remembered now; 0 for a new card."""
        now = self._not_before(memory, now)
        card = self._card(memory, now)
        return float(self._exact.get_card_retrievability(card, now))

    def _reviewed(
        self, scheduler: Scheduler, memory: Memory, rating: Rating, now: datetime
    ) -> Memory:
        now = self._not_before(memory, now)
        card, _log = scheduler.review_card(self._card(memory, now), rating, now)
        due_at = card.due
        if card.state == State.Review:
            days = min(max(1, round((card.due - now) / timedelta(days=1))), MAX_DAYS)
            today = local_day(now, self._zone)
            due_at = day_begins(today + timedelta(days=days), self._zone)
        return Memory(
            due_at=due_at,
            state=int(card.state),
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            last_review_at=now,
        )

    def _card(self, memory: Memory, now: datetime) -> Card:
        """Return FSRS's card, whose latest review is as many whole days ago as dates say."""
        last = memory.last_review_at
        return Card(
            card_id=0,
            state=State(memory.state or State.Learning),
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=memory.due_at.astimezone(UTC),
            last_review=now - timedelta(days=self.days_between(last, now))
            if last
            else None,
        )

    def days_between(self, last: datetime, now: datetime) -> int:
        """Return the calendar days from one moment to a later one, at least 0."""
        days = (local_day(now, self._zone) - local_day(last, self._zone)).days
        return max(0, days)

    @staticmethod
    def _not_before(memory: Memory, now: datetime) -> datetime:
        last = memory.last_review_at
        return (max(now, last) if last else now).astimezone(UTC)


def is_usable(parameters: Sequence[float]) -> bool:
    """Whether FSRS takes these parameters; none at all are its own."""
    if not parameters:
        return False
    try:
        Scheduler(parameters=tuple(parameters))
    except (ValueError, TypeError):
        return False
    return True
