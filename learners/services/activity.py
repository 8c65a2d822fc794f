"""What was done on which day, added up from what is stored of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from tutor.languages.function_words import primary

from ..activity import SHORTEST, Doing, DoingKind, active_seconds
from ..activity_selectors import counted_anew_since, replaced_since
from ..local_time import local_day, time_zone
from ..models import (
    ActivityDay,
    DrillAnswer,
    ExerciseAttempt,
    LearnerProfile,
    LessonAttempt,
    ReviewLog,
    User,
)

LONGEST_REVIEW = timedelta(minutes=3)
_SUMS = ("active_s", "spoken_s", "talks", "answers", "reviews")


@transaction.atomic
def record_activity(*, learner_id: int, talks: Iterable[Doing], now: datetime) -> None:
    """Add up the latest days anew, from talks and readings and from answers and reviews.

    ``talks`` are those since ``counted_anew_since``. Safe to repeat and to call from two
    places at once: days are replaced, never added to. Days older than a few stay at least as
    they were, also when what they were made from is deleted. A goal is kept as it was on its
    day.
    """
    # One after the other for one learner.
    User.objects.select_for_update().get(pk=learner_id)
    since = counted_anew_since(learner_id=learner_id, now=now)
    zone = time_zone(learner_id=learner_id)
    by_day: dict[tuple[str, date], list[Doing]] = defaultdict(list)
    for doing in (*talks, *_answers(learner_id, since), *_reviews(learner_id, since)):
        # A clock that runs ahead makes no day that has not come.
        if doing.began_at <= now and (since is None or doing.began_at >= since):
            by_day[doing.l2, local_day(doing.began_at, zone)].append(doing)
    recent = replaced_since(learner_id=learner_id, now=now)
    for row in ActivityDay.objects.filter(learner_id=learner_id, day__gte=recent):
        if (row.l2, row.day) not in by_day:
            row.delete()
    goal = _goal_s(learner_id)
    for (l2, day), doings in by_day.items():
        row, _ = ActivityDay.objects.get_or_create(
            learner_id=learner_id, l2=l2, day=day, defaults={"goal_s": goal}
        )
        if day == local_day(now, zone):
            row.goal_s = goal
        _sum(row, doings, least=row.day < recent)
        row.save(update_fields=[*_SUMS, "goal_s"])


def _sum(row: ActivityDay, doings: list[Doing], *, least: bool) -> None:
    before = {name: getattr(row, name) for name in _SUMS}
    row.active_s = active_seconds(doings)
    row.spoken_s = round(sum(doing.spoken_s for doing in doings))
    talks = {one.reference for one in doings if one.kind is DoingKind.TALK}
    answers = [d for d in doings if d.kind in (DoingKind.ANSWER, DoingKind.READING)]
    row.talks = len(talks)
    # A spoken answer is stored as an answer and as a reading.
    row.answers = len({one.reference for one in answers if one.reference})
    row.answers += sum(not one.reference for one in answers)
    row.reviews = sum(one.kind is DoingKind.REVIEW for one in doings)
    if least:
        for name in _SUMS:
            setattr(row, name, max(before[name], getattr(row, name)))


def _goal_s(learner_id: int) -> int | None:
    profiles = LearnerProfile.objects.filter(user_id=learner_id)
    minutes = profiles.values_list("daily_minutes", flat=True).first()
    return minutes * 60 if minutes else None


def _answers(learner_id: int, since: datetime | None) -> list[Doing]:
    lessons = LessonAttempt.objects.filter(learner_id=learner_id)
    made = ExerciseAttempt.objects.filter(exercise__learner_id=learner_id)
    drills = DrillAnswer.objects.filter(learner_id=learner_id)
    if since is not None:
        drills = drills.filter(answered_at__gte=since)
        lessons = lessons.filter(answered_at__gte=since)
        made = made.filter(answered_at__gte=since)
    l2_of_lesson = "exercise__lesson__course__l2"
    return [
        Doing(
            DoingKind.ANSWER,
            primary(l2),
            at,
            at + SHORTEST,
            reference=str(reading) if reading else "",
        )
        for l2, at, reading in (
            *lessons.values_list(l2_of_lesson, "answered_at", "reading"),
            *made.values_list("exercise__l2", "answered_at", "reading"),
            *drills.values_list("language", "answered_at", "reading"),
        )
    ]


def _reviews(learner_id: int, since: datetime | None) -> list[Doing]:
    logs = ReviewLog.objects.filter(card__learner_id=learner_id, undone_at=None)
    if since is not None:
        logs = logs.filter(reviewed_at__gte=since)
    found = []
    for l2, at, took_ms in logs.values_list("card__l2", "reviewed_at", "took_ms"):
        took = min(timedelta(milliseconds=took_ms or 0), LONGEST_REVIEW)
        # It is logged when it is over.
        found.append(Doing(DoingKind.REVIEW, primary(l2), at - took, at))
    return found
