"""The plan of a learner's sounds: how well they tell contrasts apart, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone

from lessons.sounds.contrast import Contrast, ContrastTable
from lessons.sounds.contrasts import contrast_named, contrasts_for
from lessons.sounds.minimal_pairs import minimal_pairs
from tutor.languages.function_words import primary

from .local_time import local_day, time_zone
from .mastery import HALF_LIFE_DAYS, kept_share
from .models import DrillAnswer, LearnerProfile, PhonemeMastery
from .sound_plan_belief import (
    ContrastBelief,
    after_hearing,
    after_saying,
    draw,
    prior,
    weakest,
)

# Older answers weigh less than a hundredth.
_OLDEST = timedelta(days=7 * HALF_LIFE_DAYS)
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """What is believed of each contrast of a learner, the weakest first.

    ``predicted``: what is hard for speakers of their first language was computed.
    """

    language: str
    beliefs: tuple[ContrastBelief, ...]
    predicted: bool
    l1_name: str

    def get(self, key: str) -> ContrastBelief | None:
        """Return what is believed of a contrast."""
        return next((one for one in self.beliefs if one.contrast.key == key), None)


@dataclass(frozen=True, slots=True)
class NextDrill:
    """The contrast to drill next. ``is_weakest``: it is the hardest one, beyond doubt."""

    belief: ContrastBelief
    language: str
    is_weakest: bool
    predicted: bool

    @property
    def contrast(self) -> Contrast:
        """The two sounds."""
        return self.belief.contrast


def next_drill(learner_id: int, *, now: datetime | None = None) -> NextDrill | None:
    """Return what to drill next, None where nothing is known of the two languages.

    The same until something is answered or a day is over, so that pages agree. The drill
    before is not repeated at once.
    """
    now = now or timezone.now()
    plan = get_plan(learner_id, now=now)
    if not plan.beliefs:
        return None
    latest = _answers(learner_id, plan.language).order_by("-answered_at", "-id").first()
    n_answers = sum(one.answers for one in plan.beliefs)
    day = local_day(now, time_zone(learner_id=learner_id))
    seed = f"{learner_id} {day} {n_answers} {latest.pk if latest else 0}"
    random = Random(seed)  # noqa: S311  nobody's secret depends on it
    just_done = latest.contrast if latest and _is_recent(latest, now) else ""
    # Without two words that differ there is nothing to hear.
    with_words = [
        one for one in plan.beliefs if minimal_pairs(plan.language, one.contrast)
    ]
    rested = [one for one in with_words if one.contrast.key != just_done]
    chosen = draw(rested or with_words or plan.beliefs, random=random)
    hardest, how_sure = weakest(plan.beliefs)
    return NextDrill(
        belief=chosen,
        language=plan.language,
        is_weakest=chosen == hardest and how_sure >= _SURE and chosen.is_known,
        predicted=plan.predicted,
    )


def get_plan(learner_id: int, *, now: datetime) -> SoundPlan:
    """Return the plan in the language that is learned. Raises LearnerProfile.DoesNotExist."""
    profile = LearnerProfile.objects.get(user_id=learner_id)
    language = primary(profile.l2)
    table = contrasts_for(profile.l1, language)
    table = _with_tried(table, learner_id, profile.l1)
    beliefs = {
        one.key: prior(one, predicted=table.predicted) for one in table.contrasts
    }
    _hear(beliefs, learner_id, language, now)
    _say(beliefs, learner_id, language, now)
    ordered = sorted(beliefs.values(), key=lambda one: (-one.mean, one.contrast.key))
    return SoundPlan(language, tuple(ordered), table.predicted, table.name)


def _with_tried(table: ContrastTable, learner_id: int, l1: str) -> ContrastTable:
    """Return the table with what the learner drilled although it is not in it."""
    known = {one.key for one in table.contrasts}
    tried = _answers(learner_id, table.l2).values_list("contrast", flat=True)
    others = (contrast_named(l1, table.l2, key) for key in sorted(set(tried) - known))
    found = [one for one in others if one is not None]
    return replace(table, contrasts=(*table.contrasts, *found))


def _hear(
    beliefs: dict[str, ContrastBelief], learner_id: int, language: str, now: datetime
) -> None:
    answers = _answers(learner_id, language).filter(
        kind=DrillAnswer.Kind.HEARD,
        answered_at__gte=now - _OLDEST,
        contrast__in=list(beliefs),
    )
    for answer in answers.order_by("answered_at", "id"):
        kept = min(1.0, kept_share(since=answer.answered_at, until=now))
        beliefs[answer.contrast] = after_hearing(
            beliefs[answer.contrast], right=answer.right == 1, kept=kept
        )


def _say(
    beliefs: dict[str, ContrastBelief], learner_id: int, language: str, now: datetime
) -> None:
    """Count what was said anywhere: in talks, readings and drills alike.

    Of a sound with several contrasts nobody knows which one a mistake was: each of them
    takes its part.
    """
    rows = PhonemeMastery.objects.filter(learner_id=learner_id, language=language)
    by_sound = {row.phoneme: row for row in rows}
    for key, known in beliefs.items():
        row = by_sound.get(known.contrast.sound)
        if row is None:
            continue
        shared = sum(
            one.contrast.sound == known.contrast.sound for one in beliefs.values()
        )
        kept = kept_share(since=row.as_of, until=max(now, row.as_of)) / shared
        beliefs[key] = after_saying(
            known,
            right=kept * row.right,
            wrong=kept * row.wrong,
            attempts=row.attempts,
        )


def _answers(learner_id: int, language: str) -> QuerySet[DrillAnswer]:
    return DrillAnswer.objects.filter(learner_id=learner_id, language=language)


def _is_recent(answer: DrillAnswer, now: datetime) -> bool:
    return now - answer.answered_at < timedelta(hours=12)
