"""Who may see and decide what here: one function a question, asked by every view."""

from __future__ import annotations

from django.db.models import QuerySet

from learners.models import User
from learners.permissions import AnyUser
from schools.models import AuditEntry, Membership
from schools.permissions import is_site_admin, manageable_schools


def can_see_figures(user: AnyUser) -> bool:
    """Whether they may see who learns how much: site admins and managers of schools."""
    return is_site_admin(user) or manageable_schools(user).exists()


def can_run_site(user: AnyUser) -> bool:
    """Whether they may see machines and decide for the whole site."""
    return is_site_admin(user)


def visible_entries(user: AnyUser) -> QuerySet[AuditEntry]:
    """Return the entries of the audit log that they may read: managers their schools'."""
    if is_site_admin(user):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(school__in=manageable_schools(user).values("uuid"))


def people_to_see_as(user: AnyUser) -> QuerySet[User]:
    """Return as whom they may see the site, never as an administrator.

    A manager: learners of their schools who belong to no other school and teach nowhere,
    since what these pages show has to stay in the school.
    """
    if not isinstance(user, User):
        return User.objects.none()
    everybody = User.objects.filter(is_active=True).exclude(pk=user.pk)
    others = everybody.exclude(role=User.Role.ADMIN).exclude(is_superuser=True)
    if is_site_admin(user):
        return others
    schools = manageable_schools(user).values("pk")
    current = Membership.objects.filter(left_at=None)
    learners = current.filter(role=Membership.Role.LEARNER, school__in=schools)
    elsewhere = current.exclude(role=Membership.Role.LEARNER, school__in=schools)
    return (
        others.filter(role=User.Role.LEARNER, pk__in=learners.values("user_id"))
        .exclude(pk__in=elsewhere.values("user_id"))
        .distinct()
    )
