"""What learners of a class or school did, in the order in which it happened."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coursework.models import Submission
from learners.models import LessonAttempt
from schools.models import Classroom, Enrolment, School
from sessions.models import TutoringSession

A_TIME = 500


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
    def place(self) -> tuple[datetime, str, str]:
        """Where it stands among all events, the same whenever one asks."""
        return (self.at, self.kind.value, self.uuid)


@dataclass(frozen=True, slots=True)
class Span:
    """Whose events, from when (included) until when (not)."""

    school: School
    classroom: Classroom | None
    since: datetime
    until: datetime

    def learner_ids(self) -> QuerySet[Enrolment, int]:
        """Return who is in the class, or in a class of the school, as a subquery.

        Who left is not: what they do is not the school's any more, and what they did for
        the class stays as results.
        """
        enrolments = Enrolment.objects.filter(
            classroom__school=self.school, left_at=None
        )
        if self.classroom is not None:
            enrolments = enrolments.filter(classroom=self.classroom)
        return enrolments.values_list("learner_id", flat=True)


def read_events(span: Span, *, a_time: int = A_TIME) -> Iterator[Event]:
    """Yield the events of a span, oldest first, ``a_time`` rows of each kind in memory."""
    streams = (
        _talks(span, a_time),
        _answers(span, a_time),
        *_work(span, a_time),
    )
    return heapq.merge(*streams, key=lambda event: event.place)


def _talks(span: Span, a_time: int) -> Iterator[Event]:
    """Yield talks with the tutor that are over, but not those done for set work.

    Only what was done since somebody is in the class: the rest is none of its business.
    """
    for_work = Submission.objects.filter(session__isnull=False).values("session")
    talks = (
        TutoringSession.objects.filter(
            learner__in=span.learner_ids(),
            ended_at__gte=span.since,
            ended_at__lt=span.until,
        )
        .exclude(uuid__in=for_work)
        .select_related("learner", "lesson__course")
        .order_by("ended_at", "uuid")
    )
    since = _joined_at(span)
    for talk in talks.iterator(a_time):
        if talk.ended_at and talk.started_at >= since[talk.learner_id]:
            yield Event(
                talk.ended_at, EventKind.TALKED, str(talk.uuid), talk.learner.uuid, talk
            )


def _answers(span: Span, a_time: int) -> Iterator[Event]:
    answers = (
        LessonAttempt.objects.filter(
            learner__in=span.learner_ids(),
            answered_at__gte=span.since,
            answered_at__lt=span.until,
        )
        .select_related("learner", "exercise__lesson__course")
        .order_by("answered_at", "client_key")
    )
    since = _joined_at(span)
    for answer in answers.iterator(a_time):
        if answer.answered_at >= since[answer.learner_id]:
            yield Event(
                answer.answered_at,
                EventKind.ANSWERED,
                str(answer.client_key),
                answer.learner.uuid,
                answer,
            )


def _work(span: Span, a_time: int) -> Iterator[Iterator[Event]]:
    """Yield a stream for each moment of set work: begun, handed in, given back."""
    moments = (
        (EventKind.BEGAN, "started_at"),
        (EventKind.HANDED_IN, "submitted_at"),
        (EventKind.SCORED, "returned_at"),
    )
    for kind, moment in moments:
        yield _submissions(span, kind, moment, a_time)


def _submissions(
    span: Span, kind: EventKind, moment: str, a_time: int
) -> Iterator[Event]:
    rows = Submission.objects.filter(
        **{f"{moment}__gte": span.since, f"{moment}__lt": span.until},
        assignment__classroom__school=span.school,
    ).exclude(state=Submission.State.STARTED)
    if span.classroom is not None:
        rows = rows.filter(assignment__classroom=span.classroom)
    rows = rows.select_related(
        "learner", "assignment__classroom", "assignment__lesson"
    ).order_by(moment, "uuid")
    for row in rows.iterator(a_time):
        yield Event(getattr(row, moment), kind, str(row.uuid), row.learner.uuid, row)


def _joined_at(span: Span) -> dict[int, datetime]:
    """Return since when each learner is in the class, or in one of the school."""
    joined: dict[int, datetime] = {}
    enrolments = Enrolment.objects.filter(classroom__school=span.school, left_at=None)
    if span.classroom is not None:
        enrolments = enrolments.filter(classroom=span.classroom)
    for learner, at in enrolments.values_list("learner_id", "enrolled_at"):
        joined[learner] = min(at, joined.get(learner, at))
    return joined
