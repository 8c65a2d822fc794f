"""People of a school: taken in, given another role, let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..audit import Detail, record
from ..models import Classroom, ClassTeacher, Enrolment, Membership, School
from ..problem import SchoolProblem
from .enrolments import end_enrolment

if TYPE_CHECKING:
    from learners.models import User

RANK: Final = {
    Membership.Role.LEARNER: 0,
    Membership.Role.TEACHER: 1,
    Membership.Role.MANAGER: 2,
}
STAFF: Final = (Membership.Role.TEACHER, Membership.Role.MANAGER)


class LastManager(SchoolProblem):
    """A school keeps somebody who decides on it."""

    message = _(
        "This is the school's only manager. Make somebody else a manager first."
    )


class ExternalIdTaken(SchoolProblem):
    """The number names somebody else of the school."""

    message = _("Somebody else of the school has this number already.")


@dataclass(frozen=True, slots=True)
class Departure:
    """What somebody's leaving did; ``without_teacher`` are classes that nobody teaches."""

    membership: Membership
    without_teacher: tuple[Classroom, ...]


@transaction.atomic
def add_member(
    *,
    school: School,
    user: User,
    role: str,
    actor: UUID | None,
    now: datetime,
    external_id: str = "",
    is_minor: bool | None = None,
) -> Membership:
    """Have somebody belong to a school; who left comes back.

    Somebody who belongs to it already is never made less by this. Raises ExternalIdTaken.
    """
    if external_id and (
        Membership.objects.filter(school=school, external_id=external_id)
        .exclude(user=user)
        .exists()
    ):
        raise ExternalIdTaken
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        school=school, user=user, defaults={"role": role, "joined_at": now}
    )
    returns = membership.left_at is not None
    wanted = role if is_new or returns or _is_more(role, membership.role) else None
    changed = bool(wanted) and (is_new or returns or membership.role != wanted)
    membership.role = wanted or membership.role
    membership.left_at = None
    membership.external_id = external_id or membership.external_id
    membership.is_minor = membership.is_minor if is_minor is None else is_minor
    membership.save(update_fields=["role", "left_at", "external_id", "is_minor"])
    if changed:
        action = "member.joined" if is_new or returns else "member.role_changed"
        _record(membership, action, actor, now, {"role": str(membership.role)})
    set_site_role(user)
    return membership


@transaction.atomic
def change_role(
    *, membership_id: int, role: str, actor: UUID | None, now: datetime
) -> Membership:
    """Give somebody another role. Raises LastManager.

    Who is no teacher any more does not teach the school's classes either.
    """
    membership = _locked(membership_id)
    if membership.role == role:
        return membership
    _keep_a_manager(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    if role == Membership.Role.LEARNER:
        _stop_teaching(membership, None, now)
    _record(membership, "member.role_changed", actor, now, {"role": role})
    set_site_role(membership.user)
    return membership


@transaction.atomic
def set_minor(
    *, membership_id: int, is_minor: bool | None, actor: UUID | None, now: datetime
) -> Membership:
    """Say whether somebody is a minor; none: as the school says of its learners."""
    membership = _locked(membership_id)
    if membership.is_minor != is_minor:
        membership.is_minor = is_minor
        membership.save(update_fields=["is_minor"])
        _record(membership, "member.minor_changed", actor, now, {"is_minor": is_minor})
    return membership


@transaction.atomic
def set_quota(
    *, membership_id: int, minutes: int | None, actor: UUID | None, now: datetime
) -> Membership:
    """Give a learner minutes of talk a day of their own; none: the class's."""
    membership = _locked(membership_id)
    if membership.minutes_a_day != minutes:
        membership.minutes_a_day = minutes
        membership.save(update_fields=["minutes_a_day"])
        _record(membership, "member.quota_changed", actor, now, {"minutes": minutes})
    return membership


@transaction.atomic
def remove_member(
    *,
    membership_id: int,
    actor: UUID | None,
    now: datetime,
    successor: User | None = None,
) -> Departure:
    """Let somebody go; what they did stays. Raises LastManager.

    ``successor`` takes over the classes that only they taught.
    """
    membership = _locked(membership_id)
    if membership.left_at is not None:
        return Departure(membership, ())
    _keep_a_manager(membership)
    membership.left_at = now
    membership.save(update_fields=["left_at"])
    without = _stop_teaching(membership, successor, now)
    enrolments = Enrolment.objects.filter(
        learner=membership.user, classroom__school=membership.school, left_at=None
    )
    for enrolment in enrolments:
        end_enrolment(enrolment_id=enrolment.pk, actor=actor, now=now)
    detail: Detail = {"classes_without_teacher": len(without)}
    _record(membership, "member.left", actor, now, detail)
    set_site_role(membership.user)
    return Departure(membership, tuple(without))


def set_site_role(user: User) -> None:
    """Keep the role on the site in step, so that menus fit; administrators stay.

    Who teaches in some school is a teacher of the site, who taught and now does nowhere is
    a learner again.
    """
    roles = get_user_model().Role
    rows = get_user_model().objects.filter(pk=user.pk).exclude(role=roles.ADMIN)
    memberships = Membership.objects.filter(user=user)
    if memberships.filter(role__in=STAFF, left_at=None).exists():
        rows.update(role=roles.TEACHER)
    elif memberships.exists():
        rows.update(role=roles.LEARNER)
    user.refresh_from_db(fields=["role"])


def _stop_teaching(
    membership: Membership, successor: User | None, now: datetime
) -> list[Classroom]:
    taught = ClassTeacher.objects.filter(
        teacher=membership.user, classroom__school=membership.school
    )
    classes = [row.classroom for row in taught.select_related("classroom")]
    taught.delete()
    alone = []
    for classroom in classes:
        if ClassTeacher.objects.filter(classroom=classroom).exists():
            continue
        if successor is not None:
            ClassTeacher.objects.create(
                classroom=classroom, teacher=successor, is_lead=True, added_at=now
            )
        elif classroom.archived_at is None:
            alone.append(classroom)
    return alone


def _keep_a_manager(membership: Membership) -> None:
    if membership.role != Membership.Role.MANAGER:
        return
    School.objects.select_for_update().get(pk=membership.school_id)
    others = Membership.objects.filter(
        school=membership.school_id, role=Membership.Role.MANAGER, left_at=None
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastManager


def _is_more(role: str, than: str) -> bool:
    return RANK[Membership.Role(role)] > RANK[Membership.Role(than)]


def _locked(membership_id: int) -> Membership:
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("school", "user")
        .get(pk=membership_id)
    )


def _record(
    membership: Membership,
    action: str,
    actor: UUID | None,
    now: datetime,
    detail: Detail,
) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=membership.school.uuid,
        subject=membership.user.uuid,
        target="membership",
        target_uuid=membership.uuid,
        detail=detail,
    )
