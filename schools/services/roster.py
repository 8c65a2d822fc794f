"""Many learners at once: members of a school and in its classes, in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from ..audit import entry, record_all
from ..models import Classroom, Enrolment, LearnerGroup, Membership, School
from ..signals import enrolment_began, enrolment_ended


class Outcome(StrEnum):
    """What taking somebody in does, or did."""

    NEW = "NEW"
    ENROLLED = "ENROLLED"
    MOVED = "MOVED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True)
class Placement:
    """A learner, and what the school knows of them; no class: only of the school.

    ``leaves``: they leave these classes (ids) for that one. ``is_new``: their account was
    made for this.
    """

    user_id: int
    user_uuid: UUID
    classroom: Classroom | None
    name: str = ""
    external_id: str = ""
    is_minor: bool | None = None
    leaves: tuple[int, ...] = ()
    is_new: bool = False


@transaction.atomic
def take_in(
    *,
    school: School,
    placements: Sequence[Placement],
    actor: UUID | None,
    now: datetime,
) -> list[Outcome]:
    """Have all of them belong to the school and be in their classes.

    The caller has checked them: nobody twice in a class, external ids free, classes open
    and of the school. Nobody's role changes.
    """
    joined, changed = _join(school, placements, now)
    began = _enrol(placements, now)
    outcomes, entries = [], []
    for placement in placements:
        is_enrolled = (placement.user_id, _class_id(placement)) in began
        left = _leave(placement, now) if placement.leaves else 0
        outcome = _outcome(placement, is_enrolled, left, joined)
        outcomes.append(outcome)
        if outcome != Outcome.UNCHANGED or placement.user_id in changed:
            classroom = placement.classroom
            entries.append(
                entry(
                    action="member.imported",
                    now=now,
                    actor=actor,
                    school=school.uuid,
                    subject=placement.user_uuid,
                    target="class" if classroom else "school",
                    target_uuid=classroom.uuid if classroom else school.uuid,
                    detail={"outcome": outcome.value},
                )
            )
    record_all(entries)
    return outcomes


def _outcome(
    placement: Placement, is_enrolled: bool, left: int, joined: set[int]
) -> Outcome:
    if placement.is_new:
        return Outcome.NEW
    if left:
        return Outcome.MOVED
    if is_enrolled or placement.user_id in joined:
        return Outcome.ENROLLED
    return Outcome.UNCHANGED


def _join(
    school: School, placements: Sequence[Placement], now: datetime
) -> tuple[set[int], set[int]]:
    """Make or renew memberships; return whose is new or renewed, and whose changed."""
    wanted = {placement.user_id: placement for placement in placements}
    there = {
        membership.user_id: membership
        for membership in Membership.objects.select_for_update().filter(
            school=school, user__in=wanted
        )
    }
    changed, joined = [], set()
    for user_id, membership in there.items():
        if membership.left_at is not None:
            joined.add(user_id)
            # Who comes back by a list of learners comes back as one.
            membership.role = Membership.Role.LEARNER
        if _update(membership, wanted[user_id]) or user_id in joined:
            membership.left_at = None
            changed.append(membership)
    Membership.objects.bulk_update(
        changed, ["name", "external_id", "is_minor", "left_at", "role"]
    )
    new = [
        Membership(
            school=school,
            user_id=user_id,
            role=Membership.Role.LEARNER,
            name=placement.name,
            external_id=placement.external_id,
            is_minor=placement.is_minor,
            joined_at=now,
        )
        for user_id, placement in wanted.items()
        if user_id not in there
    ]
    Membership.objects.bulk_create(new)
    return (
        joined | {membership.user_id for membership in new},
        {membership.user_id for membership in changed},
    )


def _update(membership: Membership, placement: Placement) -> bool:
    """Write what the list says and the membership does not; empty cells change nothing."""
    before = (membership.name, membership.external_id, membership.is_minor)
    membership.name = placement.name or membership.name
    membership.external_id = placement.external_id or membership.external_id
    if placement.is_minor is not None:
        membership.is_minor = placement.is_minor
    return before != (membership.name, membership.external_id, membership.is_minor)


def _enrol(
    placements: Sequence[Placement], now: datetime
) -> set[tuple[int, int | None]]:
    """Make or renew enrolments; return which are new or renewed."""
    wanted = {
        (placement.user_id, placement.classroom.pk): placement
        for placement in placements
        if placement.classroom is not None
    }
    there = {
        (enrolment.learner_id, enrolment.classroom_id): enrolment
        for enrolment in Enrolment.objects.select_for_update().filter(
            learner__in={user_id for user_id, _class in wanted},
            classroom__in={class_id for _user, class_id in wanted},
        )
    }
    back = [
        there[key] for key in wanted if key in there and there[key].left_at is not None
    ]
    for enrolment in back:
        enrolment.left_at = None
    Enrolment.objects.bulk_update(back, ["left_at"])
    new = Enrolment.objects.bulk_create(
        Enrolment(learner_id=user_id, classroom_id=class_id, enrolled_at=now)
        for user_id, class_id in wanted
        if (user_id, class_id) not in there
    )
    began = [*back, *new]
    transaction.on_commit(lambda: _tell_began([enrolment.pk for enrolment in began]))
    return {(enrolment.learner_id, enrolment.classroom_id) for enrolment in began}


def _leave(placement: Placement, now: datetime) -> int:
    rows = Enrolment.objects.filter(
        learner=placement.user_id, classroom__in=placement.leaves, left_at=None
    )
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return 0
    rows.update(left_at=now)
    for group in LearnerGroup.objects.filter(
        classroom__in=placement.leaves, members=placement.user_id
    ):
        group.members.remove(placement.user_id)
    transaction.on_commit(lambda: _tell_ended(ids))
    return len(ids)


def _class_id(placement: Placement) -> int | None:
    return placement.classroom.pk if placement.classroom else None


def _tell_began(ids: list[int]) -> None:
    if ids:
        enrolment_began.send_robust(Enrolment, enrolment_ids=ids)


def _tell_ended(ids: list[int]) -> None:
    enrolment_ended.send_robust(Enrolment, enrolment_ids=ids)
