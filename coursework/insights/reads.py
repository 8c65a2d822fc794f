"""What the database knows of a class, one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from learners.mastery import kept_share
from learners.models import (
    ActivityDay,
    LessonProgress,
    PhonemeMastery,
    SessionSummary,
)
from lessons.models import Lesson
from schools.models import Classroom, Enrolment
from sessions.models import Turn, TutoringSession
from tutor.languages.function_words import primary

from .heat import Learner
from .ranking import TalkFigures

# Talks before this tell little of what somebody needs now.
WEEKS = 12
OLDEST_TALK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A learner and since when they are in the class."""

    learner: Learner
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class Weights:
    """The evidence about a sound as it stands today."""

    right: float
    wrong: float
    attempts: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class LatestTalk:
    """A learner's latest talk in which they said something."""

    uuid: UUID
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Month:
    """How much a class spoke in the last four weeks, and how many did in the last one."""

    minutes: int
    active_this_week: int


def class_learners(classroom: Classroom) -> list[Enrolled]:
    """Return who is in a class, by name."""
    rows = (
        Enrolment.objects.filter(
            classroom=classroom, left_at=None, learner__is_active=True
        )
        .order_by()
        .values_list(
            "learner_id",
            "learner__uuid",
            "learner__email",
            "learner__profile__display_name",
            "learner__profile__l1",
            "enrolled_at",
        )
    )
    found = [
        Enrolled(Learner(pk, uuid, name or email, email, l1 or ""), enrolled_at)
        for pk, uuid, email, name, l1, enrolled_at in rows
    ]
    return sorted(found, key=lambda one: one.learner.name.casefold())


def sound_weights(
    learner_ids: Collection[int], *, l2: str, now: datetime
) -> dict[tuple[int, str], Weights]:
    """Return what is stored of each sound of each learner, faded to today."""
    rows = (
        PhonemeMastery.objects.filter(learner_id__in=learner_ids, language=primary(l2))
        .order_by()
        .values_list("learner_id", "phoneme", "right", "wrong", "attempts", "as_of")
    )
    found = {}
    for learner_id, phoneme, right, wrong, attempts, as_of in rows:
        kept = kept_share(since=as_of, until=max(now, as_of))
        found[learner_id, phoneme] = Weights(
            kept * right, kept * wrong, attempts, as_of
        )
    return found


def talk_figures(
    learner_ids: Collection[int], *, l2: str, now: datetime
) -> dict[int, list[TalkFigures]]:
    """Return the talks of the last weeks with their mistakes, latest first."""
    rows = (
        SessionSummary.objects.filter(
            learner_id__in=learner_ids,
            l2=primary(l2),
            words_said__gt=0,
            started_at__gte=now - timedelta(weeks=WEEKS),
        )
        .order_by("-started_at", "-id")
        .values_list("learner_id", "words_said", "mistakes")
    )
    found: dict[int, list[TalkFigures]] = defaultdict(list)
    for learner_id, words, mistakes in rows:
        counts = {str(kind): int(n) for kind, n in mistakes.items() if n}
        found[learner_id].append(TalkFigures(words, counts))
    return found


def latest_talks(
    learner_ids: Collection[int], *, l2: str, now: datetime
) -> dict[int, LatestTalk]:
    """Return each learner's latest talk in which they said something."""
    said = Turn.objects.filter(session=OuterRef("pk"), index__gt=0)
    rows = (
        TutoringSession.objects.filter(
            Exists(said),
            learner_id__in=learner_ids,
            l2__startswith=primary(l2),
            started_at__gte=now - OLDEST_TALK,
        )
        .order_by("learner_id", "-started_at", "-id")
        .values_list("learner_id", "uuid", "started_at")
    )
    found: dict[int, LatestTalk] = {}
    for learner_id, uuid, started_at in rows:
        found.setdefault(learner_id, LatestTalk(uuid, started_at))
    return found


def last_month(learner_ids: Collection[int], *, l2: str, now: datetime) -> Month:
    """Return how much the learners spoke lately."""
    # A day ends at other moments for learners elsewhere: one more does no harm.
    week = now.date() - timedelta(days=7)
    sums = ActivityDay.objects.filter(
        learner_id__in=learner_ids,
        l2=primary(l2),
        day__gte=now.date() - timedelta(days=28),
    ).aggregate(
        spoken=Sum("spoken_s"),
        active=Count("learner", distinct=True, filter=Q(day__gte=week, spoken_s__gt=0)),
    )
    return Month((sums["spoken"] or 0) // 60, sums["active"])


def lesson_progress(learner_ids: Collection[int], *, l2: str) -> list[LessonProgress]:
    """Return where the learners are in lessons of a language."""
    rows = LessonProgress.objects.filter(
        learner_id__in=learner_ids, lesson__course__l2__startswith=primary(l2)
    )
    return list(rows.select_related("lesson__unit").order_by("started_at", "id"))


def lessons_of(course_ids: Collection[int]) -> Sequence[Lesson]:
    """Return the lessons of some courses with their units, in order."""
    return list(
        Lesson.objects.filter(course__in=course_ids)
        .select_related("course", "unit")
        .order_by("course__level", "course__title", "course_id", "position")
    )
