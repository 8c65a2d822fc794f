"""The learners of a class as its pages list them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from lessons.levels import language_name
from schools.models import Classroom, Enrolment, LearnerGroup, Membership

from ..models import ActivityDay, Guardian
from ..placeholder_addresses import real_address

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A learner of a class. ``guardian``: none, asked or confirmed, of a minor."""

    uuid: UUID
    enrolment: UUID
    name: str
    email: str
    l1: str
    level: str
    external_id: str
    is_minor: bool
    guardian: str
    minutes_week: int
    last_day: date | None
    has_come: bool
    enrolled_at: datetime
    groups: tuple[str, ...]


def current_enrolments(
    classroom: Classroom, *, search: str = ""
) -> QuerySet[Enrolment]:
    """Return who is in a class, by name; ``search`` is part of a name or an address."""
    rows = Enrolment.objects.filter(
        classroom=classroom, left_at=None, learner__is_active=True
    ).select_related("learner__profile")
    if search:
        known_as = Membership.objects.filter(
            school=classroom.school_id, name__icontains=search
        )
        rows = rows.filter(
            Q(learner__profile__display_name__icontains=search)
            | Q(learner__email__icontains=search)
            | Q(learner__in=known_as.values("user_id"))
        )
    return rows.order_by("learner__profile__display_name", "learner__email")


def roster_people(
    classroom: Classroom, enrolments: Sequence[Enrolment], *, today: date
) -> list[RosterPerson]:
    """Return these enrolments with what a teacher wants to see of each."""
    ids = [enrolment.learner_id for enrolment in enrolments]
    members = {
        member.user_id: member
        for member in Membership.objects.filter(
            school=classroom.school_id, user__in=ids
        )
    }
    activity = {
        row["learner"]: row
        for row in ActivityDay.objects.filter(learner__in=ids)
        .order_by()
        .values("learner")
        .annotate(last=Max("day"), week=Sum("active_s", filter=Q(day__gt=today - WEEK)))
    }
    groups = _groups(classroom)
    guardians = _guardians(ids)
    return [
        _person(
            enrolment,
            members.get(enrolment.learner_id),
            activity.get(enrolment.learner_id, {}),
            groups.get(enrolment.learner_id, ()),
            guardians.get(enrolment.learner_id, ""),
            classroom.school.records_minors,
        )
        for enrolment in enrolments
    ]


def _person(
    enrolment: Enrolment,
    member: Membership | None,
    activity: Mapping[str, Any],
    groups: tuple[str, ...],
    guardian: str,
    are_minors: bool,
) -> RosterPerson:
    learner = enrolment.learner
    profile = getattr(learner, "profile", None)
    email = real_address(learner.email) or ""
    known_as = member.name if member else ""
    said = member.is_minor if member else None
    week, last = activity.get("week"), activity.get("last")
    return RosterPerson(
        uuid=learner.uuid,
        enrolment=enrolment.uuid,
        name=known_as or (profile.display_name if profile else email),
        email=email,
        l1=language_name(profile.l1) if profile else "",
        level=profile.level if profile else "",
        external_id=member.external_id if member else "",
        is_minor=are_minors if said is None else said,
        guardian=guardian,
        minutes_week=round(week / 60) if isinstance(week, int) else 0,
        last_day=last if isinstance(last, date) else None,
        has_come=learner.last_login is not None or isinstance(last, date),
        enrolled_at=enrolment.enrolled_at,
        groups=groups,
    )


def _groups(classroom: Classroom) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = LearnerGroup.objects.filter(classroom=classroom, members__isnull=False)
    for user_id, name in rows.values_list("members", "name"):
        found[user_id] = (*found.get(user_id, ()), name)
    return found


def _guardians(ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    rows = Guardian.objects.filter(learner__in=ids, removed_at=None)
    for learner_id, confirmed in rows.values_list("learner_id", "confirmed_at"):
        if confirmed is not None or found.get(learner_id) is None:
            found[learner_id] = "confirmed" if confirmed else "asked"
    return found
