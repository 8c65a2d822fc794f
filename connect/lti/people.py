"""Who somebody from a platform is here.

Whoever runs a platform can be everybody it sends. So an account that was there before is
connected only by its owner, signed in and asked; administrators of the site never are; and
an account that an arrival made is taken apart from the platform once somebody proves, by a
mail, that its address is theirs.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from lti_tool.models import LtiUser

from learners.models import User
from learners.placeholder_addresses import placeholder_address
from schools.audit import record
from schools.models import Membership, School
from schools.services.members import add_member

from ..models import LtiIdentity, LtiPlatform
from .problems import LtiProblem


class OwnerIsAsked(Exception):
    """There is an account with this address; its owner has to sign in to connect it."""


@transaction.atomic
def person_of(lti_user: LtiUser, *, now: datetime) -> User:
    """Return the account of somebody who arrived; a new person gets one.

    Raises OwnerIsAsked and LtiProblem.
    """
    identity = (
        LtiIdentity.objects.select_related("user").filter(lti_user=lti_user).first()
    )
    if identity is not None:
        return checked_person(identity.user)
    address = lti_user.email
    if address and User.objects.filter(email=address).exists():
        raise OwnerIsAsked
    try:
        with transaction.atomic():
            user = User.objects.create_user(address or placeholder_address())
    except IntegrityError:
        raise OwnerIsAsked from None
    _connect(lti_user, user, is_proved=False, now=now)
    return user


@transaction.atomic
def connect_own_account(lti_user: LtiUser, user: User, *, now: datetime) -> None:
    """Have a person of a platform be this account; its owner has said so.

    Raises LtiProblem for administrators, and if the person is somebody else by now.
    """
    checked_person(user)
    known = LtiIdentity.objects.filter(lti_user=lti_user).first()
    if known is not None:
        if known.user_id != user.pk:
            raise LtiProblem("lti.ticket_used")
        return
    _connect(lti_user, user, is_proved=True, now=now)


def checked_person(user: User) -> User:
    """Return the user. Raises LtiProblem for whom no platform may sign in."""
    if user.role == User.Role.ADMIN or user.is_superuser:
        raise LtiProblem("lti.admin_refused")
    if not user.is_active:
        raise LtiProblem("lti.account_off")
    return user


def take_in(
    *, school: School, user: User, teaches: bool, name: str, now: datetime
) -> Membership:
    """Have somebody who arrived belong to the school. Raises LtiProblem.

    Who left the school comes back by its managers, not by a link.
    """
    known = Membership.objects.filter(school=school, user=user).first()
    if known is not None and known.left_at is not None:
        raise LtiProblem("lti.left_school")
    role = Membership.Role.TEACHER if teaches else Membership.Role.LEARNER
    member = add_member(school=school, user=user, role=role, actor=None, now=now)
    if name and not member.name:
        member.name = name[:120]
        member.save(update_fields=["name"])
    return member


@transaction.atomic
def take_apart(user: User, *, now: datetime) -> int:
    """Undo what connects an account by an arrival alone; return how many platforms."""
    unproved = LtiIdentity.objects.filter(user=user, is_proved=False)
    n_apart = unproved.delete()[0]
    if n_apart:
        record(action="lti.taken_apart", now=now, actor=user.uuid, subject=user.uuid)
    return n_apart


def _connect(lti_user: LtiUser, user: User, *, is_proved: bool, now: datetime) -> None:
    LtiIdentity.objects.create(
        lti_user=lti_user, user=user, is_proved=is_proved, connected_at=now
    )
    platform = LtiPlatform.objects.select_related("school").get(
        registration=lti_user.registration_id
    )
    record(
        action="lti.connected",
        now=now,
        actor=user.uuid,
        school=platform.school.uuid,
        subject=user.uuid,
        target="platform",
        target_uuid=platform.uuid,
        detail={"by_owner": is_proved},
    )
