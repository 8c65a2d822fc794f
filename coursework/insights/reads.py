"""What the database knows of a class, one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

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
_PERSON = (
    "learner_id", "learner__uuid", "learner__email",
    "learner__profile__display_name", "learner__profile__l1", "enrolled_at",
)  # fmt: skip


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
class Enrolled:
    """A learner and since when they are in the class.

    ``spoken_s`` is of the last four weeks, ``is_active`` of the last one; both and
    ``latest`` only where they were asked for.
    """

    learner: Learner
    enrolled_at: datetime
    spoken_s: int = 0
    is_active: bool = False
    latest: LatestTalk | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """How much a class spoke in the last four weeks, and how many did in the last one."""

    minutes: int
    active_this_week: int


def class_learners(classroom: Classroom) -> list[Enrolled]:
    """Return who is in a class, by name."""
    rows = _enrolments(classroom).values_list(*_PERSON)
    return _by_name(Enrolled(_learner(row), row[-1]) for row in rows)


def class_learners_lately(classroom: Classroom, *, now: datetime) -> list[Enrolled]:
    """Return who is in a class, by name, with what they said lately."""
    # A day ends at other moments for learners elsewhere: one more does no harm.
    days = ActivityDay.objects.filter(
        learner=OuterRef("learner"),
        l2=primary(classroom.l2),
        day__gte=now.date() - timedelta(days=28),
    )
    week = days.filter(day__gte=now.date() - timedelta(days=7), spoken_s__gt=0)
    spoken = days.order_by().values("learner").annotate(sum=Sum("spoken_s"))
    said = Turn.objects.filter(session=OuterRef("pk"), index__gt=0)
    talks = TutoringSession.objects.filter(
        Exists(said),
        learner=OuterRef("learner"),
        l2__startswith=primary(classroom.l2),
        started_at__gte=now - OLDEST_TALK,
    ).order_by("-started_at", "-id")
    rows = (
        _enrolments(classroom)
        .annotate(
            spoken=Subquery(spoken.values("sum")),
            active=Exists(week),
            talk=Subquery(talks.values("uuid")[:1]),
            talk_at=Subquery(talks.values("started_at")[:1]),
        )
        .values_list("spoken", "active", "talk", "talk_at", *_PERSON)
    )
    return _by_name(
        Enrolled(
            _learner(person),
            person[-1],
            spoken_s=spoken_s or 0,
            is_active=active,
            latest=LatestTalk(talk, talk_at) if talk else None,
        )
        for spoken_s, active, talk, talk_at, *person in rows
    )


def last_month(enrolled: Collection[Enrolled]) -> Month:
    """Return how much a class spoke lately."""
    return Month(
        sum(one.spoken_s for one in enrolled) // 60,
        sum(one.is_active for one in enrolled),
    )


def _enrolments(classroom: Classroom) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        classroom=classroom, left_at=None, learner__is_active=True
    ).order_by()


def _learner(person: Sequence[Any]) -> Learner:
    pk, uuid, email, name, l1, _enrolled_at = person
    return Learner(pk, uuid, name or email, email, l1 or "")


def _by_name(found: Iterable[Enrolled]) -> list[Enrolled]:
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
