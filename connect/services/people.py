"""Learners whom another system names: found in the school, or given an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from learners.models import User
from schools.models import Membership, School
from schools.problem import SchoolProblem
from schools.services.members import add_member


class LearnerElsewhere(SchoolProblem):
    """An account with this address is there, and its owner has not joined the school."""

    message = _(
        "Somebody with this e-mail address has an account already and has not joined your "
        "school. Send them an invitation: they decide who sees what they say."
    )


class NotALearner(SchoolProblem):
    """Staff are not enrolled by another system."""

    message = _("This person works at the school. Enrol them on the class's page.")


@transaction.atomic
def take_in_learner(
    *,
    school: School,
    email: str,
    name: str,
    external_id: str,
    actor: UUID | None,
    now: datetime,
) -> User:
    """Return the school's learner with this address; a new one gets an account.

    A new account has no password: its owner chooses one by "Forgot your password?". One
    that exists outside of the school is left alone, since belonging to a school shows its
    teachers what somebody says. Raises LearnerElsewhere, NotALearner and ExternalIdTaken.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(address)
        except IntegrityError:
            raise LearnerElsewhere from None
        member = add_member(
            school=school,
            user=user,
            role=Membership.Role.LEARNER,
            actor=actor,
            now=now,
            external_id=external_id,
        )
        if name:
            member.name = name
            member.save(update_fields=["name"])
        return user
    member_now = Membership.objects.filter(
        school=school, user=user, left_at=None
    ).first()
    if member_now is None:
        raise LearnerElsewhere
    if member_now.role != Membership.Role.LEARNER:
        raise NotALearner
    if external_id and external_id != member_now.external_id:
        add_member(
            school=school,
            user=user,
            role=member_now.role,
            actor=actor,
            now=now,
            external_id=external_id,
        )
    return user
