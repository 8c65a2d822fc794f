"""Learners through a month of reviews, scheduled and fitted by the product's own code.

Their memory is not what the scheduler believes: each has FSRS parameters of their own
(first stabilities off by a factor of up to two and more, the others by some per cent), each
card is easier or harder for them than FSRS thinks, and now and then they do not attend. The
scheduler knows nothing of it but the buttons they press. What is measured is the share that
was remembered of the cards that were due after a day or more, against what was asked for.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import fmean

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.test")
django.setup()

from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS_PARAMETERS,
    UPPER_BOUNDS_PARAMETERS,
)

from learners.models.review_card import (
    DEFAULT_DAILY_CAP,
    DEFAULT_NEW_A_DAY,
    DEFAULT_RETENTION,
)
from learners.reviews.fitting import Reviewed, fit
from learners.reviews.memory import Memory, Schedule, Stage

TARGETS = {"retention_abs_error": "< 0.05"}
LEARNERS = 60
DAYS = 30
SEED = 20260601
START = datetime(2026, 6, 1, 18, tzinfo=UTC)
FIT_FROM, FIT_EVERY_DAYS = 400, 7
# How far learners are from FSRS's average, as standard deviations of logarithms.
FIRST_SPREAD, OTHER_SPREAD, CARD_SPREAD = 0.6, 0.1, 0.4
INATTENTION = 0.02
FIRST_BUTTONS = (0.25, 0.15, 0.5, 0.1)
KNOWN_BUTTONS = (0.1, 0.8, 0.1)
N_FIRST = 4
MOST_STEPS = 12


@dataclass
class _Card:
    asked: Memory
    known: Memory
    ease: float


@dataclass
class Month:
    """What one learner did: of reviews after a day or more, and of all answers."""

    due: int = 0
    remembered: int = 0
    answers: int = 0
    a_day: list[int] = field(default_factory=list)
    fits: int = 0

    @property
    def retention(self) -> float:
        """Return the share that was remembered when it was due."""
        return self.remembered / self.due if self.due else 0.0


class Learner:
    """Somebody with a memory of their own, who presses the buttons honestly."""

    def __init__(self, seed: int, *, retention: float, fits: bool) -> None:
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311
        self._retention = retention
        self._fits = fits
        self._truth = Schedule(zone=UTC, parameters=self._own_parameters())
        self._schedule = Schedule(zone=UTC, retention=retention, fuzz=True)
        self._parameters: Sequence[float] = ()
        self._cards: list[_Card] = []
        self._log: list[Reviewed] = []
        self.month = Month()

    def live(self, days: int) -> Month:
        """Return what these days bring."""
        # FSRS spreads due days by the module's own generator.
        random.seed(self._seed)
        for day in range(days):
            now = START + timedelta(days=day)
            before = self.month.answers
            self._study(now)
            self.month.a_day.append(self.month.answers - before)
            if self._fits and day % FIT_EVERY_DAYS == FIT_EVERY_DAYS - 1:
                self._fit()
        return self.month

    def _study(self, now: datetime) -> None:
        due = [c for c in self._cards if c.asked.due_at <= now][:DEFAULT_DAILY_CAP]
        room = min(DEFAULT_NEW_A_DAY, DEFAULT_DAILY_CAP - len(due))
        for _ in range(room):
            ease = self._chance.lognormvariate(0, CARD_SPREAD)
            due.append(_Card(Memory(due_at=now), Memory(due_at=now), ease))
        self._cards += [card for card in due if card.asked.state == Stage.NEW]
        for card in due:
            at = now
            for _ in range(MOST_STEPS):
                at = self._review(card, at)
                if card.asked.state == Stage.REVIEW:
                    break

    def _review(self, card: _Card, now: datetime) -> datetime:
        """Answer a card once; return when the next step of it is."""
        memory = card.asked
        rating = self._button(card, now)
        waited = memory.last_review_at is not None and (
            self._schedule.days_between(memory.last_review_at, now) > 0
        )
        if waited:
            self.month.due += 1
            self.month.remembered += rating > 1
        self.month.answers += 1
        self._log.append(Reviewed(self._cards.index(card), rating, now))
        card.asked = self._schedule.after(memory, rating, now=now)
        card.known = self._truth.after(card.known, rating, now=now)
        return max(card.asked.due_at, now)

    def _button(self, card: _Card, now: datetime) -> int:
        if card.known.state == Stage.NEW:
            return self._chance.choices((1, 2, 3, 4), FIRST_BUTTONS)[0]
        days = self._truth.days_between(card.known.last_review_at or now, now)
        # A card that is easy for this learner is forgotten as if less time had passed.
        easier = now - timedelta(days=days) + timedelta(days=round(days / card.ease))
        recall = self._truth.recall(card.known, now=easier) if days else 0.95
        if self._chance.random() >= recall * (1 - INATTENTION):
            return 1
        return self._chance.choices((2, 3, 4), KNOWN_BUTTONS)[0]

    def _fit(self) -> None:
        if len(self._log) < FIT_FROM:
            return
        found = fit(self._log, schedule=self._schedule, old=self._parameters)
        if found is None or not found.is_better:
            return
        self.month.fits += 1
        self._parameters = found.parameters
        self._schedule = Schedule(
            zone=UTC, retention=self._retention, parameters=self._parameters, fuzz=True
        )

    def _own_parameters(self) -> list[float]:
        off = [FIRST_SPREAD] * N_FIRST + [OTHER_SPREAD] * len(DEFAULT_PARAMETERS)
        shift = self._chance.gauss(0, 1)
        values = []
        for place, (value, spread) in enumerate(
            zip(DEFAULT_PARAMETERS, off, strict=False)
        ):
            # Who keeps one first answer for long keeps the others for long.
            by = shift if place < N_FIRST else self._chance.gauss(0, 1)
            values.append(value * 2.718281828 ** (spread * by))
        bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        values[:N_FIRST] = sorted(values[:N_FIRST])
        return [
            min(max(v, low), high)
            for v, (low, high) in zip(values, bounds, strict=True)
        ]


def run() -> dict[str, float]:
    """Return the error of retention, and load, as the product schedules by default.

    ``unfitted`` is the same without fitting, ``at_95`` with 95 % asked for.
    """
    found = _months(DEFAULT_RETENTION, fits=True)
    plain = _months(DEFAULT_RETENTION, fits=False)
    strict = _months(0.95, fits=True)
    return {
        "retention_abs_error": _error(found, DEFAULT_RETENTION),
        "retention_measured": round(_pooled(found), 4),
        "retention_worst_learner": round(
            max(abs(m.retention - DEFAULT_RETENTION) for m in found), 4
        ),
        "reviews": float(sum(month.due for month in found)),
        "answers_a_day": round(fmean(fmean(month.a_day) for month in found), 1),
        "answers_on_the_last_days": round(
            fmean(fmean(month.a_day[-7:]) for month in found), 1
        ),
        "most_answers_on_a_day": float(max(max(month.a_day) for month in found)),
        "fits_a_learner": round(fmean(month.fits for month in found), 2),
        "unfitted_abs_error": round(_error(plain, DEFAULT_RETENTION), 4),
        "at_95_abs_error": round(_error(strict, 0.95), 4),
        "at_95_measured": round(_pooled(strict), 4),
        "at_95_answers_a_day": round(fmean(fmean(m.a_day) for m in strict), 1),
    }


def _months(retention: float, *, fits: bool) -> list[Month]:
    return [
        Learner(SEED + n, retention=retention, fits=fits).live(DAYS)
        for n in range(LEARNERS)
    ]


def _error(months: Sequence[Month], target: float) -> float:
    """Return how far learners are from what they asked for, on average."""
    return fmean(abs(month.retention - target) for month in months)


def _pooled(months: Sequence[Month]) -> float:
    return sum(m.remembered for m in months) / sum(m.due for m in months)
