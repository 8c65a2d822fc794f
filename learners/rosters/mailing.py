"""The mails of a list that was taken in: passwords, invitations, guardians."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from django.db import DatabaseError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from schools.models import Classroom, Membership, RosterImport
from schools.services.invitations import invite_by_mail

from ..job_queue import Cancelled
from ..mail_line import MailLine
from ..models import Guardian, User
from ..services.guardians import invite_guardian
from .imports import where_of
from .invitation_mail import send_first_password, send_invitation
from .plan import Where
from .rows import RosterRow

logger = logging.getLogger(__name__)
# How far it is, is written once in so many mails.
A_TIME = 10
# A mail that the server does not take is tried so often, at intervals of ``AGAIN_AFTER``.
TRIES: Final = 6
AGAIN_AFTER: Final = timedelta(minutes=10)
# In ``RosterImport.problems``: the row is taken in, its mail did not leave.
UNSENT: Final = "mail.unsent"


def send_mails(roster: RosterImport, cancelled: Cancelled) -> bool:
    """Send what is left; return False if it was cancelled, taken away, or has to wait.

    What did not leave comes again at the end of the list, as ``[kind, index, tries]``.
    What is cut off between two notes of how far it is sends up to ten again: better twice
    than never.
    """
    where = where_of(roster)
    classes = {
        one.name.casefold(): one for one in where.classes.filter(archived_at=None)
    }
    until = len(roster.mails)
    with MailLine() as line:
        while roster.n_mailed < until:
            if cancelled.is_set():
                return False
            some = roster.mails[roster.n_mailed : min(roster.n_mailed + A_TIME, until)]
            for kind, index, *tried in some:
                row = RosterRow.from_json(roster.rows[index])
                classroom = classes.get(row.classroom.casefold(), roster.classroom)
                n_tried = tried[0] if tried else 0
                if not _send_one(roster, where, kind, row, classroom, line, n_tried):
                    _put_back(roster, kind, index, n_tried + 1)
            roster.n_mailed += len(some)
            if not _mine(roster).update(
                n_mailed=roster.n_mailed,
                mails=roster.mails,
                problems=roster.problems,
                touched_at=timezone.now(),
            ):
                return False
    return roster.n_mailed == len(roster.mails)


def waits_for_mails(roster: RosterImport) -> bool:
    """Whether everybody is taken in, and mails that did not leave are tried again."""
    return roster.n_done == roster.n_rows and roster.n_mailed < len(roster.mails)


def _put_back(roster: RosterImport, kind: str, index: int, tries: int) -> None:
    if tries < TRIES:
        roster.mails.append([kind, index, tries])
    else:
        roster.problems.append([roster.rows[index]["line"], UNSENT])


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
    line: MailLine,
    n_tried: int,
) -> bool:
    """Send one mail; return False where the server did not take it."""
    now = timezone.now()
    if not row.email:
        # Erased meanwhile.
        return True
    if kind == "invitation":
        mailed = invite_by_mail(
            school=where.school,
            classroom=classroom,
            role=Membership.Role.LEARNER,
            email=row.email,
            by=roster.created_by,
            now=now,
        )
        return send_invitation(
            invitation=mailed.invitation,
            token=mailed.token,
            root=roster.site_url,
            line=line,
        )
    user = User.objects.filter(email=row.email, is_active=True).first()
    if user is None:
        return True
    if kind == "password" and not user.has_usable_password():
        return send_first_password(
            user=user,
            school=where.school,
            classroom=classroom,
            name=row.name,
            root=roster.site_url,
            line=line,
        )
    # Who was asked before this list is not asked again; whose mail did not leave is.
    if kind == "guardian" and (n_tried or not _is_asked(user, row.guardian_email)):
        return _ask_guardian(roster, where, user, row, line)
    return True


def _ask_guardian(
    roster: RosterImport, where: Where, user: User, row: RosterRow, line: MailLine
) -> bool:
    try:
        invite_guardian(
            learner=user,
            email=row.guardian_email,
            link=lambda token: (
                roster.site_url.rstrip("/") + reverse("privacy:guardian", args=[token])
            ),
            now=timezone.now(),
            by=roster.created_by.uuid,
            school=where.school.uuid,
            send=line.send,
        )
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show the address.
        logger.error("a guardian's mail was not sent: %s", type(error).__name__)
        return False
    return True


def _is_asked(user: User, email: str) -> bool:
    return Guardian.objects.filter(learner=user, email=email, removed_at=None).exists()
