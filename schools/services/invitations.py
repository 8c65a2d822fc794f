"""Invitations: made, withdrawn and used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..invitation_codes import digest, new_code, new_token
from ..models import Classroom, Enrolment, Invitation, Membership, School
from ..problem import SchoolProblem
from .enrolments import enrol
from .members import RANK, STAFF, add_member
from .teaching import add_teacher

if TYPE_CHECKING:
    from learners.models import User

MAIL_DAYS: Final = 14
_TRIES: Final = 5


class ManagersAreMailed(SchoolProblem):
    """A link that makes managers would be too easy to pass on."""

    message = _("A school manager can only be invited by e-mail.")


class InvitationClosed(SchoolProblem):
    """It can no longer be used; the words say why."""

    WORDS: Final = {
        Invitation.State.EXPIRED: _(
            "This invitation has expired. Ask whoever invited you for a new one."
        ),
        Invitation.State.USED_UP: _(
            "This invitation has been used as often as it can be. Ask whoever invited you "
            "for a new one."
        ),
        Invitation.State.REVOKED: _(
            "This invitation was withdrawn. Ask whoever invited you."
        ),
    }

    def __init__(self, state: Invitation.State) -> None:
        super().__init__(state)
        self.state = state
        self.message = self.WORDS[state]


class PlaceClosed(SchoolProblem):
    """The school was closed or the class archived since."""

    message = _("This class is closed. Ask your teacher which one to join.")


class ForSomebodyElse(SchoolProblem):
    """Who was invited to teach or manage by mail has to be the one who comes."""

    message = _(
        "This invitation is for another e-mail address. Sign in with the address that it "
        "was sent to."
    )


@dataclass(frozen=True, slots=True)
class Mailed:
    """An invitation and the secret for its mail, which is not stored."""

    invitation: Invitation
    token: str


def invite_by_link(
    *,
    school: School,
    classroom: Classroom | None,
    role: str,
    expires_at: datetime,
    max_uses: int | None,
    by: User | None,
    now: datetime,
) -> Invitation:
    """Make a link and a code to be shared. Raises ManagersAreMailed."""
    if role == Membership.Role.MANAGER:
        raise ManagersAreMailed
    token = new_token()
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                invitation = Invitation.objects.create(
                    school=school,
                    classroom=classroom,
                    role=role,
                    token=token,
                    token_digest=digest(token),
                    code=new_code(),
                    created_by=by,
                    created_at=now,
                    expires_at=expires_at,
                    max_uses=max_uses,
                )
                _record(invitation, "invitation.made", by.uuid if by else None, now)
        except IntegrityError:
            # Another one has this code, which happens once in a hundred thousand million.
            if not left:
                raise
        else:
            return invitation
    raise AssertionError


@transaction.atomic
def invite_by_mail(
    *,
    school: School,
    classroom: Classroom | None,
    role: str,
    email: str,
    by: User | None,
    now: datetime,
) -> Mailed:
    """Make an invitation for one person; it replaces an open one to the same place."""
    email = email.strip().lower()
    Invitation.objects.filter(
        school=school, classroom=classroom, email=email, revoked_at=None, n_uses=0
    ).update(revoked_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        school=school,
        classroom=classroom,
        role=role,
        email=email,
        token_digest=digest(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=MAIL_DAYS),
        max_uses=1,
    )
    _record(invitation, "invitation.mailed", by.uuid if by else None, now)
    return Mailed(invitation, token)


@transaction.atomic
def revoke_invitation(
    *, invitation_id: int, actor: UUID | None, now: datetime
) -> Invitation:
    """Withdraw an invitation; who joined by it stays."""
    invitation = _locked(invitation_id)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        _record(invitation, "invitation.revoked", actor, now)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation_id: int, user: User, now: datetime) -> Invitation:
    """Have somebody join by an invitation; who is there already uses nothing up.

    Raises InvitationClosed, PlaceClosed and ForSomebodyElse; then nothing has changed.
    """
    invitation = _locked(invitation_id)
    if is_there_already(invitation, user):
        return invitation
    state = invitation.state(now)
    if state != Invitation.State.OPEN:
        raise InvitationClosed(state)
    classroom = invitation.classroom
    if not invitation.school.is_active or (classroom and classroom.archived_at):
        raise PlaceClosed
    if is_for_somebody_else(invitation, user):
        raise ForSomebodyElse
    invitation.n_uses += 1
    invitation.save(update_fields=["n_uses"])
    add_member(
        school=invitation.school,
        user=user,
        role=invitation.role,
        actor=user.uuid,
        now=now,
    )
    if classroom and invitation.role == Membership.Role.LEARNER:
        enrol(classroom=classroom, learner=user, actor=user.uuid, now=now)
    elif classroom:
        add_teacher(classroom=classroom, teacher=user, actor=user.uuid, now=now)
    _record(invitation, "invitation.used", user.uuid, now, subject=user.uuid)
    return invitation


def is_for_somebody_else(invitation: Invitation, user: User) -> bool:
    """Whether a mail that makes somebody staff went to another address than theirs."""
    bound = bool(invitation.email) and invitation.role in STAFF
    return bound and invitation.email != user.email


def is_there_already(invitation: Invitation, user: User) -> bool:
    """Whether they have all that it would give them."""
    membership = Membership.objects.filter(
        school=invitation.school_id, user=user, left_at=None
    ).first()
    if membership is None:
        return False
    role, has = Membership.Role(invitation.role), Membership.Role(membership.role)
    if RANK[has] < RANK[role]:
        return False
    if invitation.classroom_id is None:
        return True
    if role == Membership.Role.LEARNER:
        return Enrolment.objects.filter(
            classroom=invitation.classroom_id, learner=user, left_at=None
        ).exists()
    return user.classes_taught.filter(classroom=invitation.classroom_id).exists()


def _locked(invitation_id: int) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("school", "classroom")
        .get(pk=invitation_id)
    )


def _record(
    invitation: Invitation,
    action: str,
    actor: UUID | None,
    now: datetime,
    subject: UUID | None = None,
) -> None:
    classroom = invitation.classroom
    record(
        action=action,
        now=now,
        actor=actor,
        school=invitation.school.uuid,
        subject=subject,
        target="invitation",
        target_uuid=invitation.uuid,
        detail={
            "role": invitation.role,
            "class": str(classroom.uuid) if classroom else None,
        },
    )
