"""What the pages of a school show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from schools.invitation_selectors import list_invitations
from schools.models import (
    Classroom,
    ClassTeacher,
    Invitation,
    Membership,
    RosterImport,
    School,
    Term,
)

from ..placeholder_addresses import real_address
from ..school_forms import InviteStaffForm
from .names import names_in_school

A_PAGE = 60
ROLES = tuple(Membership.Role.values)


@dataclass(frozen=True, slots=True)
class SchoolPerson:
    """Somebody of a school as its page lists them."""

    uuid: UUID
    name: str
    email: str
    role: str
    role_name: str
    classes: tuple[str, ...]
    joined_at: datetime


def list_schools(schools: QuerySet[School]) -> QuerySet[School]:
    """Return schools with how many learners, teachers and classes each has."""
    return schools.annotate(
        n_classes=Count(
            "classrooms", filter=Q(classrooms__archived_at=None), distinct=True
        ),
        n_learners=Count(
            "memberships",
            filter=Q(memberships__left_at=None, memberships__role="LEARNER"),
            distinct=True,
        ),
        n_staff=Count(
            "memberships",
            filter=Q(memberships__left_at=None) & ~Q(memberships__role="LEARNER"),
            distinct=True,
        ),
    ).order_by("-is_active", "name")


def people_context(
    school: School, *, search: str, role: str, page_number: str, now: datetime
) -> dict[str, Any]:
    """Return the tab of people, narrowed to a role and to part of a name or address."""
    rows = Membership.objects.filter(
        school=school, left_at=None, user__is_active=True
    ).select_related("user__profile")
    counts = dict(rows.order_by().values_list("role").annotate(n=Count("pk")))
    if role in ROLES:
        rows = rows.filter(role=role)
    if search:
        rows = rows.filter(
            Q(name__icontains=search)
            | Q(user__profile__display_name__icontains=search)
            | Q(user__email__icontains=search)
            | Q(external_id=search)
        )
    rows = rows.order_by("user__profile__display_name", "user__email")
    page = Paginator(rows, A_PAGE).get_page(page_number)
    invitations = [
        row
        for row in list_invitations(school_id=school.pk)
        .filter(classroom=None)
        .exclude(email="")[:A_PAGE]
        if row.state(now) == Invitation.State.OPEN
    ]
    return {
        "school": school,
        "tab": "people",
        "page": page,
        "people": _people(school, list(page.object_list)),
        "search": search,
        "page_query": urlencode({"search": search, "role": role}) + "&",
        "role": role,
        "roles": [
            (value, label, counts.get(value, 0))
            for value, label in Membership.Role.choices
        ],
        "n_people": sum(counts.values()),
        "mailed": invitations,
        "invite_form": InviteStaffForm(),
        "imports": list(
            RosterImport.objects.filter(school=school)
            .exclude(state=RosterImport.State.PREVIEW)
            .defer("rows", "mails")[:5]
        ),
    }


def classes_without_teacher(school: School) -> QuerySet[Classroom]:
    """Return the open classes of a school that nobody teaches."""
    taught = ClassTeacher.objects.filter(classroom=OuterRef("pk"))
    return Classroom.objects.filter(
        ~Exists(taught), school=school, archived_at=None
    ).order_by("name")


def terms_of(school: School) -> QuerySet[Term]:
    """Return the terms of a school with how many open classes each has."""
    return Term.objects.filter(school=school).annotate(
        n_classes=Count("classrooms", filter=Q(classrooms__archived_at=None))
    )


def staff_choices(school: School, *, but: int) -> list[tuple[str, str]]:
    """Return the teachers and managers of a school, but one, as a form offers them."""
    rows = list(
        Membership.objects.filter(school=school, left_at=None)
        .exclude(role=Membership.Role.LEARNER)
        .exclude(user=but)
        .select_related("user")
    )
    names = names_in_school(school_id=school.pk, user_ids=[row.user_id for row in rows])
    return [(str(row.user.uuid), names[row.user_id]) for row in rows]


def _people(school: School, rows: Sequence[Membership]) -> list[SchoolPerson]:
    ids = [row.user_id for row in rows]
    classes: dict[int, tuple[str, ...]] = {}
    named = Classroom.objects.filter(school=school, archived_at=None).order_by("name")
    pairs = [
        *named.filter(teachers__teacher__in=ids).values_list(
            "teachers__teacher", "name"
        ),
        *named.filter(
            enrolments__learner__in=ids, enrolments__left_at=None
        ).values_list("enrolments__learner", "name"),
    ]
    for user_id, name in pairs:
        classes[user_id] = (*classes.get(user_id, ()), name)
    return [
        SchoolPerson(
            uuid=row.user.uuid,
            name=row.name or _called(row),
            email=real_address(row.user.email) or "",
            role=row.role,
            role_name=row.get_role_display(),
            classes=classes.get(row.user_id, ()),
            joined_at=row.joined_at,
        )
        for row in rows
    ]


def _called(row: Membership) -> str:
    profile = getattr(row.user, "profile", None)
    return profile.display_name if profile else real_address(row.user.email) or ""
