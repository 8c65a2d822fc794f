"""Who may take along or erase whose data: one function a question."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from learners.models import Guardian, User
from schools.models import Membership
from schools.permissions import is_site_admin, manageable_schools
from schools.rules import get_learner_rules

AnyUser = User | AnonymousUser


def can_handle_data_of(user: AnyUser, person: User) -> bool:
    """Whether they may export and erase another person's data, with a reason.

    Who runs the site. A school manager, for learners who belong to no other school than
    those they manage: an archive holds all of a person's work, also that of elsewhere.
    """
    if not isinstance(user, User) or not user.is_active or user.pk == person.pk:
        return False
    if is_site_admin(user):
        return True
    if person.role != User.Role.LEARNER:
        return False
    belongs = Membership.objects.filter(user=person, left_at=None)
    managed = manageable_schools(user).values("pk")
    return (
        belongs.filter(role=Membership.Role.LEARNER, school__in=managed).exists()
        and not belongs.exclude(
            role=Membership.Role.LEARNER, school__in=managed
        ).exists()
    )


def can_act_for(guardian: Guardian) -> bool:
    """Whether a guardian may see and decide anything: of who is a minor, and not removed."""
    if guardian.removed_at is not None:
        return False
    return get_learner_rules(learner_id=guardian.learner_id).is_minor
