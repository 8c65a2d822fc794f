"""What the pages of a class show: its learners, how they join, who teaches it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from schools.invitation_codes import shown_code
from schools.invitation_selectors import list_invitations
from schools.models import Classroom, ClassTeacher, Invitation, LearnerGroup, Membership
from schools.permissions import can_manage_school

from ..class_forms import InviteLinkForm, InviteMailForm, TeacherForm
from ..models import User
from .names import names_in_school
from .people import current_enrolments, roster_people

A_PAGE = 60


def people_context(
    classroom: Classroom, *, search: str, page_number: str, now: datetime, root: str
) -> dict[str, Any]:
    """Return the tab of learners; ``root`` is the site's address with a slash."""
    enrolments = current_enrolments(classroom, search=search)
    page = Paginator(enrolments, A_PAGE).get_page(page_number)
    return {
        "classroom": classroom,
        "tab": "learners",
        "page": page,
        "people": roster_people(classroom, list(page.object_list), today=now.date()),
        "search": search,
        "search_query": urlencode({"search": search}) + "&",
        "groups": _groups(classroom),
        **invitations_context(classroom, now=now, root=root),
    }


def invitations_context(
    classroom: Classroom, *, now: datetime, root: str
) -> dict[str, Any]:
    """Return how people can join a class now, the link that is shared first."""
    rows = [
        row
        for row in list_invitations(
            school_id=classroom.school_id, classroom_id=classroom.pk
        )[:50]
        if row.state(now) == Invitation.State.OPEN
    ]
    link = next((row for row in rows if row.token and row.role == "LEARNER"), None)
    return {
        "link": shown_link(link, root) if link else None,
        "mailed": [row for row in rows if row.email],
        "link_form": InviteLinkForm(),
        "mail_form": InviteMailForm(),
    }


def shown_link(invitation: Invitation, root: str) -> dict[str, Any]:
    """Return a shared invitation as a page shows it."""
    path = reverse("learners:join-link", args=[invitation.token])
    return {
        "uuid": invitation.uuid,
        "url": root.rstrip("/") + path,
        "code": shown_code(invitation.code),
        "join_url": root.rstrip("/") + reverse("learners:join"),
        "expires_at": invitation.expires_at,
        "n_uses": invitation.n_uses,
        "max_uses": invitation.max_uses,
    }


def settings_context(classroom: Classroom, *, user: User) -> dict[str, Any]:
    """Return the tab of settings, but for its form."""
    rows = list(
        ClassTeacher.objects.filter(classroom=classroom).select_related("teacher")
    )
    names = names_in_school(
        school_id=classroom.school_id, user_ids=[row.teacher_id for row in rows]
    )
    return {
        "classroom": classroom,
        "tab": "settings",
        "teachers": [
            {
                "uuid": row.teacher.uuid,
                "name": names[row.teacher_id],
                "email": row.teacher.email,
                "is_lead": row.is_lead,
                "is_self": row.teacher_id == user.pk,
            }
            for row in rows
        ],
        "teacher_form": TeacherForm(),
        "manages": can_manage_school(user, classroom.school),
    }


def people_choices(classroom: Classroom) -> list[tuple[str, str]]:
    """Return who is in a class, as a form offers them."""
    rows = list(current_enrolments(classroom))
    names = names_in_school(
        school_id=classroom.school_id, user_ids=[row.learner_id for row in rows]
    )
    choices = [(str(row.learner.uuid), names[row.learner_id]) for row in rows]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def membership_of(classroom: Classroom, user: User) -> Membership | None:
    """Return how somebody belongs to the school of a class."""
    return Membership.objects.filter(
        school=classroom.school_id, user=user, left_at=None
    ).first()


def _groups(classroom: Classroom) -> list[LearnerGroup]:
    return list(
        LearnerGroup.objects.filter(classroom=classroom).annotate(
            n_members=Count(
                "members",
                filter=Q(
                    members__enrolments__classroom=classroom,
                    members__enrolments__left_at=None,
                ),
                distinct=True,
            )
        )
    )
