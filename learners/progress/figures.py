"""What is stored of a learner's way, added up by weeks or months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Min

from lessons.levels import CEFRLevel
from tutor.placement.scale import STEP

from ..local_time import local_day, time_zone
from ..models import (
    ActivityDay,
    LevelEstimate,
    ReviewCard,
    ReviewLog,
    SessionSummary,
    VocabularyItem,
)
from .spans import Bucket

# A word that is remembered for so long is known.
KNOWN_FROM_DAYS = 7.0
# Nine in ten of a normal distribution lie within so many deviations.
_NINE_IN_TEN = 1.645


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """An estimate on a scale on which A1 is 0 to 1 and C2 5 to 6; what it may be."""

    estimate: LevelEstimate
    position: float
    low: float | None
    high: float | None


@dataclass(slots=True)
class Mistakes:
    """Mistakes by kind among the words of some talks. ``talks`` are their uuids."""

    words: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    talks: int = 0

    @property
    def per_100(self) -> float | None:
        """All mistakes per 100 words, None without words."""
        return 100 * self.by_kind.total() / self.words if self.words else None

    def per_100_of(self, kind: str) -> float | None:
        """Mistakes of a kind per 100 words, None without words."""
        return 100 * self.by_kind[kind] / self.words if self.words else None


def first_day(*, learner_id: int, l2: str) -> date | None:
    """Return the first day that anything is known of."""
    day = ActivityDay.objects.filter(learner_id=learner_id, l2=l2).aggregate(
        first=Min("day")
    )["first"]
    said_at = LevelEstimate.objects.filter(learner_id=learner_id, l2=l2).aggregate(
        first=Min("said_at")
    )["first"]
    zone = time_zone(learner_id=learner_id)
    days = [day, local_day(said_at, zone) if said_at else None]
    return min((one for one in days if one is not None), default=None)


def levels(*, learner_id: int, l2: str) -> list[LevelPoint]:
    """Return what the level was taken to be, oldest first."""
    rows = LevelEstimate.objects.filter(learner_id=learner_id, l2=l2)
    return [_level(row) for row in rows.order_by("said_at", "id")]


def level_at(points: Sequence[LevelPoint], moment: datetime) -> LevelPoint | None:
    """Return the latest estimate before a moment."""
    before = [one for one in points if one.estimate.said_at < moment]
    return before[-1] if before else None


def spoken_seconds(*, learner_id: int, l2: str, buckets: Sequence[Bucket]) -> list[int]:
    """Return how long the learner spoke in each bucket."""
    if not buckets:
        return []
    rows = ActivityDay.objects.filter(
        learner_id=learner_id,
        l2=l2,
        day__gte=buckets[0].first,
        day__lt=buckets[-1].after,
    ).values_list("day", "spoken_s")
    return [
        sum(spoken for day, spoken in rows if one.first <= day < one.after)
        for one in buckets
    ]


def mistakes(*, learner_id: int, l2: str, buckets: Sequence[Bucket]) -> list[Mistakes]:
    """Return the mistakes of the talks that began in each bucket."""
    found = [Mistakes() for _ in buckets]
    rows = SessionSummary.objects.filter(learner_id=learner_id, l2=l2, words_said__gt=0)
    for row in rows:
        for bucket, sums in zip(buckets, found, strict=True):
            if bucket.holds(row.started_at):
                sums.words += row.words_said
                sums.talks += 1
                sums.by_kind.update(row.mistakes)
    return found


def known_words(
    *, learner_id: int, l2: str, moments: Sequence[datetime]
) -> list[set[str]]:
    """Return the words that were known at each moment.

    Known is what the learner used in a talk without help, and what is remembered for a week
    or longer when it comes up in reviews.
    """
    since: dict[str, datetime] = {}
    talks = SessionSummary.objects.filter(learner_id=learner_id, l2=l2)
    for row in talks.order_by("started_at"):
        for text in row.produced:
            since.setdefault(str(text).casefold(), row.started_at)
    for text, met_at, used_at in VocabularyItem.objects.filter(
        learner_id=learner_id, l2=l2, times_produced__gt=0
    ).values_list("text", "met_at", "last_produced_at"):
        # Used in a talk that nobody remembers any more.
        since.setdefault(text.casefold(), used_at or met_at)
    remembered = _remembered(learner_id, l2)
    return [
        {text for text, at in since.items() if at < moment}
        | {text for text, spans in remembered.items() if _is_in(spans, moment)}
        for moment in moments
    ]


def _remembered(learner_id: int, l2: str) -> dict[str, list[tuple[datetime, float]]]:
    """Return for each word when its memory changed, and to how many days."""
    logs = (
        ReviewLog.objects.filter(
            card__learner_id=learner_id,
            card__l2=l2,
            card__kind=ReviewCard.Kind.WORD,
            undone_at=None,
        )
        .select_related("card")
        .order_by("card_id", "reviewed_at", "id")
    )
    found: dict[str, list[tuple[datetime, float]]] = {}
    before: tuple[int, str, datetime] | None = None
    for log in logs:
        # The memory after a review is what it was before the next one.
        if before is not None and before[0] == log.card_id:
            days = float(log.before.get("stability") or 0.0)
            found.setdefault(before[1], []).append((before[2], days))
        elif before is not None:
            _add_latest(found, before)
        before = (log.card_id, log.card.front.casefold(), log.reviewed_at)
    if before is not None:
        _add_latest(found, before)
    return found


def _add_latest(
    found: dict[str, list[tuple[datetime, float]]], latest: tuple[int, str, datetime]
) -> None:
    card_id, text, reviewed_at = latest
    days = ReviewCard.objects.values_list("stability", flat=True).get(pk=card_id)
    found.setdefault(text, []).append((reviewed_at, days or 0.0))


def _is_in(changes: Sequence[tuple[datetime, float]], moment: datetime) -> bool:
    latest = [days for at, days in changes if at < moment]
    return bool(latest) and latest[-1] >= KNOWN_FROM_DAYS


def _level(row: LevelEstimate) -> LevelPoint:
    index = CEFRLevel.values.index(row.level)
    if row.ability is None:
        return LevelPoint(row, index + 0.5, None, None)
    position = min(max(row.ability / STEP + 3.0, 0.0), 6.0)
    if row.error is None:
        return LevelPoint(row, position, None, None)
    off = _NINE_IN_TEN * row.error / STEP
    return LevelPoint(row, position, max(position - off, 0.0), min(position + off, 6.0))
