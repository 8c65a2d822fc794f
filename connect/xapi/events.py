"""What learners of a class or school did, in the order in which it happened."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from coursework.models import Submission
from learners.models import LessonAttempt
from schools.models import Classroom, Enrolment, School
from sessions.models import TutoringSession

A_TIME = 500
# When something happened, what it was and which row tells of it: the order of all events.
Place = tuple[datetime, str, str]


class EventKind(StrEnum):
    """What somebody did."""

    TALKED = "talked"
    ANSWERED = "answered"
    BEGAN = "began"
    HANDED_IN = "handed_in"
    SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a learner did at a moment; ``uuid`` names the row that tells of it."""

    at: datetime
    kind: EventKind
    uuid: str
    learner: UUID
    row: Any

    @property
    def place(self) -> Place:
        """Where it stands among all events, the same whenever one asks."""
        return (self.at, self.kind.value, self.uuid)


@dataclass(frozen=True, slots=True)
class Span:
    """Whose events, from when (included) until when (not)."""

    school: School
    classroom: Classroom | None
    since: datetime
    until: datetime

    def joined_by(self, moment: str) -> Exists:
        """Return whether the learner of a row was in the class, or the school, by then.

        ``moment`` is a field of the row. Who left is in it no more: what they do is not the
        school's, and what they did for the class stays as results.
        """
        enrolments = Enrolment.objects.filter(
            learner=OuterRef("learner"),
            classroom__school=self.school,
            left_at=None,
            enrolled_at__lte=OuterRef(moment),
        )
        if self.classroom is not None:
            enrolments = enrolments.filter(classroom=self.classroom)
        return Exists(enrolments)


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows of one kind; ``moment`` and ``name`` are the fields of their place."""

    kind: EventKind
    rows: QuerySet[Any]
    moment: str
    name: str = "uuid"

    def ordered(self) -> QuerySet[Any]:
        """Return the rows in the order of their places."""
        return self.rows.order_by(self.moment, self.name)

    def after(self, place: Place) -> QuerySet[Any]:
        """Return the rows that come after a place."""
        at, kind, name = place
        if self.kind.value > kind:
            return self.ordered().filter(**{f"{self.moment}__gte": at})
        later = Q(**{f"{self.moment}__gt": at})
        if self.kind.value == kind:
            later |= Q(**{self.moment: at, f"{self.name}__gt": name})
        return self.ordered().filter(later)

    def events(self, rows: Iterable[Any]) -> Iterator[Event]:
        """Yield rows as events."""
        for row in rows:
            yield Event(
                getattr(row, self.moment),
                self.kind,
                str(getattr(row, self.name)),
                row.learner.uuid,
                row,
            )


def read_events(span: Span, *, a_time: int = A_TIME) -> Iterator[Event]:
    """Yield the events of a span, oldest first, ``a_time`` rows of each kind in memory."""
    return _merged(
        source.events(source.ordered().iterator(a_time)) for source in _sources(span)
    )


def first_events(span: Span, *, after: Place | None, limit: int) -> list[Event]:
    """Return the first events of a span that come after a place, at most ``limit``."""
    streams = (
        source.events((source.after(after) if after else source.ordered())[:limit])
        for source in _sources(span)
    )
    return list(islice(_merged(streams), limit))


def _merged(streams: Iterable[Iterator[Event]]) -> Iterator[Event]:
    return heapq.merge(*streams, key=lambda event: event.place)


def _sources(span: Span) -> list[_Source]:
    return [
        _Source(EventKind.TALKED, _talks(span), "ended_at"),
        _Source(EventKind.ANSWERED, _answers(span), "answered_at", "client_key"),
        *(
            _Source(kind, _submissions(span, moment), moment)
            for kind, moment in (
                (EventKind.BEGAN, "started_at"),
                (EventKind.HANDED_IN, "submitted_at"),
                (EventKind.SCORED, "returned_at"),
            )
        ),
    ]


def _talks(span: Span) -> QuerySet[TutoringSession]:
    """Return talks with the tutor that are over, but not those done for set work.

    Only what was done since somebody is in the class: the rest is none of its business.
    """
    for_work = Submission.objects.filter(session=OuterRef("uuid"))
    return (
        TutoringSession.objects.filter(
            ~Exists(for_work),
            span.joined_by("started_at"),
            ended_at__gte=span.since,
            ended_at__lt=span.until,
        )
        .select_related("learner", "lesson__course")
        .only(
            "uuid", "started_at", "ended_at", "l2", "learner__uuid",
            "lesson__uuid", "lesson__title",
            "lesson__course__uuid", "lesson__course__title",
        )
    )  # fmt: skip


def _answers(span: Span) -> QuerySet[LessonAttempt]:
    return (
        LessonAttempt.objects.filter(
            span.joined_by("answered_at"),
            answered_at__gte=span.since,
            answered_at__lt=span.until,
        )
        .select_related("learner", "exercise__lesson__course")
        .only(
            "client_key", "answered_at", "outcome", "score", "learner__uuid",
            "exercise__uuid", "exercise__lesson__uuid", "exercise__lesson__title",
            "exercise__lesson__course__uuid", "exercise__lesson__course__title",
            "exercise__lesson__course__l2",
        )
    )  # fmt: skip


def _submissions(span: Span, moment: str) -> QuerySet[Submission]:
    """Return set work by a moment of it: begun, handed in, given back."""
    rows = Submission.objects.filter(
        **{f"{moment}__gte": span.since, f"{moment}__lt": span.until},
        assignment__classroom__school=span.school,
    ).exclude(state=Submission.State.STARTED)
    if span.classroom is not None:
        rows = rows.filter(assignment__classroom=span.classroom)
    return rows.select_related(
        "learner", "assignment__classroom", "assignment__lesson"
    ).only(
        "uuid", "started_at", "submitted_at", "returned_at", "spoken_s", "points",
        "learner__uuid", "assignment__uuid", "assignment__title", "assignment__points",
        "assignment__classroom__uuid", "assignment__classroom__name",
        "assignment__classroom__l2",
        "assignment__lesson__uuid", "assignment__lesson__title",
    )  # fmt: skip
