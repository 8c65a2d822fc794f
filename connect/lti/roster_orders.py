"""Having the learners of a course read beside the request: asked for, tried again, told."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from inference.protocols import Cancelled
from learners.job_queue import JobQueue
from learners.models import User

from ..models import LtiCourse
from .roster import RosterUnreadable, read_roster

logger = logging.getLogger(__name__)
TASK = "connect.read_rosters"
State = LtiCourse.RosterState
# What may be better soon; anything else would only be the same again.
PASSING: Final = frozenset({"answer.late", "connection.failed", "platform.answer"})
PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=5))
# While one process reads a list no other one does; a platform may have many pages.
CLAIMED_FOR: Final = timedelta(minutes=20)


def ask_for_roster(*, course: LtiCourse, by: User, now: datetime) -> None:
    """Have the learners of a course read soon; one that waits already stays."""
    with transaction.atomic():
        free = LtiCourse.objects.filter(pk=course.pk).exclude(
            roster_state=State.WAITING
        )
        free.update(
            roster_state=State.WAITING,
            roster_asked_by=by,
            roster_attempts=0,
            roster_next_try_at=now,
            roster_error="",
        )
        transaction.on_commit(lambda: read_soon("asked"))


def read_soon(why: str) -> None:
    """Have lists read that wait. Without a broker that can be reached the next round does."""
    try:
        course_queue.put(why)
    except OperationalError:
        logger.warning("the broker is away; lists of courses wait for the next round")


def read_due_rosters(*, now: datetime, cancelled: Cancelled | None = None) -> None:
    """Read the lists that are due. Safe to run by several at once."""
    due = LtiCourse.objects.filter(
        roster_state=State.WAITING, roster_next_try_at__lte=now
    )
    for pk in list(due.order_by("roster_next_try_at").values_list("pk", flat=True)):
        if cancelled is not None and cancelled.is_set():
            return
        course = _claimed(pk, now)
        if course is not None:
            _read(course, now)


def _claimed(pk: int, now: datetime) -> LtiCourse | None:
    course = (
        LtiCourse.objects.select_related(
            "context__deployment__registration__platform",
            "classroom__school",
            "roster_asked_by",
        )
        .filter(pk=pk, roster_state=State.WAITING, roster_next_try_at__lte=now)
        .first()
    )
    if course is None:
        return None
    claimed = LtiCourse.objects.filter(
        pk=pk, roster_state=State.WAITING, roster_attempts=course.roster_attempts,
        roster_next_try_at=course.roster_next_try_at,
    ).update(roster_attempts=F("roster_attempts") + 1,
             roster_next_try_at=now + CLAIMED_FOR)  # fmt: skip
    return course if claimed else None


def _read(course: LtiCourse, now: datetime) -> None:
    """Read one; what came of it stands with the course."""
    mine = LtiCourse.objects.filter(
        pk=course.pk, roster_attempts=course.roster_attempts + 1
    )
    by = course.roster_asked_by
    if by is None:
        # Whoever asked is gone, so nobody waits for it.
        mine.update(roster_state=State.NONE, roster_next_try_at=None)
        return
    try:
        done = read_roster(course, by=by, now=timezone.now())
    except RosterUnreadable as problem:
        _failed(mine, course, problem.code, now)
    except Exception as error:
        # Words of a database may quote what a platform told of somebody.
        logger.exception(
            "roster of course %s: %s", course.pk, type(error).__name__, exc_info=False
        )
        _failed(mine, course, "roster.failed", now)
    else:
        mine.update(
            roster_state=State.DONE,
            roster_next_try_at=None,
            roster_error="",
            roster_counts={
                "enrolled": done.enrolled, "ended": done.ended,
                "unchanged": done.unchanged, "to_sign_in": done.to_sign_in,
            },
        )  # fmt: skip


def _failed(mine: Any, course: LtiCourse, code: str, now: datetime) -> None:
    again = code in PASSING and course.roster_attempts < len(PAUSES)
    mine.update(
        roster_state=State.WAITING if again else State.FAILED,
        roster_next_try_at=now + PAUSES[course.roster_attempts] if again else None,
        roster_error=code,
    )


class CourseQueue(JobQueue[str]):
    """Takes the wish that lists which wait are read."""

    def __init__(self) -> None:
        super().__init__("rosters", task=TASK, argument="why", work=_work)


def _work(why: str, cancelled: Cancelled) -> None:
    read_due_rosters(now=timezone.now(), cancelled=cancelled)


course_queue = CourseQueue()
