"""The mails of a list that was taken in: passwords, invitations, guardians."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from schools.models import Classroom, Membership, RosterImport
from schools.services.invitations import invite_by_mail

from ..job_queue import Cancelled
from ..models import Guardian, User
from ..services.guardians import invite_guardian
from .imports import where_of
from .invitation_mail import send_first_password, send_invitation
from .plan import Where
from .rows import RosterRow

# How far it is, is written once in so many mails.
A_TIME = 10


def send_mails(roster: RosterImport, cancelled: Cancelled) -> bool:
    """Send what is left; return False if it was cancelled or taken away.

    What is cut off between two notes of how far it is sends up to ten again: better twice
    than never.
    """
    where = where_of(roster)
    classes = {
        one.name.casefold(): one for one in where.classes.filter(archived_at=None)
    }
    while roster.n_mailed < len(roster.mails):
        if cancelled.is_set():
            return False
        some = roster.mails[roster.n_mailed : roster.n_mailed + A_TIME]
        for kind, index in some:
            row = RosterRow.from_json(roster.rows[index])
            classroom = classes.get(row.classroom.casefold(), roster.classroom)
            _send_one(roster, where, kind, row, classroom)
        roster.n_mailed += len(some)
        if not _mine(roster).update(
            n_mailed=roster.n_mailed, touched_at=timezone.now()
        ):
            return False
    return True


def _mine(roster: RosterImport) -> QuerySet[RosterImport]:
    return RosterImport.objects.filter(
        pk=roster.pk, attempt=roster.attempt, state=RosterImport.State.RUNNING
    )


def _send_one(
    roster: RosterImport,
    where: Where,
    kind: str,
    row: RosterRow,
    classroom: Classroom | None,
) -> None:
    now = timezone.now()
    if kind == "invitation":
        mailed = invite_by_mail(
            school=where.school,
            classroom=classroom,
            role=Membership.Role.LEARNER,
            email=row.email,
            by=roster.created_by,
            now=now,
        )
        send_invitation(
            invitation=mailed.invitation, token=mailed.token, root=roster.site_url
        )
        return
    user = User.objects.filter(email=row.email, is_active=True).first()
    if user is None:
        return
    if kind == "password" and not user.has_usable_password():
        send_first_password(
            user=user,
            school=where.school,
            classroom=classroom,
            name=row.name,
            root=roster.site_url,
        )
    elif kind == "guardian" and not _is_asked(user, row.guardian_email):
        invite_guardian(
            learner=user,
            email=row.guardian_email,
            link=lambda token: (
                roster.site_url.rstrip("/") + reverse("privacy:guardian", args=[token])
            ),
            now=now,
            by=roster.created_by.uuid,
            school=where.school.uuid,
        )


def _is_asked(user: User, email: str) -> bool:
    return Guardian.objects.filter(learner=user, email=email, removed_at=None).exists()
