"""What learners of a class have done, in numbers: a few queries for a page of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum

from coursework.models import Assignment, AssignmentTarget, Submission
from learners.models import ActivityDay
from schools.models import Classroom, Enrolment

RECENT = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Done:
    """Sums over what one learner did."""

    spoken_s: int = 0
    active_s: int = 0
    recent_days: int = 0
    last_day: date | None = None
    n_set: int = 0
    handed_in: int = 0
    returned: int = 0


def done_by(
    enrolments: Sequence[Enrolment], *, classroom: Classroom, now: datetime
) -> dict[int, Done]:
    """Return what each learner did, by the id of the account.

    Days are those that were added up when the learner was last here or was looked at.
    """
    ids = [enrolment.learner_id for enrolment in enrolments]
    days: dict[int, Mapping[str, Any]] = {
        row["learner"]: row for row in _days(ids, now)
    }
    handed: dict[int, Mapping[str, Any]] = {
        row["learner"]: row for row in _submissions(ids, classroom)
    }
    n_set = _set_for(ids, classroom, now)
    found = {}
    for pk in ids:
        day, work = days.get(pk, {}), handed.get(pk, {})
        found[pk] = Done(
            spoken_s=day.get("spoken") or 0,
            active_s=day.get("active") or 0,
            recent_days=day.get("recent") or 0,
            last_day=day.get("last"),
            n_set=n_set[pk],
            handed_in=work.get("handed_in") or 0,
            returned=work.get("returned") or 0,
        )
    return found


def _days(ids: Sequence[int], now: datetime) -> Iterable[Mapping[str, Any]]:
    since = (now - RECENT).date()
    return (
        ActivityDay.objects.filter(learner__in=ids)
        .values("learner")
        .annotate(
            spoken=Sum("spoken_s"),
            active=Sum("active_s"),
            recent=Count("day", Q(day__gt=since), distinct=True),
            last=Max("day"),
        )
        .order_by("learner")
    )


def _submissions(
    ids: Sequence[int], classroom: Classroom
) -> Iterable[Mapping[str, Any]]:
    returned = Q(state=Submission.State.RETURNED)
    return (
        Submission.objects.filter(learner__in=ids, assignment__classroom=classroom)
        .exclude(state=Submission.State.STARTED)
        .values("learner")
        .annotate(
            handed_in=Count("assignment", distinct=True),
            returned=Count("assignment", returned, distinct=True),
        )
        .order_by("learner")
    )


def _set_for(ids: Sequence[int], classroom: Classroom, now: datetime) -> dict[int, int]:
    targets = AssignmentTarget.objects.filter(assignment=OuterRef("pk"))
    published = Assignment.objects.filter(
        classroom=classroom, archived_at=None, published_at__isnull=False,
        opens_at__lte=now,
    )  # fmt: skip
    for_all = published.filter(~Exists(targets), group=None).count()
    found = dict.fromkeys(ids, for_all)
    chosen = published.filter(Exists(targets), group=None)
    grouped = published.filter(group__isnull=False)
    for rows in (
        chosen.filter(targets__learner__in=ids).values_list("targets__learner", "pk"),
        grouped.filter(group__members__in=ids).values_list("group__members", "pk"),
    ):
        for learner, _assignment in rows.distinct():
            found[learner] = found.get(learner, for_all) + 1
    return found
